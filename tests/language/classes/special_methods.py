# Operators, comparisons, containers, calls and texts through special methods.
def fails(f, *a, **k):
    try:
        f(*a, **k)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('no error')

class N:
    def __init__(self, v): self.v = v
    def __repr__(self): return 'N(%r)' % (self.v,)
    def __add__(self, o): return N((self.v, '+', o)) if not isinstance(o, str) else NotImplemented
    def __radd__(self, o): return N((o, 'r+', self.v))
    def __iadd__(self, o): self.v = (self.v, 'i', o); return self
    def __mul__(self, o): return NotImplemented
    def __neg__(self): return N('-')
    def __invert__(self): return N('~')
    def __pos__(self): return N('+')
    def __abs__(self): return N('abs')
    def __divmod__(self, o): return (self, o)
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __lt__(self, o): return ('lt', o)
    def __getitem__(self, k): return ('item', k)
    def __setitem__(self, k, v): print('setitem', k, v)
    def __delitem__(self, k): print('delitem', k)
    def __len__(self): return 3
    def __contains__(self, k): return k == 1
    def __call__(self, *a, **k): return a, k
    def __index__(self): return 2
    def __int__(self): return 7
    def __float__(self): return 1.5
    def __bool__(self): return False
    def __format__(self, spec): return 'fmt<%s>' % spec
    def __reversed__(self): return iter([3, 2])
    def __round__(self, n=None): return ('round', n)
    def __enter__(self): return 'entered'
    def __exit__(self, *a): print('exit', a[0]); return True
n = N(1)
print(n + 1, 1 + n, 'x' + n, [1] + n)
fails(lambda: n + 'x')
fails(lambda: n * 2)
fails(lambda: 2 * n)
m = n
m += 5
print(m is n, n)
print(-n, ~n, +n, abs(n), divmod(n, 3), n ** 2, pow(n, 2, 3))
print(n < 1, n > N(2), n[1], n[1:2], len(n), 1 in n, 2 in n)
n[1] = 2
del n[1]
print(n(1, 2, a=3), [10, 20, 30][n], int(n), float(n), bool(n), not n)
print(f'{n:abc}', format(n), '%s' % n, list(reversed(n)), round(n), round(n, 2))
with n as x: print(x); 1 / 0
fails(lambda: n <= 1)
fails(lambda: n - 1)
fails(lambda: object() + 1)
fails(lambda: -object())
fails(lambda: len(object()))
fails(lambda: object()[0])
fails(lambda: object()())
fails(lambda: 1 in object())
fails(lambda: iter(object()))
fails(lambda: next(object()))
fails(lambda: object() < object())
def item_set(o): o[0] = 1
def item_del(o): del o[0]
fails(item_set, object())
fails(item_del, object())

class Base:
    def __add__(self, o): return 'base add'
    def __radd__(self, o): return 'base radd'
    def __eq__(self, o): return 'base eq'
class Sub(Base):
    def __radd__(self, o): return 'sub radd'
    def __eq__(self, o): return 'sub eq'
print(Base() + Sub(), Base() == Sub(), Base() != Sub(), Base() + Base())
class Eq:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return isinstance(o, Eq) and self.v == o.v
print(Eq(1) == Eq(1), Eq(1) != Eq(1), Eq(1) == 1, [Eq(1)] == [Eq(1)], Eq(2) in [Eq(1), Eq(2)])
fails(hash, Eq(1))
fails(lambda: {Eq(1): 2})
class Hash(Eq):
    def __hash__(self): return 99
print(hash(Hash(1)), {Hash(1): 'x'}[Hash(1)], len({Hash(1), Hash(1), Hash(2)}))
class BadHash:
    def __hash__(self): return 'x'
fails(hash, BadHash())
class Len:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
print(bool(Len(0)), bool(Len(1)))
fails(len, Len(-1))
fails(len, Len('a'))
class BadBool:
    def __bool__(self): return 1
fails(bool, BadBool())
class Seq:
    def __getitem__(self, i):
        if i > 3: raise IndexError(i)
        return i * 10
print(list(Seq()), 20 in Seq(), 25 in Seq(), [*Seq()], max(Seq()))
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration
        return self.i
print(list(It()), sum(It()), 2 in It(), tuple(x * x for x in It()))
class BadIter:
    def __iter__(self): return 5
fails(iter, BadIter())
class NoIter:
    __iter__ = None
    def __getitem__(self, i): return i
fails(iter, NoIter())
class Repr:
    def __repr__(self): return 5
fails(repr, Repr())
fails(str, Repr())
class Str:
    def __str__(self): return 'text'
    def __repr__(self): return 'repr'
print(Str(), [Str()], '%r' % Str(), f'{Str()} {Str()!r}')
fails(format, object(), 'x')
class Missing(dict):
    def __missing__(self, k): return 'no ' + str(k)
mm = Missing(a=1)
print(mm['a'], mm['b'], mm.get('b'), 'b' in mm)
class Index:
    def __index__(self): return 1
print([1, 2, 3][Index()], 'abc'[Index()], range(10)[Index()], [1, 2, 3][Index():])
class CallableAttr:
    class inner:
        def __call__(self, *a): return a
    __getitem__ = inner()
print(CallableAttr()[5])
class Cls:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(Cls[5])
fails(lambda: Str[5])
