# format() of str, int, float and complex by every kind of spec.
values = [0, 1, -7, 1234567, -10**20, 255, True, 0.0, -0.0, 0.5, 2.5, 2.675, 0.125, 1234.5678, -1e-5,
          1e16, 1e22, 1.7976931348623157e308, 5e-324, float("inf"), float("-inf"), float("nan"),
          1.5 - 2j, 3j, "abc", "\u0391b", ""]
specs = ["", "5", "<8", ">8", "^9", "*^9", "=8", "08", "+", " ", "-", "z", "#", "+08", ",", "_", "012,",
         "012_", ".0", ".1", ".3", ".12", "10.2", "\u0391^7", "0=+9", "<08"]
types = ["", "d", "n", "b", "o", "x", "X", "c", "e", "E", "f", "F", "g", "G", "%", "s", "q"]
for value in values:
    for spec in specs:
        for kind in types:
            try:
                text = format(value, spec + kind)
            except Exception as error:
                text = type(error).__name__ + ": " + str(error)
            print(ascii(value), ascii(spec + kind), ascii(text))
for spec in ("abc", "10.", ".", "99999999999999999999", ",_", "_,", ",,", "\x01", "{", "5\u0391x"):
    for value in (1, 1.5, "a", None, [1], object):
        try:
            print(ascii(spec), format(value, spec))
        except Exception as error:
            print(ascii(spec), type(error).__name__, ascii(str(error)))
for i in range(-320, 309, 7):
    x = float("1.2345678901234567e%d" % i)
    print(f"{x} {x:.17g} {x:.3e} {x:g} {-x:.15}")
for i in range(4000):
    x = (i * 7919 % 100000) / 1000 - 50
    print(f"{x:.2f} {x:.0f} {x:.1f} {x / 8:.3f} {x:8.4f} {x:,.1f} {x:.1%}")
