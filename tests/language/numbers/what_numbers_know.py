# Numbers asked for what they know, and what makes one: methods that all three kinds share.

def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Int(int): pass
class Float(float): pass
class Complex(complex): pass


for n in 0, 5, -7, True, 10**30, Int(6), Int(-(10**25)):
    print(n.numerator, n.denominator, n.real, n.imag, n.as_integer_ratio(), n.conjugate(), n.__getnewargs__(), n.__float__(), n.__int__(), n.__index__(), n.__trunc__(), n.__floor__(), n.__ceil__(), n.bit_length(), n.bit_count(), n.__round__(), n.__round__(-1), round(n, None), type(n.numerator).__name__, n.__sizeof__() > 0, hash(n))
for x in 0.0, -2.5, 1e300, 3.0, Float(1.5):
    print(x.real, x.imag, x.as_integer_ratio(), x.conjugate(), x.__getnewargs__(), x.is_integer(), x.hex(), x.__int__(), x.__trunc__(), x.__floor__(), x.__ceil__(), x.__round__(), x.__round__(1), -x, +x, abs(x), x.__neg__(), x.__float__(), bool(x))
for z in 0j, 1 + 2j, complex(float("inf"), -0.0), Complex(3, 4):
    print(z.real, z.imag, z.conjugate(), z.__getnewargs__(), z.__complex__(), -z, +z, bool(z), z == 5, z == z, z != 1 + 2j, z == 1.0, attempt(lambda: z < z), attempt(abs, z), attempt(int, z), attempt(float, z))
print(type(Int(5).real), type(Int(5).conjugate()), type(+Int(5)), type(Float(5).real), type(Complex(5).conjugate()), type(Complex(1).__complex__()), float.__getformat__("double"))
print(True & 1, True & False, True | False, True ^ True, True & 5, 5 | True, bool.__and__(True, False), bool.__or__(True, False), bool.__and__(True, 5), attempt(lambda: True & 1.5), True.__xor__(False))


def made(**methods): return type("Made", (), {name: (lambda value: lambda self, *more: value)(value) for name, value in methods.items()})()
for o in made(__int__=5), made(__int__="x"), made(__int__=True), made(__index__=7), made(__index__=Int(9)), made(__float__="x"), made(__float__=3), made(__int__=Int(8)), made(__float__=2.5), made(__float__=Float(1.5)), made(__complex__=1j), made(__complex__="x"), made(__trunc__=4), made(__bytes__=b"5"), made():
    print([attempt(f, o) for f in (float, complex)], attempt(range, o)[:9] if not hasattr(o, "__index__") else "", attempt(lambda: "%d" % o) if not hasattr(o, "__int__") or o.__int__() == 5 else "", attempt(hex, o)[:40])
for o in made(__int__=5), made(__int__="x"), made(__index__=7), made(__index__="x"), made():
    print(attempt(int, o), attempt(lambda: int("5", o)), attempt(lambda: int("11", 2)))
print(attempt(float, "1", 2), attempt(float, x=1), attempt(int, 1, 2), attempt(int, x=1)[:9], attempt(int, base=5), attempt(complex, 1, x=2)[:9], attempt(complex, 1, real=2)[:9], attempt(complex, "1", 2), attempt(complex, 1, "2"), complex(real=1, imag=2), complex(imag=3), complex(1j, 2j), attempt(complex, 1, 2, 3)[:9], complex(1 + 2j) == 1 + 2j, attempt(complex, None), attempt(complex, 1, None))
import array
for text in b"12", bytearray(b"12"), memoryview(b"12"), array.array("b", b"12"), " 12 ", "1_2", "٣", b"\xff", "1__2", "", b"", "12\0":
    print(attempt(int, text), attempt(float, text), attempt(int, text, 16) if not isinstance(text, (memoryview, array.array)) else "", sep=" | ")
print(int.from_bytes([1, 2], "big"), int.from_bytes(array.array("b", [1, 2]), "little"), attempt(int.from_bytes, "ab", "big"), attempt(int.from_bytes, 5, "big"), attempt(int.from_bytes, b"a", "mid"), attempt(int.from_bytes, b"a", 5)[:9], attempt(int.from_bytes, made(__bytes__="x"), "big"), int.from_bytes(made(__bytes__=b"\x01"), "big"), Int.from_bytes(b"\x05", "big"), type(Int.from_bytes(b"a", "big")).__name__, attempt((5).to_bytes, 1, 5)[:9])
print(float.fromhex("0x1.8p1"), Float.fromhex("1"), type(Float.fromhex("1")).__name__, attempt(float.fromhex, "x"), attempt(float.fromhex, 5), attempt(float.fromhex, "0x1p99999"), round(1.5e300, -300), attempt(round, 1.7e308, -308), round(5, -1), round(15, -1), round(-25, -1), attempt(round, 5, "x"), round(2.5, -1), attempt(round, float("nan")), attempt(round, float("inf")), round(2.675, 2), round(1e22, 5), round(10**25 + 5, -1))
print(abs(3 + 4j), attempt(abs, complex(1.7e308, 1.7e308)), pow(2j, 2), attempt(pow, 0j, -1), attempt(pow, 2j, 3, 5), attempt(lambda: 1j // 1), attempt(lambda: 1j % 1), attempt(divmod, 1j, 1), 1j / 2, attempt(lambda: 1j / 0), complex(1, -0.0), complex("1+2j"), attempt(complex, "1 + 2j"), complex("(1j)"), format(1 + 2j, ".2f"), attempt(format, 1j, "=5"), attempt(format, 1j, "05"), attempt(format, 1j, "d"))
print(attempt(chr, -1), attempt(chr, 0x110000), attempt(ord, "ab"), attempt(ord, b"ab"), ord(b"a"), ord(bytearray(b"z")), attempt(ord, 5), attempt(bin, 1.5), oct(-8), hex(10**20), attempt(divmod, 5, 0), attempt(lambda: 5 % 0.0), attempt(sum, [1.5, "a"]), attempt(sum, ["a"]), attempt(sum, [], "a"), sum([1.5, 2, 3]), sum([1, 2.5], 1.5), sum([[1], [2]], []), sum([1.5, 2j]), sum([10**20, 1.5]), sum([True, 2], 0.5), attempt(sum, [1], b"")[:9], max(1.5, 2.5), min([2.5, 1.5]), max("ab", key=ord), attempt(max, [])[:10], attempt(min, [], key=abs)[:10], max([], default=5), attempt(max, 1, 2, default=3)[:9], attempt(max, [1, "a"]), attempt(min), max([1.5, 2, 0.5]), min(3.5, 1), max(-0.0, 0.0))
