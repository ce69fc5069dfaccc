from __future__ import annotations
# Every kind of expression as the text of an annotation.
def named(b: lambda: (a := 1), i: lambda: (yield), j: lambda: [(yield x), (yield from y)], c: lambda x, /, *y, z=1, **k: x, d: [1, *d], e: {1: 2, **g}, *args: *h): pass
def choices(a: x if y else z, b: not a and b or -c ** ~d, c: (x if y else z) if a else b, d: (lambda: 0)(), e: (a or b) and c): pass
def items(a: x.y[c:d, e::f, ...], b: x[::], c: x[a, b], d: x[(a, b)], e: x[*a, b], f: x[()], g: 1 .real, h: 1.5.real): pass
def comprehensions(a: {x for x in y if z if w}, b: [x for x in y for z in x], c: {k: v for k, v in d}, d: (x for x in y), e: f(x for x in y)): pass
def displays(a: (), b: (x,), c: [], d: {}, e: {1, *x}, f: [[], ()], g: (x, *y)): pass
def calls(a: f(*a, b=1, **c), b: f(x)(y).z, c: f(a, *b, c)): pass
def texts(a: 'text', b: b'bytes', c: f'{a!r:>{w}} {{b}}', d: 1 + 2j, e: None, f: ..., g: -1, h: 1e300 * 1e10): pass
def operators(a: x + y * z - (w - v), b: (x + y) * z, c: x ** -y, d: (-x) ** y, e: x < y <= z != w is not v not in u, f: (x < y) < z, g: x @ y // z % w, h: x << y >> z & w ^ v | u, i: not (not x), j: ~x, k: (x ** y) ** z): pass
def result() -> x | None: pass
for f in (named, choices, items, comprehensions, displays, calls, texts, operators, result):
    for name, text in f.__annotations__.items():
        print(f.__name__, name, text)
class A:
    a: (yield_) = 1
    b: [x, y]
    __c: d
print(A.__annotations__)
for text in ('def f(a: (yield 1)): pass', 'def f() -> (yield): pass', 'a: (yield from x)', 'a: (b := 1)', 'def f(): a: (b := 1)', 'class A:\n  a: [1, (b := 1)]', 'def f(*a: (yield)): pass', 'def f(**k: (b := 1)): pass', 'a: lambda: (yield)'):
    try:
        compile('from __future__ import annotations\n' + text, 'f', 'exec')
        print(text, 'is fine')
    except SyntaxError as e:
        print(text, e.msg, e.lineno, e.offset)
