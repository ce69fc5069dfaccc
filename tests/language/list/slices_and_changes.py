# Slices of list, tuple and range, and changes of lists, by chance (the same each time).
seed = 12345
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % n
def pick():
    k = rnd(6)
    if k == 0: return None
    return rnd(24) - 12
for i in range(700):
    n = rnd(10)
    a = list(range(n))
    st = rnd(9) - 4
    if st == 0: st = None
    s = slice(pick(), pick(), st)
    print(n, s, a[s], tuple(a)[s], range(n)[s], s.indices(n), range(5, 5+3*n, 3)[s], list(range(n)[s]))
    b = a[:]
    del b[s]
    print(b)
    if st is None or st == 1:
        c = a[:]
        c[s] = [100 + x for x in range(rnd(6))]
        print(c)
    c = a[:]
    k = len(c[s])
    c[s] = tuple(range(200, 200 + k))
    print(c)
a = []
for i in range(700):
    op = rnd(14)
    x = rnd(20)
    if op == 0: a.append(x)
    elif op == 1: a.extend([x] * rnd(4))
    elif op == 2: a.insert(rnd(30) - 15, x)
    elif op == 3 and a: a.pop()
    elif op == 4 and a: a.pop(rnd(len(a)))
    elif op == 5 and x in a: a.remove(x)
    elif op == 6: a.reverse()
    elif op == 7: a.sort()
    elif op == 8: a += (x, x + 1)
    elif op == 9: a = a[:20] * 2
    elif op == 10: a *= 1
    elif op == 11: a.sort(key=lambda v: -v)
    elif op == 12: a.sort(reverse=True)
    elif op == 13: a[rnd(5):rnd(5)] = iter(range(rnd(3)))
    if x in a: print(a.index(x), a.count(x))
    print(a, len(a))
    if len(a) > 60: a.clear()
