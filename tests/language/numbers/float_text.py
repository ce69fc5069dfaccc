# Floats to the shortest text that reads back, and from text.
def attempt(text):
    try:
        return float(text)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


values = [0.0, -0.0, 1.0, 0.1, 1 / 3, 2 / 3, 100.0, 1e15, 1e16, 123456789012345678.0, 1e17,
          1e-4, 1e-5, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 9007199254740993.0,
          float("inf"), float("-inf"), float("nan"), 1e22, 1e23, 0.30000000000000004, 2**-1074]
for value in values:
    print(repr(value), str(value), value.hex(), float.fromhex(value.hex()))
    assert value != value or float(repr(value)) == value
for text in ("1", " 1.5 ", "1_0.0_1", "1__0", "_1", "1_", ".5", "5.", ".", "", "e5", "1e5", "1e",
             "inf", "-Infinity", "+nan", "infinit", "1e400", "-1e400", "1e-400", "0x1p3",
             "1 2", "12abc", "1.5e+3", "1.5E-3", "\t\n7\r", "2.4703282292062327e-324",
             "2.4703282292062328e-324", "9007199254740993", b"2.5", [], None):
    print(repr(text), attempt(text))
for text in ("0x1.8p1", "inf", "", "zz", "0x1p5000", "-0x.1p-4", "1.8", "0x1p-1075",
             "0x1.00000000000008p0", "0x1.00000000000018p0"):
    try:
        print(text, float.fromhex(text))
    except Exception as error:
        print(text, type(error).__name__, error)
