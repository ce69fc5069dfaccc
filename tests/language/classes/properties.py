# property, classmethod, staticmethod.
def fails(f, *a, **k):
    try:
        f(*a, **k)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('no error')

class A:
    def __init__(self): self._x = 1
    @property
    def x(self):
        "the x"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): self._x = None
    @property
    def ro(self): return 1
    wo = property(None, lambda self, v: print('wo', v))
a = A()
a.x += 5
print(a.x, A.x.__doc__, A.x.fget.__name__, type(A.x).__name__)
del a.x
print(a.x)
a.wo = 3
fails(setattr, a, 'ro', 1)
fails(delattr, a, 'ro')
fails(lambda: a.wo)
fails(lambda: property().__get__(a))
class B(A):
    @property
    def x(self): return 'B' + str(super().x)
    @A.ro.getter
    def ro(self): return 2
print(B().x, B().ro, A().ro)
class lazy(property):
    def __get__(self, o, t=None): return 'lazy ' + str(super().__get__(o, t)) if o else self
class C:
    @lazy
    def v(self): return 1
print(C().v)
class D:
    count = 0
    @classmethod
    def make(cls, *a):
        cls.count += 1
        return cls, a
    @staticmethod
    def add(a, b): return a + b
    @classmethod
    @property
    def both(cls): return 'both'
class E(D): pass
print(D.make(1), E.make(2), D().make(3), D.count, E.count, D.add(1, 2), D().add(3, 4))
print(D.__dict__['add'](5, 6), D.__dict__['make'].__func__.__name__, D.make.__self__, D.add.__name__)
fails(lambda: D.__dict__['make']())
@staticmethod
def plain(x): return x
print(plain(4), plain.__name__, plain.__wrapped__ is plain.__func__)
class Meth:
    def f(self): return self
m = Meth()
b = m.f
print(b() is m, b.__self__ is m, b.__func__ is Meth.f, b == m.f, b is m.f, b.__name__)
print(Meth.f(5))
class Bound:
    length = len
    up = str.upper
print(Bound().length([1, 2]))
fails(lambda: Bound().up())
