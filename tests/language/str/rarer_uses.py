# str, bytes and ranges, in their rarer uses: tables, odd arguments, heirs and iterators by hand.
import sys


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Str(str): pass
class Bytes(bytes): pass
class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value


table = str.maketrans({"a": "1", "b": None, "c": 0x20AC, 100: "dd"})
print("abcdx".translate(table), "abc".translate({97: 66}), attempt("a".translate, {97: 1.5}), attempt("a".translate, {97: 0x110000}), attempt("a".translate, {97: -1}), attempt("a".translate, 5), "ab".translate("xy" * 60), "a\u20ac".translate({0x20AC: "E", 97: None}), attempt("a".translate, {97: b"x"}))
print(str.maketrans("ab", "xy", "z"), attempt(str.maketrans, "ab", "x"), attempt(str.maketrans, 5), attempt(str.maketrans, {"ab": 1}), attempt(str.maketrans, {1.5: 1}), attempt(str.maketrans, "a", 5), attempt(str.maketrans, "a", "b", 5), attempt(str.maketrans, 5, "a")[:9])
print(attempt("a".center, 5, "ab"), attempt("a".ljust, 5, 5), attempt("a".zfill, "x"), "a".expandtabs(Index(3)), "a\tb\n\tc".expandtabs(0), attempt("\t\t".expandtabs, 2**62)[:9], attempt("a".expandtabs, 2**31), "-5".zfill(5), attempt("a".center, 2**62)[:11])
print(Str("ab").__getnewargs__(), "x".__getnewargs__(), Bytes(b"ab").__getnewargs__(), b"x".__getnewargs__(), (1, 2).__getnewargs__(), type(Str("a").__getnewargs__()[0]).__name__, type(Str("ab").strip()).__name__, Bytes(b"a") + b"b", Str("a") * 2, type(Str("a") * 1).__name__)
print(attempt("aaaa".replace, "a", "b" * 100)[:5], attempt("a".encode, "no-such"), attempt("\ud800".encode), attempt("\u20ac".encode, "ascii", "no-such"), attempt(lambda: ("a" * 10000).replace("a", "b" * 2**60))[:13], attempt(lambda: (b"a" * 10000).replace(b"a", b"b" * 1000)[:1]))
print(format("a", Str(">3")), attempt(format, "a", 5), attempt(lambda: "a".__format__(5)), attempt(format, 5, b"d"), attempt("{:\x01}".format, 5), attempt("{!\x01}".format, 5), attempt("{!".format, 5), attempt("{!r".format, 5), attempt("{}".format_map, {"a": 1}), attempt("{0}".format_map, {}), "{a[0]}".format_map({"a": "xyz"}), attempt("{:,\x02}".format, 5)[:10], attempt("{:,s}".format, 5), attempt("{:_c}".format, 5))
class Bad:
    def __format__(self, spec): return 5
    def __bytes__(self): return "text"
    def __str__(self): return 5
    def __repr__(self): return None
print(attempt(format, Bad()), attempt("{}".format, Bad()), attempt(bytes, Bad()), attempt(lambda: b"%b" % Bad()), attempt(str, Bad()), attempt(repr, Bad()), attempt(lambda: f"{Bad()}"), attempt(lambda: "%s" % Bad()), attempt(ascii, Bad()))
class Good:
    def __bytes__(self): return b"good"
    def __int__(self): return 42
    def __index__(self): return 43
print(b"%b %s" % (Good(), Good()), bytes(Good()), "%d %i" % (Good(), Good()), "%x" % Good(), attempt(lambda: "%d" % "a"), attempt(lambda: "%x" % 1.5), attempt(lambda: b"%b" % "a"), attempt(lambda: "%c" % "ab"), "%c%c" % (65, "b"), attempt(lambda: b"%c" % 256), b"%c" % b"x", b"%a" % "é", attempt(lambda: "%" % ()), attempt(lambda: "%z" % 5), attempt(lambda: "%(a" % {}), attempt(lambda: "%s %s" % 5), attempt(lambda: "" % 5), "" % {"a": 1})

# bytes
print(b"abcabc".rindex(b"c"), attempt(b"abc".rindex, b"x"), b"abc".rfind(b"b", 2), b"ab".rjust(5, b"."), b"ab".ljust(5), b"ab".center(5, b"-"), attempt(b"a".rjust, 5, b"ab"), attempt(b"a".center, 5, "a"), b"abc".translate(None, b"b"), b"abc".translate(bytes.maketrans(b"ab", b"xy")), attempt(bytes.maketrans, b"a", b"bc"), attempt(b"a".translate, b"short"), attempt(bytes.fromhex, 5), attempt(bytes.fromhex, "1"), attempt(bytes.fromhex, "zz"), bytes.fromhex(" 01 fF"), bytearray(b"abc").rindex(b"c"))
print(b"\x01\x02\x03".hex("-"), b"\x01\x02\x03".hex(b":", -2), attempt(b"a".hex, 5), attempt(b"a".hex, "ab"), attempt(b"a".hex, "é"), b"abcd".hex("_", 3), attempt(b"a".decode, 5), attempt(b"a".decode, "ascii", 5), attempt(b"\xff".decode), attempt(b"a".join, [b"x", "y"]), attempt(b"a".find, "b"), attempt(lambda: b"a" + "b"), 97 in b"a", attempt(lambda: 256 in b"a"), attempt(lambda: "a" in b"a"), b"a" in b"ba", attempt(bytes, -1), attempt(bytes, [256]), attempt(bytes, "a"), attempt(bytes, 5, "x"), bytes([Index(5)]), bytes(Index(2)), attempt(bytes, [None]))
class Sequence:
    def __getitem__(self, index):
        if index > 300: raise IndexError
        return index % 256
class BadNext:
    def __iter__(self): return self
    def __next__(self): raise KeyError("next")
print(len(bytes(Sequence())), bytes(i % 256 for i in range(1000))[-5:], attempt(bytes, BadNext()), attempt(bytes, (1 / 0 for _ in "a")), bytes(memoryview(b"abc")[::2]), bytes(range(3)), attempt(bytes, [1, 300]), len(bytearray(iter(range(200)))))
for order, text in ("utf-16", "a\U00012345é"), ("utf-16-le", "a\U00012345"), ("utf-16-be", "\U00012345z"), ("utf-32", "a\U00012345"), ("utf-32-be", "é"), ("utf-8-sig", "a"), ("latin-1", "é"), ("ascii", "a"):
    encoded = text.encode(order)
    print(order, encoded, encoded.decode(order) == text, attempt(encoded[:-1].decode, order), encoded[:-1].decode(order, "replace"), encoded[:-1].decode(order, "ignore"))
print(b"\xfe\xff\x00a".decode("utf-16"), b"\x00\x00\xfe\xff\x00\x00\x00a".decode("utf-32"), b"\xff\xfea\x00".decode("utf-16"), b"\xef\xbb\xbfab".decode("utf-8-sig"), attempt(b"\x00\xd8\x00\x00".decode, "utf-16-le"), attempt(b"\x00\xdc".decode, "utf-16-le"), attempt(b"\x00\x00\x11\x00".decode, "utf-32-le"), b"\x00\xd8a\x00".decode("utf-16-le", "replace"), attempt(b"\xff".decode, "ascii", "xmlcharrefreplace"), attempt(b"\xff".decode, "utf-8", "no-such"), b"a\xffb".decode("utf-8", "backslashreplace"), ascii(b"\xed\xa0\x80".decode("utf-8", "surrogatepass")), "\ud800".encode("utf-16-le", "surrogatepass"))

# Ranges and iterators
class Odd:
    def __eq__(self, other): return other in (2, 4)
    __hash__ = None
r = range(0, 10)
print(r.count(Odd()), r.index(Odd()), Odd() in r, r.count(5), r.count(5.0), r.count("x"), r.count(10**30), list(r.__reversed__())[:3], list(range(10**20, 10**20 + 3).__reversed__()), attempt(r.index, 100), attempt(r.index, "x"), r[-1], r[2:8:3], attempt(lambda: r[100]), attempt(lambda: r["a"]), r == range(10), hash(r) == hash(range(10)), attempt(range), attempt(range, 1, 2, 0), attempt(range, 1.5), r.start, r.stop, r.step)
class Old:
    def __getitem__(self, index):
        if index == 3: raise IndexError
        return index
class OldSized(Old):
    def __len__(self): return 3
print(list(Old()), list(OldSized()), iter(OldSized()).__length_hint__(), attempt(iter(Old()).__length_hint__), 2 in Old(), 5 in Old(), list(reversed(OldSized())), attempt(reversed, Old()), attempt(reversed, 5), attempt(iter, 5), attempt(next, 5), attempt(len, 5), attempt(lambda: 5 in 5))
i = iter(OldSized())
print(next(i), i.__length_hint__(), list(i), i.__length_hint__(), next(i, "end"), list(iter([1, 2, 3].pop, 1)), list(iter(lambda: 5, 5)))
def stop(): raise StopIteration
def fail(): raise KeyError("called")
print(list(iter(stop, 1)), attempt(list, iter(fail, 1)), attempt(iter, 5, 5), attempt(next, iter(stop, 1), "end"))
class Unequal:
    def __eq__(self, other): raise KeyError("eq")
print(attempt(list, iter(lambda: Unequal(), 1)), attempt(lambda: Unequal() in [1]), attempt([1].index, Unequal()), attempt([Unequal()].remove, 1), attempt(lambda: [Unequal()] == [1]), attempt(lambda: (Unequal(),) == (1,)), attempt(lambda: {1: 1} == {1: Unequal()}), attempt(lambda: Unequal() in Old()))
s, f = {1, 2, 3}, frozenset([2, 3, 4])
print(s & f, f & s, type(s & f), type(f & s), s | f, s - f, s ^ f, attempt(lambda: s & [1]), s == f, s != f, {1} == frozenset([1]), s < {1, 2, 3, 4}, s >= {1}, attempt(lambda: s < 5), attempt(s.union, 5), attempt(s.__and__, [1]), s.intersection([1, 9], (1, 2)), attempt(s.difference, [[]]), attempt(s.symmetric_difference, [[]]), attempt(set, [[]]), attempt(frozenset, 5), sys.getsizeof(s) > 50)
