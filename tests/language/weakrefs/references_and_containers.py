# Weak references, their heirs, and what weakref.py builds of them.
import weakref, gc
class C:
    def __init__(self, n=0): self.n = n
    def m(self): return self.n
    def __repr__(self): return f'C({self.n})'
    def __add__(self, o): return self.n + o
    def __len__(self): return 7
a = C(1); r = weakref.ref(a); print(r() is a, r.__callback__)
log = []
r2 = weakref.ref(a, log.append); print(weakref.getweakrefcount(a), len(weakref.getweakrefs(a)), r2.__callback__ == log.append)
print(r == r2, hash(r) == hash(a)); del a; gc.collect(); print(r(), r2(), log == [r2], r == r2)
try: weakref.ref(5)
except TypeError as e: print(e)
try: weakref.ref()
except TypeError as e: print(e)
class K(weakref.ref):
    __slots__ = 'key',
    def __new__(cls, o, cb, key):
        self = super().__new__(cls, o, cb); self.key = key; return self
    def __init__(self, o, cb, key): super().__init__(o, cb)
b = C(2); k = K(b, lambda w: log.append(w.key), 'kk'); print(k().n, k.key, isinstance(k, weakref.ref)); del b; gc.collect(); print(log[1:], k())
d = weakref.WeakValueDictionary(); x, y = C(1), C(2); d['x'] = x; d['y'] = y
print(sorted(d), len(d), 'x' in d, d['x'], d.get('z'), sorted(d.items())); del x; gc.collect(); print(sorted(d), len(d), 'x' in d)
try: d['x']
except KeyError as e: print('KeyError', e)
print(d.pop('y'), len(d), d.setdefault('q', y), dict(d.items()))
d = weakref.WeakKeyDictionary(); x = C(5); d[x] = 'five'; d[y] = 'two'; print(len(d), d[x], x in d, list(d.values())); del x; gc.collect(); print(len(d), list(d.items()))
s = weakref.WeakSet(); x = C(9); s.add(x); s.add(y); print(len(s), x in s, 5 in s); del x; gc.collect(); print(len(s), list(s)); s.discard(y); print(len(s))
p = weakref.proxy(y); print(p.n, p.m(), p + 5, len(p), p.__class__ is C, isinstance(p, C), type(p) is C); p.n = 8; print(y.n, str(p))
del y; gc.collect()
try: p.n
except ReferenceError as e: print(e)
z = C(4); wm = weakref.WeakMethod(z.m); print(wm()(), wm == weakref.WeakMethod(z.m)); del z; gc.collect(); print(wm())
class T: pass
t = T(); f = weakref.finalize(t, log.append, 'fin'); print(f.alive, f.peek()[2]); del t; gc.collect(); print(log[-1], f.alive, f())
t = T(); f = weakref.finalize(t, log.append, 'no'); print(f.detach()[2:]); del t; gc.collect(); print(log[-1])
t = T(); t2 = T(); t.o = t2; t2.o = t; w = weakref.ref(t, lambda r: log.append('cycle')); del t, t2; gc.collect(); print(log[-1], w())
print(repr(w).endswith('; dead>'), repr(weakref.ref(C)).startswith('<weakref at 0x'))
def fn(): pass
print(weakref.ref(fn)() is fn, weakref.ref(len)() is len)
