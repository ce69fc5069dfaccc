"""Generators, finally and with, chaining, unpacking, closures, loops."""
# generators
def g(name):
    try:
        print('start', name)
        x = yield 1
        print('got', x)
        yield 2
    except GeneratorExit:
        print('exit', name)
        raise
    except ValueError as e:
        print('value', e)
        yield 'handled'
    finally:
        print('finally', name)
a = g('a'); next(a); a.close(); a.close()
a = g('b'); next(a); del a
a = g('c'); a.close()
a = g('d'); next(a); print(a.send(5)); print(next(a, 'end'))
a = g('e'); next(a); print(a.throw(ValueError('x'))); 
try: next(a)
except StopIteration as e: print('stop', e.value)
a = g('f')
try: a.send(1)
except TypeError as e: print(e)
try: a.throw(KeyError, 'k')
except KeyError as e: print('key', e)
def bad():
    try: yield 1
    except GeneratorExit: yield 2
b = bad(); next(b)
try: b.close()
except RuntimeError as e: print(e)
del b
def sub():
    try:
        r = yield 'sub1'
        print('sub got', r)
        r = yield 'sub2'
        return 'result'
    finally: print('sub finally')
def main():
    r = yield from sub()
    print('main', r)
    return r
m = main(); print(next(m)); print(m.send('hello'));
try: m.send(None)
except StopIteration as e: print('value', e.value)
m = main(); next(m); m.close()
m = main(); next(m)
try: m.throw(ZeroDivisionError('z'))
except ZeroDivisionError as e: print('zde', e)
def rec():
    g2 = (yield)
    next(g2)
r = rec(); next(r)
try: r.send(r)
except ValueError as e: print(e)
def si(): 
    raise StopIteration(3)
    yield
try: next(si())
except RuntimeError as e: print(e, repr(e.__cause__), e.__suppress_context__)
def numbers():
    n = 0
    while True:
        n += (yield n) or 1
n = numbers(); print([next(n) for _ in range(3)], n.send(10), next(n))
print(n.gi_running, n.gi_frame is not None, n.gi_code.co_name, n.gi_yieldfrom, n.__name__, n.__qualname__)
import types
print(isinstance(n, types.GeneratorType), type(n))
gen = (x*y for x in range(3) for y in range(x) if y)
print(list(gen), list(gen))
def finals():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print('body', i)
        finally: print('fin', i)
    else: print('else')
    try: return 'ret'
    finally: print('at return')
print(finals())
def override():
    try: return 1
    finally: return 2
print(override())
def nested():
    try:
        try: raise ValueError(1)
        finally:
            try: raise KeyError(2)
            except KeyError as e: print('inner', repr(e.__context__))
    except ValueError as e: print('outer', e, e.__context__)
nested()
class CM:
    def __init__(s, n, sw=False): s.n, s.sw = n, sw
    def __enter__(s): print('enter', s.n); return s.n
    def __exit__(s, t, v, tb): print('exit', s.n, t and t.__name__, v, tb is not None); return s.sw
with CM(1) as a, CM(2, True) as b: print(a, b); raise ValueError('w')
try:
    with (CM(3), CM(4) as q): 1/0
except ZeroDivisionError: print('zde')
def w():
    for i in range(3):
        with CM(i):
            if i == 0: continue
            return i
print(w())
def gw():
    with CM('g'): yield 1
x = gw(); next(x); x.close()
x = gw(); next(x); del x
from contextlib import contextmanager, suppress, ExitStack, closing, nullcontext, redirect_stdout
@contextmanager
def cm(x):
    print('in', x)
    try: yield x * 2
    except KeyError as e: print('cm caught', e)
    finally: print('out', x)
with cm(5) as v: print(v); raise KeyError('k')
with suppress(ValueError, KeyError): raise KeyError
with ExitStack() as st:
    for i in range(3): st.enter_context(cm(i))
    st.callback(print, 'callback', 1)
import io
buf = io.StringIO()
with redirect_stdout(buf): print('hidden')
print(repr(buf.getvalue()))
# exception chaining
def chain():
    try: 
        try: 1/0
        except ZeroDivisionError as e: raise ValueError('v') from e
    except ValueError as e2: 
        print(repr(e2.__cause__), repr(e2.__context__), e2.__suppress_context__)
        raise TypeError('t') from None
try: chain()
except TypeError as e: print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
e = ValueError('a', 1); e.add_note('n1'); print(e.__notes__, e.args, repr(e), str(e))
try:
    raise ExceptionGroup('eg', [ValueError(1), TypeError(2), ExceptionGroup('in', [KeyError(3)])])
except* ValueError as eg: print('ve', eg.exceptions)
except* (TypeError, KeyError) as eg: print('te', repr(eg))
lst = [1,2,3]
for i in lst:
    if i == 1: lst.append(4)
print(lst)
d = {1:2}
try:
    for k in d: d[k+1] = 1
except RuntimeError as e: print(e)
try:
    s = {1}
    for k in s: s.add(k+1)
except RuntimeError as e: print(e)
print([*range(3), *'ab'], {**{'a':1}, 'b':2}, (*[1],), {*[1,2]})
first, *rest = 'abc'; print(first, rest)
(a, b), c = (1, 2), 3; print(a,b,c)
[a, [b, *c]] = [1, [2, 3, 4]]; print(a,b,c)
x = y = z = []; x.append(1); print(y, z)
if (n := 10) > 5: print(n)
print([y := 1, y**2], y)
print((lambda *a, k=1, **kw: (a, k, kw))(1, 2, k=3, z=4))
def deco(arg):
    def wrap(f):
        def inner(*a): return (arg, f(*a))
        return inner
    return wrap
@deco('x')
@deco('y')
def ff(a): return a
print(ff(1))
def counter():
    c = 0
    def inc():
        nonlocal c
        c += 1
        return c
    return inc
c = counter(); print(c(), c(), c())
print([f() for f in [lambda i=i: i for i in range(3)]], [f() for f in [lambda: i for i in range(3)]])
def defaults(a, b=[]): b.append(a); return b
print(defaults(1), defaults(2))
print(1 < 2 < 3 > 2 != 5, not 1 in [1], 1 if 0 else 2, 0 or 'x' and 'y')
while True:
    try: break
    finally: print('brk')
for i in []: pass
else: print('empty else')
global_x = 1
def gx():
    global global_x
    global_x += 1
    del global_x
gx()
try: global_x
except NameError as e: print(e, e.name)
print(*[1,2], sep='-', end='!\n')
