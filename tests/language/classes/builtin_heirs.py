# Classes that inherit built-in types.
def fails(f, *a, **k):
    try:
        f(*a, **k)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('no error')

class L(list):
    def __init__(self, *items):
        super().__init__(items)
        self.extra = 'x'
    def last(self): return self[-1]
l = L(1, 2, 3)
l.append(4)
print(l, l.last(), l.extra, len(l), l == [1, 2, 3, 4], isinstance(l, list), type(l).__name__)
print(sorted(L(3, 1, 2)), l[1:], type(l[1:]).__name__, l + [5], l * 2, [0] + l, 3 in l)
for x in L('a', 'b'): print(x, end=' ')
print()
class D(dict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
d = D(a=1)
d['b'] = 5
d.x = 1
print(d, d['b'], d.x, list(d), d == {'a': 1, 'b': 10}, len(d), dict(d))
d.update(c=3)
print(d)
class I(int):
    def __add__(self, o): return I(int(self) + int(o) + 100)
    def __repr__(self): return 'I(%d)' % int(self)
i = I(5)
i.note = 'n'
print(i, i + 1, 1 + i, i * 2, i == 5, hash(i) == hash(5), {5: 'five'}[i], i.note, [10, 11, 12, 13, 14, 15][i])
print(I(7) > 6, bool(I(0)), I('12'), I(2) ** 3, abs(I(-3)), -I(3), range(I(3)), I.from_bytes(b'\x05', 'big'))
class S(str):
    def shout(self): return S(self.upper() + '!')
s = S('abc')
s.tag = 1
print(s, s.shout(), s.shout().shout(), type(s + 'd').__name__, s == 'abc', {'abc': 1}[s], s.tag, len(s), s[1], '%s' % s)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
t = T(1, 2, 3)
print(t, t.first, t == (1, 2, 3), hash(t) == hash((1, 2, 3)), t + (4,), len(t))
class F(float):
    def half(self): return self / 2
print(F(3.0).half(), F('1.5') + 1, F(2) == 2, repr(F(0.1)))
class St(set):
    pass
st = St([1, 2, 3])
st.name = 'st'
print(sorted(st), 2 in st, st.name, sorted(st | {9}), len(st))
class FS(frozenset): pass
print(sorted(FS('abc')), hash(FS('a')) == hash(frozenset('a')))
class By(bytes): pass
print(By(b'abc'), By(b'abc')[0], By(b'x') + b'y')
class Err(ValueError):
    def __init__(self, msg, code):
        super().__init__(msg)
        self.code = code
try:
    raise Err('bad', 5)
except ValueError as e:
    print(e, e.code, e.args, repr(e), isinstance(e, Err))
class Err2(Exception):
    def __str__(self): return 'own text'
print(str(Err2(1)), repr(Err2(1, 2)), Err2('x').args)
class Point(tuple):
    __slots__ = ()
    def __new__(cls, x, y): return tuple.__new__(cls, (x, y))
    x = property(lambda self: self[0])
p = Point(3, 4)
print(p.x, p)
fails(setattr, p, 'z', 1)
fails(Point, 1)
fails(I, 'abc')
fails(lambda: type('X', (int,), {'__slots__': ('a',)}))
class M(type):
    def __call__(cls, *a, **k):
        o = super().__call__(*a, **k)
        o.made = True
        return o
    def __len__(cls): return 42
    def __iter__(cls): return iter(['x', 'y'])
    def __getitem__(cls, k): return k * 2
    def __contains__(cls, k): return k == 1
    def __repr__(cls): return '<M %s>' % cls.__name__
    @property
    def prop(cls): return 'prop of ' + cls.__name__
    def meth(cls): return 'meth of ' + cls.__name__
class K(metaclass=M):
    def __init__(self, v): self.v = v
k = K(5)
print(k.made, k.v, len(K), list(K), K[4], 1 in K, 2 in K, K, K.prop, K.meth(), type(K).__name__)
fails(lambda: k.meth)
class K2(K): pass
print(type(K2), K2(1).made, isinstance(K2, M), isinstance(K2, type), K2.__class__)
fails(lambda: list.__new__(int))
fails(lambda: object.__new__(list))
fails(lambda: list.append(5, 1))
fails(lambda: list.__len__(5))
fails(lambda: list.__len__())
fails(lambda: int.__add__(1))
print(list.__len__([1, 2]), int.__add__(1, 2), int.__add__(1, 'x'), str.__eq__('a', 'a'), (5).__add__(6))
print([].__class__, (5).__class__, int.__class__, type.__class__, object.__class__)
print(hasattr(list, '__sub__'), hasattr(list, '__add__'), hasattr(int, '__matmul__'), list.__hash__, hasattr(5, '__iter__'))
