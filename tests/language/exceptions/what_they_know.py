"""NameError, ImportError and AttributeError know names, objects and paths."""
import sys


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e, [getattr(e, n, '-') for n in ('name', 'path')],
              type(getattr(e, 'obj', 0)).__name__)


class C:
    pass


def unknown():
    from sys import nothing


def unbound():
    x
    x = 1


def free():
    def inner():
        return y
    inner()
    y = 1


def no_module():
    import collections.nothing


def f(a, b, *, c):
    pass


t(lambda: C().foo)
t(lambda: C.foo)
t(lambda: undefined_name)
t(lambda: __import__('nothing_here'))
t(lambda: __import__('sys.nothing'))
t(unknown)
t(unbound)
t(free)
t(no_module)
t(lambda: sys.nothing)
t(lambda: (1).foo)
t(lambda: f(1, 2, c=1, **{'c': 2}))
t(lambda: f(**5))
t(lambda: len(**[1]))
t(lambda: C(**5))
t(lambda: C().__init__(x=1, **{'x': 2}))
