"""Metaclasses, descriptors, operators, heirs of built-in types, functions as objects, abstract classes."""
class Meta(type):
    def __new__(m, n, b, d, **k): print('new', n, k); return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
    def __call__(c, *a): print('call', a); return super().__call__(*a)
    def __getattr__(c, n): return 'meta ' + n
    def __instancecheck__(c, i): return i == 5
    def __subclasscheck__(c, s): return s is int
    def __len__(c): return 7
    def __iter__(c): return iter('abc')
    def __contains__(c, x): return x == 1
    def __getitem__(c, k): return k
    @classmethod
    def __prepare__(m, n, b, **k): return {'prepared': 1}
    def __repr__(c): return f'<M {c.__name__}>'
    def __eq__(c, o): return c is o
    def __hash__(c): return 1
class A(metaclass=Meta, k=1):
    def __init__(self, x): self.x = x
    def __init_subclass__(cls, **k): print('init_sub', cls.__name__, k)
    def __class_getitem__(cls, i): return i
class B(A, z=2): pass
print(A(1).x, A.foo, isinstance(5, A), issubclass(int, A), len(A), list(A), 1 in A, A[3], A.prepared, A, type(A), B.__mro__, hash(A))
class D:
    def __set_name__(s, o, n): print('set_name', o.__name__, n); s.n = n
    def __get__(s, i, o): return (s.n, i is None, o.__name__)
    def __set__(s, i, v): print('set', v)
    def __delete__(s, i): print('delete')
class U: d = D()
u = U(); print(u.d, U.d); u.d = 5; del u.d
class P:
    def __init__(s): s._x = 1
    @property
    def x(s): "doc"; return s._x
    @x.setter
    def x(s, v): s._x = v
    @x.deleter
    def x(s): print('del')
    @classmethod
    def cm(cls): return cls.__name__
    @staticmethod
    def sm(): return 'sm'
p = P(); p.x = 3; print(p.x, P.x.__doc__, P.cm(), p.cm(), P.sm(), p.sm()); del p.x
class Ga:
    def __getattr__(s, n): return n * 2 if n[0] != '_' else super().__getattribute__(n)
    def __setattr__(s, n, v): print('setattr', n, v); object.__setattr__(s, n, v)
    def __delattr__(s, n): print('delattr', n); super().__delattr__(n)
    def __dir__(s): return ['z', 'a']
g = Ga(); g.q = 1; print(g.q, g.zz, dir(g)); del g.q
class V:
    def __init__(s, v): s.v = v
    def __add__(s, o): return V(s.v + getattr(o, 'v', o))
    __radd__ = __add__
    def __iadd__(s, o): s.v += 100; return s
    def __mul__(s, o): return NotImplemented
    def __rmul__(s, o): return V(('rmul', o))
    def __neg__(s): return V(-s.v)
    def __eq__(s, o): return isinstance(o, V) and s.v == o.v
    def __lt__(s, o): return s.v < o.v
    def __hash__(s): return hash(s.v)
    def __bool__(s): return bool(s.v)
    def __repr__(s): return f'V({s.v})'
    def __str__(s): return 'str'
    def __format__(s, f): return f'fmt<{f}>'
    def __call__(s, *a, **k): return (a, k)
    def __getitem__(s, k): return k
    def __setitem__(s, k, v): print('setitem', k, v)
    def __delitem__(s, k): print('delitem', k)
    def __contains__(s, x): return x == 1
    def __len__(s): return 3
    def __iter__(s): yield from (1, 2)
    def __reversed__(s): return iter('rev')
    def __index__(s): return 2
    def __int__(s): return 22
    def __float__(s): return 2.5
    def __complex__(s): return 1j
    def __round__(s, n=None): return ('round', n)
    def __enter__(s): return 'entered'
    def __exit__(s, *a): return True
    def __divmod__(s, o): return 'divmod'
    def __rpow__(s, o, m=None): return 'rpow'
    def __matmul__(s, o): return 'matmul'
    def __and__(s, o): return 'and'
    def __abs__(s): return 'abs'
    def __invert__(s): return 'inv'
    def __bytes__(s): return b'by'
    def __sizeof__(s): return 5
    def __missing__(s, k): return 'm'
v = V(1); print(v + 1, 1 + v, sum([v]), 2 * v, -v, v == V(1), v != V(2), v < V(2), v > V(0), bool(V(0)), str(v), f'{v:>5}', f'{v}', f'{v!r}', v(1, a=2), v[1:2], v[1, 2], v[...], 1 in v, len(v), list(v), list(reversed(v)), [1, 2, 3][v], int(v), float(v), complex(v), round(v), round(v, 2), divmod(v, 1), 2 ** v, v @ 1, v & 1, abs(v), ~v, bytes(v), bin(v), hex(v), range(5)[v], 'abc'[v:], {v: 1}[V(1)], max(V(1), V(3)), sorted([V(2), V(1)]))
v += 5; print(v); v[1] = 2; del v[1:2]
with v as q: print(q); 1 / 0
try: v * 3
except TypeError as e: print(e)
try: v >= 3
except Exception as e: print(type(e).__name__, e)
class X:
    def f(self): return 'X.f'
class Y(X):
    def f(self): return 'Y.f>' + super().f()
class Z(X):
    def f(self): return 'Z.f>' + super().f()
class W(Y, Z):
    def f(self): return 'W.f>' + super().f()
print(W().f(), [c.__name__ for c in W.__mro__], W.__bases__, super(Y, W()).f(), W.__base__)
class S:
    __slots__ = ('a', '__dict__')
s = S(); s.a = 1; s.z = 2; print(s.a, s.__dict__, S.a)
class L(list):
    def __getitem__(self, i): return ('got', super().__getitem__(i))
    def append(self, x): super().append(x * 2)
l = L([1]); l.append(2); print(l, l[0], l[0:1], len(l), isinstance(l, list), l + [1], type(l + [1]), l == [1, 4])
class I(int):
    def __add__(s, o): return I(int(s) + int(o) + 1)
    def __repr__(s): return f'I({int(s)})'
print(I(5) + 1, I(5) * 2, type(I(5) * 2), I('7'), [I(1)], I(3) == 3, hash(I(3)) == hash(3), {3: 'x'}[I(3)])
class St(str):
    def upper(s): return 'UP'
print(St('a').upper(), St('a') + 'b', type(St('a') + 'b'), St('a') == 'a', f'{St("q")}', 'x'.join([St('a'), 'b']))
class Di(dict):
    def __missing__(s, k): return k * 2
d = Di(a=1); print(d['a'], d['zz'], d.get('q'), d)
class Ex(Exception):
    def __init__(s, a, b): super().__init__(a); s.b = b
    def __str__(s): return f'Ex:{s.b}'
try: raise Ex(1, 2)
except Ex as e: print(e, repr(e), e.args, e.b)
print(type('Dyn', (X,), {'y': 1, 'g': lambda s: s.y})().g(), type(W).__name__, W.__dict__.keys() >= {'f'}, W.__module__, W.__qualname__, W.f.__qualname__, W().f.__self__.__class__.__name__, W.f.__name__, W.__doc__, W.__subclasses__(), X.__subclasses__())
def f(a, b: int = 2, /, c=3, *args, d, e: str = 'x', **kw) -> bool: "docs"; return locals()
print(f(1, d=4), f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__doc__, f.__name__, f.__code__.co_argcount, f.__code__.co_varnames, f.__module__, f.__closure__, f.__code__.co_flags & 12 if hasattr(f.__code__, 'co_flags') else 12)
f.attr = 1; print(f.attr, f.__dict__)
class Priv:
    def __init__(s): s.__x = 1
    def g(s): return s.__x
print(Priv().g(), Priv().__dict__)
def outer():
    class In: pass
    return In
print(outer().__qualname__, outer(), (lambda: 0).__qualname__, repr(outer)[:20])
x = X(); print(x.f == x.f, x.f is x.f, x.f.__self__ is x, hash(x.f) == hash(x.f))
print(getattr(X, 'nope', 'default'), hasattr(X, 'f'), setattr(X, 'n', 1), X.n, vars(x), x.__class__, isinstance(x, (int, X)), x.__eq__(1), x.__ne__(x), object.__repr__(x)[:10], x.__sizeof__() > 0)
x.__class__ = Y; print(x.f())
import abc
class Ab(abc.ABC):
    @property
    @abc.abstractmethod
    def p(self): ...
    @abc.abstractmethod
    def m(self): ...
class Con(Ab):
    p = 1
    def m(self): return 'm'
print(Con().m(), Ab.__abstractmethods__ == {'p', 'm'}, issubclass(Con, Ab))
Ab.register(int); print(isinstance(5, Ab))
from collections.abc import *
print(isinstance([], Sequence), isinstance({}, Mapping), isinstance(5, Hashable), isinstance([], Hashable), isinstance(iter([]), Iterator), issubclass(dict, MutableMapping), isinstance((x for x in []), Generator), isinstance(len, Callable))
class Sq(Sequence):
    def __getitem__(s, i):
        if i > 2: raise IndexError
        return i
    def __len__(s): return 3
print(list(Sq()), 1 in Sq(), Sq().index(2), list(reversed(Sq())), Sq().count(1))
