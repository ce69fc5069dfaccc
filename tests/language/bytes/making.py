# bytes(...) and bytearray(...), and what they refuse.
class Index:
    def __index__(self):
        return 3


class Bytes:
    def __bytes__(self):
        return b"own"


class Heir(bytes):
    pass


class Filled(bytearray):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.mark = len(self)


sources = [(), (5,), (0,), (-1,), (2**70,), ("a",), (None,), (1.5,), ([1, 2, 3],), ([256],), (["a"],),
           (b"x",), (bytearray(b"y"),), ("\xe9", "utf-8"), ("\xe9", "ascii"), ("\xe9", "ascii", "ignore"),
           ("a", "no such"), (b"a", "utf8"), (1, 2), (range(4),), (Index(),), ({1: 2},)]
for make in (bytes, bytearray, Heir, Filled):
    for source in sources:
        try:
            print(make.__name__, make(*source))
        except Exception as error:
            print(make.__name__, type(error).__name__, ascii(str(error)))
print(bytes(Bytes()), bytes(Heir(b"h")), type(bytes(Heir(b"h"))), Heir(b"a") + b"b", Heir(b"a") == b"a")
filled = Filled(b"abc")
filled.append(100)
print(filled, filled.mark, type(filled[:]), hash(Heir(b"a")) == hash(b"a"))
try:
    hash(bytearray())
except TypeError as error:
    print(error)
