# The limit of digits between int and str: sys.set_int_max_str_digits.
import sys


def attempt(name, function):
    try:
        print(name, function())
    except (ValueError, OverflowError) as error:
        print(name, type(error).__name__ + ":", error)


BIG = 10 ** 5000
print(sys.get_int_max_str_digits())
attempt("4300", lambda: int("1" * 4300) > 0)
attempt("4301", lambda: int("1" * 4301))
attempt("with _", lambda: int("1_1" * 4000))
attempt("with space", lambda: int(" " * 5000 + "1"))
attempt("base 16", lambda: int("f" * 5000, 16) > 0)
attempt("base 7", lambda: int("6" * 5000, 7) > 0)
attempt("of bytes", lambda: int(b"1" * 5000))
attempt("str 4300", lambda: len(str(10 ** 4299)))
attempt("str 4301", lambda: str(10 ** 4300))
attempt("repr", lambda: repr(BIG))
attempt("repr in a list", lambda: repr([BIG]))
attempt("%d", lambda: "%d" % BIG)
attempt("%x", lambda: len("%x" % BIG))
attempt("hex", lambda: len(hex(BIG)))
attempt("format", lambda: format(BIG, "d"))
attempt("format x", lambda: len(format(BIG, "x")))
attempt("f-string", lambda: f"{BIG}")
attempt("float", lambda: float(BIG))
attempt("float of text", lambda: float("1" * 5000))
attempt("/", lambda: BIG / 1)
attempt("too low", lambda: sys.set_int_max_str_digits(1))
sys.set_int_max_str_digits(640)
attempt("641", lambda: int("1" * 641))
attempt("str 641", lambda: str(10 ** 640))
sys.set_int_max_str_digits(0)
attempt("no limit", lambda: len(str(BIG)))
attempt("no limit", lambda: int("1" * 5000) > 0)
