# str.format(): numbering, names, attributes, indices, conversions, nested specs and mistakes.
formats = ["", "{}", "{}{}", "{0}{1}{0}", "{0}{}", "{}{0}", "{", "}", "{{}}", "{{", "{{{}}}", "a{}b",
           "{:>10}", "{:{}}", "{0:{1}}", "{:{}.{}}", "{!r}", "{!s:>5}", "{!a}", "{!x}", "{!}", "{!r",
           "{!rx}", "{0!r:}", "{0.real}", "{0.foo}", "{0[1]}", "{0[a]}", "{0[}", "{0[]}", "{0.}",
           "{0[1]x}", "{1}", "{9}", "{x}", "{0:{", "{a{b}}", "{:{:{}}}", "{99999999999999999999}",
           "{-1}", "{ 0}", "{.real}", "{:d}", "{0[0][1]}", "\u0391{}\U0001f600", "{:\u0391^7}", "{:}}"]
for text in formats:
    for arguments in ((), (1,), ("ab", "cd"), ([1, 2, 3], 10), ({"a": 5}, 3), (((1, 2), 3), "5", ">")):
        try:
            result = text.format(*arguments)
        except Exception as error:
            result = type(error).__name__ + ": " + str(error)
        print(ascii(text), arguments, ascii(result))


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, spec):
        return f"<{self.x:{spec}}, {self.y:{spec}}>"


class Default(dict):
    def __missing__(self, key):
        return "?" + key


p = Point(1.5, -2.25)
print("{p.x:>8}|{p:.1f}".format(p=p))
print(f"{p:.3f} {p.x!r:>6} {p.y=} {'nested':{'>'}{10}}")
print("{a} {b[c]}".format_map(Default(a=1, b={"c": 2})), "{nothing}".format_map(Default()))
print(format(p, ".0f"), "{0:{width}.{precision}f}".format(3.14159, width=10, precision=2))
try:
    format(object(), "x")
except TypeError as error:
    print(error)
