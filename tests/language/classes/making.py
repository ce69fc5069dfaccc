# type(), __new__, __init__, __init_subclass__, __set_name__, __slots__, metaclasses.
def fails(f, *a, **k):
    try:
        f(*a, **k)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('no error')

X = type('X', (), {'a': 1, 'f': lambda self: self.a})
print(X, X().f(), X.__name__, X.__qualname__, X.__module__, X.__doc__)
fails(type, 'X', ())
fails(type, 5, (), {})
fails(type, 'X', 5, {})
fails(type, 'X', (), 5)
class A:
    "doc of A"
    def __new__(cls, *a, **k):
        o = super().__new__(cls)
        o.new = (a, k)
        return o
    def __init__(self, *a, **k): self.init = (a, k)
a = A(1, b=2)
print(a.new, a.init, A.__doc__, a.__doc__, a.__module__)
class Single:
    one = None
    def __new__(cls):
        if cls.one is None: cls.one = super().__new__(cls)
        return cls.one
print(Single() is Single())
class Other:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(Other())
class P: pass
fails(P, 1)
fails(P, a=1)
class Q:
    def __init__(self): pass
fails(Q, 1)
fails(lambda: object(1))
fails(lambda: object.__new__(P, 1))
fails(lambda: object.__init__(P(), 1))
class Bad:
    def __init__(self): return 5
fails(Bad)
class Registry:
    known = []
    def __init_subclass__(cls, /, tag=None, **k):
        super().__init_subclass__(**k)
        cls.known.append((cls.__name__, tag))
class R1(Registry): pass
class R2(Registry, tag='two'): pass
print(Registry.known)
fails(lambda: type('R3', (P,), {}, tag=1))
class Named:
    def __set_name__(self, owner, name): self.at = (owner.__name__, name)
class H:
    field = Named()
print(H.__dict__['field'].at)
class Sl:
    __slots__ = ('a', '__b')
    def __init__(self): self.a = 1; self.__b = 2
    def b(self): return self.__b
s = Sl()
print(s.a, s.b(), hasattr(s, '__dict__'), Sl.a)
fails(setattr, s, 'c', 1)
del s.a
print(hasattr(s, 'a'))
try:
    del s.a
except AttributeError:
    print('nothing to delete')
class Sl2(Sl):
    __slots__ = ('c',)
s2 = Sl2()
s2.c = 3
print(s2.a, s2.b(), s2.c)
class Sl3(Sl2): pass
s3 = Sl3()
s3.c, s3.d = 4, 5
print(s3.a, s3.c, s3.d, vars(s3))
class Sl4:
    __slots__ = ('x', '__dict__')
s4 = Sl4()
s4.x, s4.y = 1, 2
print(s4.x, s4.y, vars(s4))
fails(lambda: type('Y', (), {'__slots__': ('a', 'b c')}))
fails(lambda: type('Y', (), {'__slots__': (1,)}))
fails(lambda: type('Y', (), {'__slots__': ('a',), 'a': 1}))
fails(lambda: type('Y', (P,), {'__slots__': ('__dict__',)}))
fails(lambda: Sl.a.__get__(5))
class One:
    __slots__ = 'single'
o = One()
o.single = 1
print(o.single, One.__slots__)
class M(type):
    def __new__(m, name, bases, ns, **k):
        ns['added'] = sorted(k.items())
        return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **k):
        super().__init__(name, bases, ns)
        cls.inited = name
    @classmethod
    def __prepare__(m, name, bases, **k): return {'prepared': name}
class W(metaclass=M, z=1, y=2): pass
print(W.added, W.inited, W.prepared, type(W).__name__)
class M2(type): pass
fails(lambda: M2('V', (W,), {}))
class M3(M): pass
class V(W, metaclass=M3): pass
print(type(V).__name__, V.inited)
A.__name__ = 'Renamed'
print(A.__name__, A.__qualname__, A)
fails(setattr, A, '__name__', 5)
fails(setattr, int, '__name__', 'x')
A.__doc__ = 'new doc'
print(A.__doc__)
fails(delattr, A, '__name__')
class Outer:
    class Inner:
        def f(self): pass
print(Outer.Inner, Outer.Inner.__qualname__, Outer.Inner.f.__qualname__)
print(type(A.__dict__).__name__, 'init' in A.__dict__, '__init__' in A.__dict__)
def item(o): o['x'] = 1
fails(item, A.__dict__)
class Inst(type):
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, c): return c is int
class Five(metaclass=Inst): pass
print(isinstance(5, Five), isinstance(6, Five), issubclass(int, Five), issubclass(str, Five))
fails(isinstance, 1, 5)
fails(issubclass, 1, int)
fails(issubclass, int, 5)
class WithCell:
    def f(self): return __class__
print(WithCell().f())
# A base that is no class: its own class is called, which may know what to do.
def body(base):
    class A(base): x = 1
    return A
for base in (1, 'x', len, None): fails(body, base)
class Recorder:
    def __init__(self, *given): self.given = given
recorder = Recorder()
A = body(recorder)
print(type(A) is Recorder, A.given[:2] == ('A', (recorder,)), A.given[2]['x'])
fails(type(None), 1)
fails(type(len), 1)
print(type(None)())
