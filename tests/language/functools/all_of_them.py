# Everything of functools.
from functools import *
from operator import add
print(reduce(add,[1,2,3]), reduce(add,[],5), reduce(lambda a,b:a*b, range(1,6)), reduce(add,["a","b"],"z"))
p = partial(int, base=2); print(p("101"), p.func, p.args, p.keywords, p("11", base=3))
q = partial(print, 1, 2, sep='-'); q(3); q(3, sep='+'); q2 = partial(q, 9, end='!\n'); q2(4); print(q2.args, q2.keywords, q2.func is print)
def f(*a, **k): return a, k
print(partial(f,1,x=2)(3,y=4), partial(f)(), repr(partial(int,base=2)))
pp = partial(f); pp.attr = 5; print(pp.attr, pp.__dict__)
print(sorted([3,1,2], key=cmp_to_key(lambda a,b:b-a)), max([1,5,2], key=cmp_to_key(lambda a,b:a-b)))
@lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n-1)+fib(n-2)
print(fib(80), fib.cache_info(), fib.__name__, fib.__wrapped__.__name__, fib.cache_parameters())
@lru_cache(maxsize=2)
def g(x, y=0): return (x, y)
for x in (1,2,1,3,1,2,3): print(g(x), g.cache_info())
print(g(1,y=2), g(x=1,y=2), g(1.0), g('a'), g.cache_info()); g.cache_clear(); print(g.cache_info())
@lru_cache
def h(x): return type(x).__name__
print(h(1), h(1.0), h(True), h.cache_info())
@lru_cache(typed=True)
def ht(x): return type(x).__name__
print(ht(1), ht(1.0), ht(True), ht.cache_info())
@lru_cache(0)
def z(x): return x
print(z(1), z(1), z.cache_info())
class C:
    @lru_cache()
    def m(self, x): return x * 2
    @cached_property
    def prop(self):
        print("computed"); return 42
    pm = partialmethod(lambda self, a, b: (a, b), 1)
c = C(); print(c.m(2), c.m(2), C.m.cache_info(), c.prop, c.prop, c.pm(5))
@cache
def k(*a, **kw): return (a, kw)
print(k(1,2,x=3), k(1,2,x=3), k.cache_info())
def deco(fn):
    @wraps(fn)
    def inner(*a): "inner doc"; return fn(*a)
    return inner
@deco
def named(x):
    "doc of named"
    return x
print(named(3), named.__name__, named.__doc__, named.__wrapped__(4), named.__qualname__)
@total_ordering
class O:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
a, b = O(1), O(2); print(a < b, a <= b, a > b, a >= b, a <= O(1), a >= O(1), sorted([b,a])[0].v)
@total_ordering
class P:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __ge__(s, o): return s.v >= o.v
a, b = P(1), P(2); print(a < b, a <= b, a > b, a >= b, a <= P(1), a > P(1))
@singledispatch
def sd(x): return "object"
@sd.register(int)
def _(x): return "int"
@sd.register
def _(x: list): return "list"
@sd.register(str)
def sdstr(x): return "str"
print(sd(1), sd([]), sd('a'), sd(1.5), sd(True), sd.dispatch(bool) is sd.dispatch(int))
class D:
    @singledispatchmethod
    def go(self, x): return "base"
    @go.register(int)
    def _(self, x): return "int"
print(D().go(1), D().go("a"))
