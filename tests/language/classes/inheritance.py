# What a name means in a class with several bases, and what is refused.
class A:
    def who(self): return 'A'
    def up(self): return ['A']
class B(A):
    def who(self): return 'B' + super().who()
    def up(self): return ['B'] + super().up()
class C(A):
    def who(self): return 'C' + super().who()
    def up(self): return ['C'] + super().up()
class D(B, C):
    def up(self): return ['D'] + super().up()
d = D()
print(d.who(), d.up())
print([c.__name__ for c in D.__mro__], [c.__name__ for c in D.mro()])
print(D.__bases__, D.__base__, A.__base__, object.__base__)
print(issubclass(D, C), issubclass(C, D), isinstance(d, (int, C)), issubclass(D, object))
print(A.__subclasses__(), D.__subclasses__(), B.__subclasses__())

def fails(f, *a, **k):
    try:
        f(*a, **k)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('no error')

fails(lambda: type('X', (A, B), {}))
fails(lambda: type('X', (A, A), {}))
fails(lambda: type('X', (int, str), {}))
fails(lambda: type('X', (list, dict), {}))
fails(lambda: type('X', (bool,), {}))
fails(lambda: type('X', (type(None),), {}))
class P: __slots__ = ('p',)
class Q: __slots__ = ('q',)
fails(lambda: type('X', (P, Q), {}))
class R(P): __slots__ = ()
class S(R, P): pass
print(S.__mro__)
class X: pass
class Y: pass
class XY(X, Y): pass
class YX(Y, X): pass
fails(lambda: type('Z', (XY, YX), {}))
fails(lambda: super(A, 5).who())
fails(lambda: super(5, 5))
fails(lambda: super(D, d).nothing)
print(super(B, d).who(), super(D, D).who(d), super(C, d).up())
s = super(B, d)
print(s.__thisclass__, s.__self_class__, s.__self__ is d)
# a class gets attributes later
A.late = lambda self: 'late ' + type(self).__name__
print(d.late(), B().late())
B.who = lambda self: 'new B'
print(d.who())
del B.who
print(d.who())
A.value = 1
print(D.value, d.value)
C.value = 2
print(D.value, d.value, B().value)
B.value = property(lambda self: 'computed')
print(d.value, D().value)
d.__dict__['value'] = 5
print(d.value)
del B.value
print(d.value)
del d.value
print(d.value)
