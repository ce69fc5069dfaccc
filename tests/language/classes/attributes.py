# The order of data descriptors, own attributes and the rest; the hooks; what errors say.
def fails(f, *a, **k):
    try:
        f(*a, **k)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('no error')

class Data:
    def __get__(self, o, t): return ('data', o is None, t.__name__)
    def __set__(self, o, v): print('set', v)
    def __delete__(self, o): print('delete')
class Plain:
    def __get__(self, o, t=None): return ('plain', o is None, t.__name__)
class ReadOnly:
    def __set__(self, o, v): raise AttributeError('read only')
class C:
    data = Data()
    plain = Plain()
    ro = ReadOnly()
c = C()
print(c.data, c.plain, C.data, C.plain)
c.data = 5
del c.data
c.plain = 6
print(c.plain, vars(c))
c.__dict__['data'] = 7
print(c.data)
fails(setattr, c, 'ro', 1)
print(type(c.ro).__name__)

class Hooked:
    def __init__(self): self.real = 1
    def __getattr__(self, name):
        if name.startswith('x'): return 'got ' + name
        raise AttributeError(name)
h = Hooked()
print(h.real, h.xyz, hasattr(h, 'y'), getattr(h, 'y', 'default'))
fails(lambda: h.y)

class All:
    def __init__(self): object.__setattr__(self, 'log', [])
    def __getattribute__(self, name):
        if name == 'log': return object.__getattribute__(self, name)
        self.log.append(name)
        return super().__getattribute__(name)
    def __setattr__(self, name, value):
        self.log.append('set ' + name)
        super().__setattr__(name, value)
    def __delattr__(self, name):
        self.log.append('del ' + name)
        super().__delattr__(name)
    def method(self): return 'm'
a = All()
a.x = 1
a.x
del a.x
a.method()
print(a.log)
fails(lambda: a.x)

class E: pass
e = E()
fails(lambda: e.nothing)
fails(lambda: E.nothing)
fails(delattr, e, 'nothing')
fails(delattr, E, 'nothing')
fails(lambda: (5).nothing)
fails(lambda: None.nothing)
fails(setattr, 5, 'x', 1)
fails(setattr, int, 'x', 1)
fails(setattr, object(), 'x', 1)
fails(setattr, 'abc', 'upper', 1)
fails(getattr, e, 5)
try:
    e.missing
except AttributeError as error:
    print(error.name, error.obj is e)

d = vars(e)
d['new'] = 1
print(e.new, e.__dict__ is d, e.__dict__)
e.other = 2
print(d)
e.__dict__ = {'z': 26}
print(e.z, hasattr(e, 'new'))
fails(setattr, e, '__dict__', 5)
class Borg:
    state = {}
    def __init__(self): self.__dict__ = self.state
one, two = Borg(), Borg()
one.x = 5
print(two.x)
class F: pass
f = F()
f.a = 1
f.__class__ = E
print(type(f), f.a, isinstance(f, E))
fails(setattr, f, '__class__', int)
fails(setattr, f, '__class__', 5)
for i in range(100): setattr(f, 'a%d' % i, i)
print(sum(getattr(f, 'a%d' % i) for i in range(100)), len(vars(f)))
for i in range(0, 100, 2): delattr(f, 'a%d' % i)
print(len(vars(f)))
print([n for n in dir(f) if not n.startswith('_')][:3])
