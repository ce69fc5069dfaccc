# What ints refuse, and in which words.
class Index:
    def __index__(self):
        return 42


class Int:
    def __int__(self):
        return 43


class Wrong:
    def __int__(self):
        return "x"

    __index__ = __int__


def attempt(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "->", type(error).__name__, error)


for source in """1 // 0|1 % 0|1 / 0|divmod(1, 0)|10**30 // 0|1 << -1|1 >> -1|1 << (1 << 100)
0 << (1 << 100)|-1 >> (1 << 100)|0 ** -1|2 ** -1|10 ** -400|(10**400) ** -1|(10**400) / 3
(10**400) / 10**399|1.0 * 10**400|float(10**400)|pow(2, -1, 4)|pow(2, 3, 0)|pow(2, -1, 7)
pow(2.0, 3, 5)|pow(2, 'a', 5)|pow(2, 3, 'x')|int('')|int(' 12_3 ')|int('1__2')|int('z', 36)
int('0x10', 0)|int('12', 1)|int(12, 10)|int(b'12')|int(b'1x')|int([])|int(None)|int('1\\0')
int(1, 2, 3)|int(base=3)|int('12', base=3)|int('12', '3')|int(float('nan'))|int(float('-inf'))
int(1e300)|int(Index())|int(Int())|int(Wrong())|int('٣١')|int(True)|int()|int(-1.9)
(256).to_bytes(1, 'big')|(-1).to_bytes(2, 'big')|(-129).to_bytes(1, 'big', signed=True)
(1).to_bytes(2, 'odd')|(1).to_bytes(-1, 'big')|int.from_bytes('ab', 'big')
1 + 'a'|1 < 'a'|1 @ 2|[1] - 1|-'a'|~1.0|abs('a')|round('a')|round(5, 1.0)|round(5, Index())
1 .__add__('a')|int('1' * 5000)|str(10**5000)[:3]|int('1' * 4300) % 7|int('f' * 5000, 16) % 7
True & 1|True | False|True ^ True|~True|-True|True + True|bool(1, 2)""".replace("\n", "|").split("|"):
    attempt(source)
