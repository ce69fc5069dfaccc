# gilt only: CPython would take hours or all memory for these.
import collections
import math
import time


def refused(function, *wanted):
    start = time.perf_counter()
    try:
        function()
    except wanted or MemoryError:
        pass
    else:
        assert False, "no error"
    assert time.perf_counter() - start < 2


refused(lambda: 10 ** 10**10)
refused(lambda: 10 ** 10**19)
refused(lambda: 2 ** (1 << 64))
refused(lambda: (10**100) ** (10**100))
refused(lambda: pow(2, 10**12))
refused(lambda: pow(-3, 10**12))
refused(lambda: 1 << (1 << 64), MemoryError, OverflowError)
refused(lambda: 1 << (1 << 40))
refused(lambda: math.factorial(10**9))
refused(lambda: math.factorial(10**12))
refused(lambda: collections.deque([1]) * (1 << 62))
assert round(5, -(1 << 40)) == 0
assert round(5, -(1 << 64)) == 0
print("refused")
