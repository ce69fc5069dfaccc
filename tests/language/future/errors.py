"""What is no feature of the future, and imports of them that come too late."""


def try_to_compile(text):
    try:
        compile(text, 'text', 'exec')
        print('well')
    except SyntaxError as e:
        print(repr(text), e.msg, e.lineno, e.offset, e.text)


try_to_compile('from __future__ import braces')
try_to_compile('"""doc"""\nfrom __future__ import division, foo')
try_to_compile('x=1\nfrom __future__ import division')
try_to_compile('def f():\n  from __future__ import division')
try_to_compile('from __future__ import *')
try_to_compile('"a";"b"\nfrom __future__ import division')
try_to_compile('from __future__ import division as d, annotations')
try_to_compile('"doc"\nfrom __future__ import division\nfrom __future__ import annotations')
try_to_compile('from __future__ import (division, print_function)\nprint()')
try_to_compile('return 1')
try_to_compile('def f():\n  x=1\n  global x')
