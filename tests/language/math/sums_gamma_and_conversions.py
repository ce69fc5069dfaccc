# fsum of many sizes at once, halves that round to even, gamma between the whole numbers, and
# objects that know how to be floor, ceil, trunc.
import math


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


# More partial sums than fit at the beginning: numbers far apart do not touch each other.
spread = [2.0 ** (60 * i) * (-1) ** i for i in range(-17, 17)]
print(math.fsum(spread), math.fsum(spread + [-x for x in spread]), math.fsum(reversed(spread)))
print(math.fsum([2.0**e for e in range(-1000, 1000, 55)] * 3))
# What is left over decides which way a half goes.
print(math.fsum([1e16, 1, 1e-16]), math.fsum([1e16, 1.0]), math.fsum([1e16, 3.0, 1e-300]))
print(math.fsum([-1e16, -1, -1e-16]), math.fsum([1e16, 1, -1e-16]))
print(attempt(math.fsum, [1e308] * 3), attempt(math.fsum, [1, "2"]), attempt(math.fsum, 3))
print(attempt(math.fsum, [math.inf, 1]), attempt(math.fsum, [math.nan, math.inf]))
print(attempt(math.prod, [1, None]), attempt(math.prod, [2.0, "a"]), math.prod(["a", 3], start=1))
print(attempt(math.prod, [[1], 2]), attempt(math.prod, ["a", "b"]))

for x in [-0.75, -1.25, -1.5, -1.75, -2.3, -3.4, -0.1, -10.9, -100.6, -170.2, 0.1, 0.3, 23.5, 170.6, 171.7, -1, -200.5]:
    print(x, attempt(math.gamma, x), attempt(math.lgamma, x))


class Whole:
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"


class Broken:
    def __floor__(self): raise KeyError("floor")
    def __ceil__(self): raise KeyError("ceil")
    def __trunc__(self): raise KeyError("trunc")


class Floaty:
    def __float__(self): return -2.5


class Index:
    def __index__(self): return 7


for function in math.floor, math.ceil, math.trunc:
    print([attempt(function, o) for o in (Whole(), Broken(), Floaty(), "x", None, 2.5, True, 10**30)])
print(attempt(math.floor, math.inf), attempt(math.ceil, math.nan), attempt(math.trunc, -math.inf))
print(attempt(math.sqrt, Floaty()), attempt(math.sqrt, Index()))
print(attempt(math.lcm, 10**30, 6), math.lcm(-(10**20), 10**19), math.gcd(10**30, 10**20 * 7))
print(attempt(math.lcm, 1.5), attempt(math.lcm, 2, None), math.lcm(Index(), 3), math.gcd(Index(), 21))
print(math.perm(5, 0), math.perm(10**20, 1), math.comb(10**20, 2), math.comb(7, 0), math.perm(3, 5))
print(attempt(math.comb, 10**30, 10**30 - 1), attempt(math.perm, 10**30, 10**29))
print(math.dist([1] * 100, [2] * 100), math.hypot(*[3.0] * 64), math.dist((), ()))
print(attempt(math.dist, [1], [1, 2]), attempt(math.dist, [1, "a"], [1, 2]), attempt(math.dist, [1], 5))
print(attempt(math.hypot, "a"), math.hypot(math.inf, math.nan), math.hypot(math.nan, 1), math.hypot())
print(math.hypot(1e308, 1e308), math.hypot(5e-324, 5e-324), math.hypot(10**300, 1))
