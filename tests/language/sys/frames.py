"""sys._getframe: the functions that run, their lines, names and variables."""
import sys
from collections import namedtuple


def show(f):
    print(f.f_code.co_name, f.f_lineno, sorted(k for k in f.f_locals if not k.startswith('__'))[:4])


def inner(a, b=2):
    c = a + b
    f = sys._getframe()
    show(f)
    show(f.f_back)
    show(sys._getframe(1))
    print(f.f_back.f_back.f_code.co_name, f.f_back.f_back.f_back)
    print(f.f_locals['a'], f.f_locals['c'], f.f_globals is globals(), f.f_builtins['len'] is len)
    return f


def outer():
    x = 1
    cell = 5

    def closed():
        return cell
    return inner(x)


f = outer()
print(f.f_code.co_name, f.f_code.co_filename == __file__, type(f).__name__)
print(sys._getframe().f_locals is globals())


class C:
    y = 1
    show(sys._getframe())

    def method(self):
        return sys._getframe().f_code.co_qualname if hasattr(
            sys._getframe().f_code, 'co_qualname') else 'C.method'


print(C().method())


def spread(*args, **more):
    return sys._getframe(1).f_lineno


print(spread(*[1], **{'x': 2}))
print(spread())


def generator():
    yield sys._getframe().f_code.co_name
    yield sys._getframe(1).f_code.co_name


print(list(generator()))
print([sys._getframe().f_lineno for i in range(1)])
try:
    sys._getframe(100)
except ValueError as e:
    print(e)
try:
    sys._getframe('a')
except TypeError as e:
    print(e)
Point = namedtuple('Point', 'x y')
print(Point.__module__, Point(1, 2))


def fail():
    here = 1
    raise ValueError


try:
    fail()
except ValueError as e:
    tb = e.__traceback__
    print(tb.tb_frame.f_code.co_name, tb.tb_next.tb_frame.f_code.co_name, tb.tb_next.tb_lineno)


def caller_name():
    return sys._getframe(1).f_code.co_name


def depth(n):
    if n:
        return depth(n - 1)
    count = 0
    f = sys._getframe()
    while f:
        count += 1
        f = f.f_back
    return count


print(depth(5), caller_name(), (lambda: caller_name())())
