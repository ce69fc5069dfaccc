# with stderr
# What is asked of sys less often: its hooks called by hand, sizes that go wrong, what it has not.
import sys


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


print(sys.exception())
try:
    raise KeyError("handled")
except KeyError:
    print(repr(sys.exception()))
    sys.excepthook(*sys.exc_info()[:2], None)
sys.__excepthook__(ValueError, ValueError("by hand"), None)


class Silent:
    def __sizeof__(self): raise TypeError("no size")


class Negative:
    def __sizeof__(self): return -1


class Text:
    def __sizeof__(self): return "large"


class Failing:
    def __sizeof__(self): raise KeyError("no size")


print(attempt(sys.getsizeof, Silent()), sys.getsizeof(Silent(), "unknown"), attempt(sys.getsizeof, Failing(), 5))
print(attempt(sys.getsizeof, Text(), 5), attempt(sys.getsizeof, Text()), attempt(sys.getsizeof, Negative()), attempt(sys.getsizeof, Negative(), 3))
print(sys.getsizeof(int) > 100, sys.getsizeof(Silent) > 100, sys.getsizeof({1}) < sys.getsizeof(set(range(1000))))
for some in (set(range(100)), frozenset(range(100)), {}, [], "", b"", (), 1.5, None, len, sys, print, object()):
    if sys.getsizeof(some) <= 0: print("no size", some)
import collections, array
d, a = collections.deque(range(1000)), array.array("d", range(1000))
print(sys.getsizeof(d) > 8000, sys.getsizeof(a) > 8000, a.__sizeof__() > 8000, d.__sizeof__() > 8000)
print(sys.getallocatedblocks() > 0, sys.gettrace(), sys.getprofile(), sys.is_finalizing())
print(sys.getfilesystemencodeerrors(), sys.audit("an.event", 1, 2))
print(attempt(sys.exit, "text"), attempt(sys.intern, b"x"), attempt(sys.setrecursionlimit, "x"))
print(attempt(sys._getframe, 1000), attempt(sys._getframe, "x"), attempt(sys.setswitchinterval, "x"))


class Hashless:
    def __repr__(self): raise KeyError("repr")


print(attempt(sys.displayhook, Hashless()))
sys.displayhook("shown")
print(_)
