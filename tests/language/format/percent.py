# format % arguments, of str and bytes, with every flag and mistake.
formats = ["", "%", "%%", "%s", "%r", "%a", "%d", "%i", "%u", "%o", "%x", "%X", "%c", "%e", "%E", "%f", "%F",
           "%g", "%G", "%5s", "%-5s|", "%.1s", "%05d", "%+d", "% d", "%#x", "%#o", "%#X", "%-5d|", "%5.3d",
           "%-8.3d|", "%08.3f", "%+.2e", "%#g", "%#.0f", "%*d", "%-*d|", "%.*f", "%(a)s", "%(a)5d",
           "%((x))s", "%(a", "%(b)s", "%q", "%s %s", "%s%%", "%5%", "%ld", "%0-5d|", "%.", "%.f", "%5",
           "%5c|", "%.3x", "%#010x", "%.0d", "%.30d"]
values = [(), 1, 1.5, "x", None, (1,), (1, 2), (1, 2, 3), ("a",), ({},), {"a": 1}, {"a": "b", "(x)": 2},
          [1], (5, 1.5), (3, "xy"), -7, 10**30, (b"x",), float("inf"), float("nan"), True]
in_bytes = [b"x", bytearray(b"yz"), (b"q", b"r"), {b"a": b"z"}, (300,), (65,), (b"ab",), "s", 7]


def show(text, value):
    try:
        result = text % value
    except Exception as error:
        result = type(error).__name__ + ": " + str(error)
    print(ascii(text), ascii(value), ascii(result))


for text in formats:
    for value in values:
        show(text, value)
    for value in in_bytes:
        show(text.encode(), value)
show(bytearray(b"%s"), b"x")
show("\u0391%s\U0001f600", "\xe9")
