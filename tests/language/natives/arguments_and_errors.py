# What functions in C say about their arguments, and what they are as objects.
def show(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except Exception as e:
        print(type(e).__name__, e)

import math, sys
l = []
show(l.append); show(l.append, 1, 2); show(l.append, x=1)
show(l.clear, 1); show(l.insert, 1); show(l.insert); show(l.pop, 1, 2); show(l.insert, 1, 2, 3)
show(list.append); show(list.append, 3, 4); show(list.append, l)
show(l.sort, 1); show(l.sort, z=1); show(l.sort, key=None, reverse=True)
show(len); show(len, 1, 2); show(len, 1); show(len, obj=1)
show(math.sqrt); show(math.sqrt, 1, 2); show(math.sqrt, x=2)
show(globals, 1); show(sys.getrefcount); show(sys.setswitchinterval)
show(sum); show(sum, [1], 2, 3); show(sum, [1], start=5); show(sum, [1], stop=5); show(sum, ['a'], ''); show(sum, [b'a'], b'')
show(max); show(min); show(max, [], default=3); show(max, 1, 2, default=3); show(max, [1, 5, 2], key=lambda x: -x); show(max, 1, key=None)
show(max, 1, 2, foo=3)
show(print, 1, foo=2); show(print, 1, sep=3); show(print, 'a', 'b', sep='', end='|\n'); show(print, end=5)
show(getattr); show(getattr, 1); show(getattr, 1, 'foo'); show(getattr, 1, 'foo', 7); show(getattr, 1, 5); show(hasattr, 1, 'real'); show(hasattr, 1, 5)
show(isinstance, 1); show(isinstance, 1, 5); show(isinstance, True, (str, (float, int)))
show(chr, -1); show(chr, 0x110000); show(chr, 1 << 70); show(chr, 'a'); show(chr, 97); show(ord, 'ab'); show(ord, 3); show(ord, 'é'); show(ord, b'a')
show(hex, 255); show(hex, -255); show(hex, 1 << 100); show(hex, -(1 << 100)); show(oct, 8); show(bin, 10); show(bin, -(1 << 65)); show(hex, 1.5); show(oct, 0)
show(abs, -3); show(abs, 'a'); show(divmod, 7, -2); show(pow, 2, 10); show(pow, 2, 10, 1000); show(pow, 2, -1); show(pow, base=2, exp=3); show(pow, 2, -1, 7); show(pow)
show(round, 2.5); show(round, 2.567, 2); show(round, 1234, -2); show(round, 2.5, None); show(round, number=3.7); show(round); show(round, 'a')
show(repr, 'a\n'); show(ascii, 'é€😀\n'); show(format, 3.14159, '.2f'); show(format, 'a', 5); show(format, 3); show(format, [1], 'x')
show(iter, 5); show(iter, 5, 5); show(next, []); show(next, iter([])); show(next, iter([]), 9); show(sorted, [3, 1, 2]); show(sorted, [3, 1, 2], reverse=True); show(sorted, [1], 2); show(sorted); show(sorted, 'bca', key=str.upper)
show(any, [0, 1]); show(any, []); show(all, []); show(all, [1, 0]); show(any, 5)
show(callable, len); show(callable, 5); show(callable, int); show(id)
show(hash, []); show(hash, 5); show(hash, 'a' == 'a')
show(setattr, 1, 'a', 2); show(delattr, 1, 'a'); show(setattr, object(), 'x', 1)
show(vars, 1); show(issubclass, bool, int); show(issubclass, 1, int)
show(eval, '1+1'); show(eval, '1+', {}); show(eval, 5); show(eval, 'x', {'x': 3}); show(eval, 'x+y', {'x': 3}, {'y': 4}); show(eval, 'x', 5)
show(exec, 'z=1'); show(exec, 5); show(compile, 'x', 'f', 'foo')
d = {}
exec('a = 5\ndef f(): return a', d)
print(d['f'](), sorted(k for k in d if k != '__builtins__'))
print(eval(compile('3*4', 'f', 'eval')))
print(len.__name__, len.__qualname__, len.__module__, l.append.__name__, l.append.__qualname__, list.append.__qualname__, list.append.__name__, list.append.__objclass__)
print(len, list.append, dict.fromkeys.__qualname__, str.maketrans.__name__, int.real, math.sqrt)
print(repr(l.append).split(' at ')[0], repr(dict.fromkeys).split(' at ')[0])
print(l.append == l.append, l.append == [].append, hash(l.append) == hash(l.append), l.append.__self__ is l)
class A:
    def m(self): "doc"; return 1
    def __repr__(self): return 'A()'
a = A()
print(a.m, a.m.__func__ is A.m, a.m.__self__ is a, a.m.__name__, a.m.__doc__, a.m == a.m, a.m == A().m, hash(a.m) == hash(a.m), a.m.__qualname__, a.m.__module__)
show(setattr, a.m, 'foo', 1); show(getattr, a.m, 'foo')
show(setattr, 5, 'real', 1); show(setattr, 5 .__class__, 'real', 1)
print(dict.fromkeys('ab', 0), {}.fromkeys('ab'))
show(dict.__dict__['fromkeys'].__get__(None, dict), 'xy')
print(type(len), type(l.append), type(list.append), type(a.m), type(int.real), type(dict.__dict__['fromkeys']))
print(type(a.m)(len, [1, 2])())
show(input, 1, 2)
print(dir([])[-3:], 'A' in dir())
print(print, sorted, isinstance)
def local():
    x = 1
    return locals(), 'x' in dir(), vars()
print(local())
