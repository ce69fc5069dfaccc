# The functions of math, at ordinary and at odd arguments.
import math

arguments = [0, -0.0, 1, -1, 0.5, -0.5, 2, 10, 100, -2.5, 1e-10, 1e300, 171.5, math.inf, -math.inf,
             math.nan, 10**400, True]
names = """acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees erf erfc exp exp2 expm1 fabs floor
frexp gamma isfinite isinf isnan lgamma log log10 log1p log2 modf radians sin sinh sqrt tan tanh
trunc ulp isqrt factorial""".split()


def attempt(function, *args, **more):
    try:
        return function(*args, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for name in names:
    small = name in ("factorial", "exp2") 
    print(name, [attempt(getattr(math, name), x) for x in arguments if not small or x != 10**400])
pairs = [(0, 0), (1, 2), (-1, 2.5), (5, 3), (5, -3), (1e300, 1e10), (0, -1), (-8, 1 / 3),
         (math.inf, 1), (1, math.inf), (math.nan, 1), (1, 0)]
for name in "atan2 copysign fmod remainder pow nextafter hypot isclose log".split():
    print(name, [attempt(getattr(math, name), x, y) for x, y in pairs])
print(math.gcd(), math.gcd(12, 18), math.gcd(-4, 6, 10**30), math.lcm(), math.lcm(4, 6), math.lcm(0, 5))
print(math.comb(50, 25), math.comb(2, 5), math.perm(10, 3), math.perm(5), math.factorial(50))
print(attempt(math.comb, -1, 2), attempt(math.comb, 5, -2), attempt(math.perm, 2.0), attempt(math.gcd, 1.5))
print(attempt(math.factorial, -1), attempt(math.factorial, 2.5), attempt(math.isqrt, -1))
print(math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), attempt(math.fsum, [1e308, 1e308]))
print(attempt(math.fsum, [math.inf, -math.inf]), math.prod([1, 2.5, 3]), math.prod([], start=7))
print(math.hypot(3, 4), math.hypot(), math.hypot(1, 2, 3), math.hypot(1e300, 1e300), math.hypot(5e-324, 0, 5e-324))
print(math.dist([1, 2], [4, 6]), attempt(math.dist, [1], [1, 2]), math.ldexp(0.75, 4))
print(attempt(math.ldexp, 1, 5000), math.ldexp(1, -5000), attempt(math.ldexp, 1, 1.5))
print(math.log(2**3000), math.log2(2**3000), math.log10(10**500), math.log(8, 2), attempt(math.log, -10**400))
print(math.isqrt(10**40 + 1), math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1, rel_tol=0.2),
      math.isclose(0, 1e-12, abs_tol=1e-9), attempt(math.isclose, 1, 1, rel_tol=-1))
print(math.pi, math.e, math.tau, math.inf, math.nan)


class Half:
    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __trunc__(self):
        return "trunc"

    def __float__(self):
        return 0.25


print(math.floor(Half()), math.ceil(Half()), math.trunc(Half()), math.sqrt(Half()), attempt(math.sqrt, "x"))
