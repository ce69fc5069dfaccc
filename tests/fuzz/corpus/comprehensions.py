[x for x in y]
[x for x in y if z if w for v in x]
{x for x in y}
{k: v for k, v in y}
(x for x in y)
[[a for a in b] for b in c]
[(lambda: x) for x in y]
[x := 1 for z in w]
[(y, z) for x, *y in z for (z) in x]
def f():
    a = 1
    return [a for b in c if (d := b) for e in {g: a for g in b}]
class C:
    z = [q for q in range(3)]
    w = {q: p for q in z for p in z}
[i for i in (j for j in k)]
[[x for x in x] for x in x]
{**{a: b for a in c}}
