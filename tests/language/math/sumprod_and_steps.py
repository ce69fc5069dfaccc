# gilt only: math.sumprod and the steps of math.nextafter came with Python 3.12
# A sum of products is exact before it is rounded once; steps from one float to the next are counted.
import math


def raises(function, *arguments, **more):
    try:
        function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def same(a, b):
    return type(a) is type(b) and repr(a) == repr(b)


# Whole numbers stay whole, of any size; floats anywhere make a float.
assert same(math.sumprod([1, 2, 3], (4, 5, 6)), 32)
assert same(math.sumprod([], []), 0)
assert same(math.sumprod([10**30, 1], [10**30, -1]), 10**60 - 1)
assert same(math.sumprod([1, 2.5], [2, 2]), 7.0)
assert same(math.sumprod([True, True], [0.5, 3]), 3.5)
assert same(math.sumprod(iter([0.5]), range(3, 4)), 1.5)
# What a float cannot keep in between is not lost.
assert same(math.sumprod([10, 20.1, 1e308, -1e308], [1.1, 2, 3e-308, 3e-308]), 51.2)
assert same(math.sumprod([1e100, 1.0, -1e100], [1.0, 1.0, 1.0]), 1.0)
assert same(math.sumprod([0.1] * 10, [0.1] * 10), 0.1)
assert same(math.sumprod([0.1] * 3, [1.0] * 3), 0.30000000000000004)
# Beyond the floats: what * and + say.
assert same(math.sumprod([1e300, 1.0], [1e300, 1.0]), math.inf)
assert same(math.sumprod([math.inf, 1.0], [1.0, 1.0]), math.inf)
assert math.isnan(math.sumprod([math.inf, math.inf], [1.0, -1.0]))
assert raises(math.sumprod, [10**400, 1.0], [1.0, 1.0]) == "OverflowError: int too large to convert to float"
# Other things, too, if they multiply and add.
assert same(math.sumprod([1, 2j], [3, 4]), 3 + 8j)
assert raises(math.sumprod, ["ab"], [2]) == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
assert raises(math.sumprod, [None], [2]) == "TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'"
assert raises(math.sumprod, [1], [1, 2]) == "ValueError: Inputs are not the same length"
assert raises(math.sumprod, 1, [1]) == "TypeError: 'int' object is not iterable"
assert raises(math.sumprod, [1], 1) == "TypeError: 'int' object is not iterable"

# nextafter with steps: as many single steps, and never beyond the goal.
tiny = 5e-324


def walk(x, y, steps):
    for _ in range(steps):
        x = math.nextafter(x, y)
    return x


for x in (0.0, -0.0, 1.0, -1.0, 2 * tiny, -2 * tiny, 1e308, math.inf, -math.inf):
    for y in (0.0, -0.0, 1.0, -1.5, 3 * tiny, -3 * tiny, math.inf, -math.inf):
        for steps in (0, 1, 2, 5, 17):
            got, wanted = math.nextafter(x, y, steps=steps), walk(x, y, steps)
            assert same(got, wanted) or got == wanted == y == 0, (x, y, steps, got, wanted)
assert same(math.nextafter(1.0, 2.0, steps=10**30), 2.0)
assert same(math.nextafter(tiny, -1.0, steps=2), -tiny)
assert math.isnan(math.nextafter(math.nan, 1.0, steps=3))
assert math.isnan(math.nextafter(1.0, math.nan, steps=3))
assert math.isnan(math.nextafter(math.nan, 1.0, steps=0))
assert raises(math.nextafter, 1.0, 2.0, steps=-1) == "ValueError: steps must be a non-negative integer"
assert raises(math.nextafter, 1.0, 2.0, steps=-10**30) == "ValueError: steps must be a non-negative integer"
assert raises(math.nextafter, 1.0, 2.0, steps=1.5) == "TypeError: 'float' object cannot be interpreted as an integer"
