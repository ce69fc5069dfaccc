# What the parser and the compiler refuse, with the text and the place that they give.
def show(text, place=True):
    try:
        compile(text, 'f', 'exec')
        print(repr(text), 'is fine')
    except SyntaxError as e:
        end = e.end_offset if e.text is None else None
        print(repr(text), type(e).__name__ + ':', e.msg.replace('non-default argument follows default argument',
            'parameter without a default follows parameter with a default'))  # 3.11's text, and that of 3.12
        if place:
            print('   ', e.lineno, e.offset, end, e.text and repr(e.text.rstrip()))

# ---- calls ----
for text in ('f(a for a in b, c)', 'f(c, a for a in b)', 'f(a for a in b, c=1)', 'f(*a for a in b)', 'f(None=1)', 'f(True=1)',
             'f(a.b=1)', 'f(a+b=1)', 'f(a=1, b)', 'f(**a, b)', 'f(a=1, a=2)', 'f(a b)', 'f(a, b for b in c)',
             'f(x for x in y, **z)', 'f((a for a in b), c)', 'f(a=)', 'f(a, b=, c)', 'f(', 'f(a', 'f(a,,b)'):
    show(text)

# ---- parameters ----
for text in ('def f(a=1, b): pass', 'def f(a=): pass', 'def f(a=, b=1): pass', 'def f(a, /*b): pass', 'def f(a, / *, b): pass',
             'def f(*): pass', 'def f(*, **k): pass', 'def f(*, ): pass', 'def f(*=1): pass', 'def f(*a=1): pass', 'def f(**k=1): pass',
             'def f(**k, a): pass', 'def f(**k, *a): pass', 'def f(*a, *b): pass', 'def f(*a, *): pass', 'def f(*, *a): pass',
             'def f(/): pass', 'def f(/, a): pass', 'def f(a, /, b, /): pass', 'def f(*, /): pass', 'def f(*a, /): pass', 'def f(a, *, /): pass',
             'def f(a, a): pass', 'def f(a, *a): pass', 'def f(a, b, c', 'def f(a b): pass', 'def f(1): pass', 'def f((a, b)): pass',
             'def f(None): pass', 'def f(a.b): pass', 'def f', 'def f()', 'def f(): ', 'def f() -> : pass', 'def f(*, a, b=1, c): pass',
             'def f(a: *b): pass', 'def f(*, 1): pass', 'def f(*, a, *): pass'):
    show(text)
for text in ('lambda *: 0', 'lambda *, **k: 0', 'lambda a=: 0', 'lambda a=1, b: 0', 'lambda a, /*b: 0', 'lambda /: 0', 'lambda a, a: 0', 'lambda (a): 0',
             'lambda **k=1: 0', 'lambda *a, *b: 0', 'lambda a', 'lambda a: ', 'lambda *, : 0', 'lambda *a=1: 0', 'lambda a, /, b, /: 0', 'lambda **k, a: 0'):
    show(text)

# ---- what stands in brackets ----
for text in ('(**a)', '(**a, b)', '(*a)', '[*a for a in b]', '{*a for a in b}', '{**a for a in b}', '{**a: 1}', '{a: *b}', '{a: *b, c: d}', '{a: }', '{a: , b: c}', '{a: b, c}',
             '{a: b, c: }', '{a, b: c}', '{1, **a}', '{a: b for c in d, e}', '[a, b for a in c]', '(a, b for a in c)', '{a, b for a in c}', '[a for b in c', '[a b]', '(a b)', '{a b}', '{a: b c}', '[', '(', '{', '}', ']', '(]', '[a for]',
             '[a for b]', '[a for b in]', '[a for 1 in b]', '[a for f() in b]', '[for a in b]', '{a: (b := c)}', '{(a := b): c}', '{a := b: c}', '[yield]', '{**}', '[*]', '(*)', '*a', 'a = *b'):
    show(text)

# ---- assignment ----
for text in ('1 = a', 'f() = a', 'a + b = c', '"a" = b', 'f"a" = b', '(a, 1) = b', '[a, f()] = b', '(a for a in b) = c', '[a for a in b] = c', 'lambda: 0 = a', 'a if b else c = d',
             'None = 1', 'a = None = b', 'a.None = 1', '*a = b', '*a, *b = c', '(*a) = b', 'a = 1 = b', 'a, b += 1', '(a, b) += 1', 'f() += 1', '[a] += 1', '1 += a', 'a + 1 -= 1', '-a = b', 'a < b = c', 'a and b = c',
             'not a = b', '... = a', '{} = a', '{a} = b', '{a: b} = c', 'a := 1', '(a.b := 1)', '(a[0] := 1)', '((a, b) := 1)', '(1 := 2)', '(None := 1)', 'a: int: int', '(a, b): int', '[a]: int', 'f(): int', '1: int', 'a, b: int', '(yield) = 1', 'a = yield = 1', 'a == b = c', '`a`',
             'for 1 in a: pass', 'for f() in a: pass', 'for a, 1 in b: pass', 'for *a in b: pass', 'for a b in c: pass', 'for a in: pass', 'for a in b', 'with a as 1: pass', 'with a as f(): pass', 'with a as b', 'with a, b as (c, 1): pass', 'with (a as 1, b as c): pass', 'with (a as b, c as d', 'with : pass',
             'del 1', 'del f()', 'del a, 1', 'del (a, f())', 'del *a', 'del (*a, b)', 'del a + b', 'del', 'del None', 'import a as 1', 'import a.b as c.d', 'import a as b.c', 'from a import b.c', 'from a import (b, c', 'from a import b,', 'from a import ()', 'from a import', 'from . import *, a', 'import', 'from a', 'import a b'):
    show(text)

# ---- what nobody may bind ----
for text in ('f(__debug__=1)', 'def f(__debug__): pass', 'def f(a, *, __debug__=3): pass', 'lambda *__debug__: 1', '__debug__ = 1', 'a.__debug__ = 1', 'del __debug__',
             'def __debug__(): pass', 'class __debug__: pass', 'class A(__debug__=2): pass', 'import a as __debug__', 'import __debug__.a', 'from a import __debug__', 'try: pass\nexcept a as __debug__: pass',
             'for __debug__ in a: pass', 'with a as __debug__: pass', '(__debug__ := 1)', '[__debug__ for __debug__ in a]', '__debug__: int', '__debug__ += 1', 'a.__debug__: int',
             'global __debug__', 'a.__debug__', 'print(__debug__)'):
    show(text, place=False)

# ---- keywords, stars and scopes ----
for text in ('f(a=1, a=2)', 'class A(a=1, b=3, a=2): pass', 'f(*x, a=1, **k, a=2)', '*a, *b = c', '[*a, b, *c] = c', 'for *a, *b in c: pass', '[x for *a, *c in b]', 'x = *a', 'x = *a, b', 'return *a', 'def f(): return *a', 'def f(): yield *a, b', 'for x in *a, b: pass', 'a[*b]', 'a[*b:c]', 'a[*b] = 1',
             'return', 'yield', 'break', 'continue', 'class A: return 1', 'class A: yield', 'def f():\n  class A: break', 'while a:\n  def f(): continue', 'for a in b: pass\nelse: break', 'lambda: (yield)', '[(yield) for a in b]', '{(yield) for a in b}', '{(yield): 1 for a in b}', 'def f(): ((yield a) for a in b)', 'def f(): [(yield from a) for a in b]', '[a for a in (yield)]', 'def f(): [a for a in (yield)]', 'def f(): [a for b in c if (yield)]',
             'nonlocal a', 'def f(): nonlocal a', 'global a\ndef f():\n    nonlocal a', 'def f(a): global a', 'def f(a): nonlocal a', 'def f():\n  a = 1\n  global a', 'def f():\n  print(a)\n  global a', 'def f():\n  a: int\n  global a', 'def f():\n  global a\n  a: int', 'def f():\n  a = 1\n  def g():\n    nonlocal a\n    a: int', 'def f():\n  a = 1\n  def g():\n    global a\n    nonlocal a', 'def f():\n  a = 1\n  def g():\n    nonlocal a\n    global a', 'class A:\n  nonlocal a', 'a = 1\nglobal a', 'print(a)\nglobal a', 'def f():\n  for a in b: pass\n  global a',
             '[a := 1 for a in b]', '[[(a := 1) for c in d] for a in b]', '[a for a in (c := d)]', '[a for a in b for e in (c := d)]', 'class A: [a := 1 for b in c]', '[(a := b) for c in d]', 'def f(): [(lambda: (a := b)) for c in d]', 'lambda: [a := b for c in d]',
             'def f():\n  from a import *', 'class A:\n  from a import *', 'from __future__ import nothing', 'from __future__ import braces', 'a = 1\nfrom __future__ import annotations', '"""doc"""\nfrom __future__ import division\nfrom __future__ import annotations'):
    show(text)

# ---- statements ----
for text in ('if a', 'if a:', 'if a: pass\nelif', 'else: pass', 'if a: pass\nelse', 'while', 'while a', 'try: pass', 'try:\n  pass\nfinally', 'try: pass\nexcept a, b: pass', 'try: pass\nexcept: pass\nexcept a: pass', 'try: pass\nexcept* a: pass\nexcept b: pass', 'try: pass\nexcept*: pass', 'try: pass\nexcept a as b.c: pass', 'try: pass\nelse: pass', 'except a: pass', 'class', 'class A', 'class A(: pass', 'class 1: pass', 'class A: ', 'def f(a):\nreturn', 'if a:\npass', 'for a in b:\npass', '  a', 'a\n  b', 'if a:\n    b\n  c', 'if a:\n\tb\n        c', 'a b', 'a = b c', 'print a', 'print "a"', 'exec "a"', 'raise a, b', 'raise a from', 'assert', 'assert a,', 'global', 'global a.b', 'global a,', 'pass a', 'return a b', 'a ==', 'a !', 'a ! b', 'a <> b', 'a +', 'not', 'a not b', 'a is not', 'a if b', 'a if b else', 'a if b else c = 1', 'if a = 1: pass', 'while a = 1: pass', 'if a := 1: pass', 'elif a: pass', 'a?', 'a $ b', 'a\u00a0b', 'a \u2260 b', '\u20ac = 1', 'a\\b', 'a \\', 'a;;b', ';', 'a,, b', ',', '@', '@a', '@a\nb = 1'):
    show(text)

# ---- numbers and strings ----
for text in ('1a', '1_', '1__0', '0_', '0x', '0xg', '0x_', '0x1_', '0x1g', '0b2', '0b', '0b12', '0b1_', '0o8', '0o', '0o18', '0o1_', '01', '007', '00', '0_0', '08.5', '08', '0009e1', '09j', '1.e', '1e', '1e+', '1e5_', '1.5_', '1._5', '1_.5', '1.5j', '1.5jj', '1e5j1', '1.2.3', '1..real', '1.real', '1if a else b', '1or 2', '0x1for x in y', '1_000.000_1e1_0', '12and 3', '0b1and 1', '0o7or 1', '1.5if a else 2', '1__000', '0b1__0', '0x__1', '0o1__1', '1e_5', '1e5__5', '1jif', '1.0_if',
             "'a", '"a', "'''a", '"""a\nb', "'a\nb'", "b'a", "r'a", "ur'a'", "bu'a'", "rb'\\'", "'\\'", 'a = "b\nc = 1'):
    show(text)
for text in ('"\\N{abc}"', '"\\N{"', '"\\x1"', '"\\u12"', '"\\U00110000"', '"\\U0011"', '"\\N"', '"\\N{}"', "b'\\x1'", "b'\\xg0'", '"\\N{LATIN SMALL LETTER A}"', '"\\ud800"', "u'a' b'a'", "'a' b'b'", "b'a' 'b'", "f'a' b'b'", "'a' 'b", '9' * 5000):
    show(text, place=False)
