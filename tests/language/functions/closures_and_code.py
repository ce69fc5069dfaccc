# What programs can see of functions: cells, code, generators as objects.
def outer(a, b=2, *args, k=1, **more):
    """Text."""
    c = a
    def inner(x, /, y):
        nonlocal c
        c += x
        return b, c, z
    if a: z = 3
    return inner
inner = outer(1)
print(outer.__closure__, [type(c).__name__ for c in inner.__closure__], sorted(str(c.cell_contents) for c in inner.__closure__))
empty = outer(0)
def contents(cell):
    try: return repr(cell.cell_contents)
    except ValueError as e: return f'ValueError {e}'
print(sorted(map(contents, empty.__closure__)))
try: empty(1, 2)
except NameError as e: print(type(e).__name__, e)
print(inner(1, 2), sorted(map(str, (c.cell_contents for c in inner.__closure__))))
code = outer.__code__
print(code.co_name, code.co_qualname, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount, code.co_varnames[:5], code.co_firstlineno, code.co_freevars)
print(inner.__code__.co_name, inner.__code__.co_qualname, inner.__code__.co_argcount, inner.__code__.co_posonlyargcount, inner.__code__.co_varnames, sorted(inner.__code__.co_freevars))
print(repr(code).split(' at ')[0], repr(code).split(', file')[1].split('/')[-1], code.co_filename.split('/')[-1])
print(code.co_consts[0], type(code.co_consts).__name__, type(code.co_names).__name__)
for name in ('co_nothing', 'name'):
    try: getattr(code, name)
    except AttributeError as e: print(e)
try: inner.__closure__[0].nothing
except AttributeError as e: print(e)

def generator():
    got = yield 1
    print('got', got)
    yield 2
    return 3
g = generator()
print(repr(g).split(' at ')[0], g.__name__, g.__qualname__, g.gi_running, g.gi_yieldfrom, type(g.gi_code).__name__, type(g).__name__)
print(g.__next__(), g.send('x'))
try: g.__next__()
except StopIteration as e: print('StopIteration', e.value, e.args)
try: g.__next__()
except StopIteration as e: print('StopIteration', e.value, e.args)
try: g.send(1)
except StopIteration as e: print('StopIteration', e.value)
print(repr(x for x in 'a').split(' at ')[0], next(g, 'default'))

# ---- exec and eval of code ----
space = {}
exec(compile('a = 1\nb = a + 1', 'file', 'exec'), space)
print(space['a'], space['b'], eval(compile(b'a + b', 'file', 'eval'), space), eval(b' a * 7', space), eval('  b', space))
exec(b'# coding: latin-1\nc = "\xe9"', space)
print(ascii(space['c']))
for f in (lambda: exec(5), lambda: eval(5), lambda: compile(5, 'f', 'exec'), lambda: exec('a', 5), lambda: eval('a', {}, 5), lambda: exec(inner.__code__), lambda: compile('a', 'f', 'what'), lambda: compile('a = 1', 'f', 'eval'), lambda: compile('a\nb', 'f', 'single'), lambda: exec('', None, 5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).split(' (')[0])
class Text(str): pass
print(eval(Text('1 + 1')), eval(bytearray(b'2 + 2')), eval(type('Bytes', (bytes,), {})(b'4 + 4')))
class Names(dict):
    def __missing__(self, key): return key.upper()
class Mapping:
    def __getitem__(self, key):
        if key == 'known': return 'yes'
        raise KeyError(key)
    def __setitem__(self, key, value): print('set', key, value)
    def __delitem__(self, key):
        print('delete', key)
        if key == 'gone': raise KeyError(key)
print(eval('abc + d', {}, Names()), eval('known', {}, Mapping()), eval('len(known)', {}, Mapping()))
exec('a = known\ndel a\nimport sys as s\nfor i in range(2): pass', {}, Mapping())
for text in ('unknown', 'del gone'):
    try: exec(text, {}, Mapping())
    except NameError as e: print(type(e).__name__, e)
exec('print(x, y)', {'x': 1, 'y': 2}, {'y': 3})
exec('single = 5; single; "shown"; None', {})
exec(compile('5; "shown"; None; [1]', 'f', 'single'), {})

def locals_are():
    a = 1
    def f(): return a, b
    b = 2
    del b
    c = 3
    return locals().keys() - {'f'}, sorted(vars()) == sorted(locals())
print(sorted(locals_are()[0]))
class Body:
    x = 1
    names = sorted(n for n in locals() if n == 'x')
    print(sorted(n for n in vars() if n[0] != '_'))
print((lambda: sorted(locals()))(), [sorted(locals()) for z in 'a'] and 'comprehension')
