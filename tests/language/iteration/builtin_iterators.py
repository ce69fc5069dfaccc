# enumerate, zip, map, filter, reversed, iter; and what can be iterated.
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([1], start=2**62)), list(enumerate([1,2], 2**63-1)), list(enumerate([1,2],-1)))
print(list(zip()), list(zip([1,2],"ab")), list(zip([1],[2],[3])), list(zip(*[range(3)]*9)), list(zip([1,2],[1,2],strict=True)))
print(list(map(abs,[-1,2])), list(map(lambda a,b:a+b,[1,2],[3,4,5])), list(map(max, *[[1,2]]*10)))
print(list(filter(None,[0,1,2])), list(filter(lambda x:x>1,[0,1,2])), list(filter(bool,[0,1])))
class S:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
    def __len__(self): return 4
print(list(S()), list(reversed(S())), tuple(S()), [x for x in S()], 9 in S(), sum(S()))
class I:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(I()), tuple(I()), sorted(I()), dict(zip(I(), I())), set(I()), [*I(), *I()], max(I()))
a, *b = I(); print(a, b)
n = [0]
def f():
    n[0] += 1
    return n[0]
print(list(iter(f, 5)))
def g():
    yield 1
    yield 2
print(list(g()), tuple(g()), list(map(str, g())), list(zip(g(), g())), list(enumerate(g())))
class R:
    def __reversed__(self): return iter([3,2,1])
print(list(reversed(R())))
z = zip([1,2],[3,4]); print(next(z), next(z), next(z, 'end'))
e = enumerate("xyz"); print(next(e)); print(list(e))
r = reversed([1,2,3]); print(r.__length_hint__(), next(r), r.__length_hint__())
import operator
print(operator.length_hint(iter([1,2,3])), operator.length_hint(iter((1,2))), operator.length_hint(g(), 7))
class L(list):
    def __init__(self, *a, extra=None):
        super().__init__(*a)
        self.extra = extra
l = L([1,2], extra=5); l.append(3); print(l, l.extra, len(l), l + [4], type(l+[4]).__name__, l[1:], l == [1,2,3], [1,2,3] == l, isinstance(l, list), type(l*2).__name__)
class T(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
t = T(1, 2); t.x = 5; print(t, t[0], t + (3,), t == (1,2), hash(t) == hash((1,2)), t.x, len(t), type(t[:]).__name__)
print(list(l), tuple(t), sorted(l), T(3,4) < (3,5))
x, y = t; print(x, y)
