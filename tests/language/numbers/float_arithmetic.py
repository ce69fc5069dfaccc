# Floats among themselves and with ints: signs of zeros, infinities, NaNs, rounding.
inf, nan = float("inf"), float("nan")
values = [0.0, -0.0, 1.0, -1.5, 7.25, -7.25, 1e308, -1e308, 5e-324, inf, -inf, nan, 3, -3, 2**53 + 1,
          2**63, -2**100, True]


def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for a in values:
    for b in values:
        if isinstance(a, float) or isinstance(b, float):
            print(a, b, a + b, a - b, a * b, attempt(lambda: a / b), attempt(lambda: a // b),
                  attempt(lambda: a % b), attempt(lambda: divmod(a, b)), attempt(lambda: a ** b))
            print(a < b, a <= b, a == b, a != b, a > b, a >= b)
for value in (0.5, 1.5, 2.5, -0.5, -2.5, 2.675, 1.005, 12345.678, 25.0, 35.0, 1e22, 0.05, nan, inf):
    print(value, attempt(lambda: round(value)),
          [attempt(lambda: round(value, n)) for n in (-3, -2, -1, 0, 1, 2, 3, 400, -400)])
    print(attempt(lambda: value.as_integer_ratio()), value.is_integer(), attempt(lambda: int(value)),
          attempt(value.__floor__), attempt(value.__ceil__))
print(hash(0.5), hash(1e300), hash(2.0**61), hash(inf), hash(-1.0), hash(1.0) == hash(1) == hash(True))
print(10**400 < inf, 10**400 > 1e308, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53, 1e23 == 10**23)
print((-8) ** (1 / 3), (-8.0) ** 0.5, attempt(lambda: 2.0 ** 5000), attempt(lambda: 0.0 ** -1))


class Celsius(float):
    pass


warm = Celsius("21.5")
print(warm, warm + 1, type(warm + 1), type(-warm), isinstance(warm, float), hash(warm) == hash(21.5))
