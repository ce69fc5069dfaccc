# Items are read and written as numbers where they fit, and by the long way where not.
from array import array

NUMBERS = [0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, -32769, 65535,
           65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**32 - 1, 2**32, 2**62 - 1, 2**62,
           -2**62, -2**62 - 1, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64 - 1, 2**64,
           0.0, -0.0, 0.5, 1e300, -1e-300, 1e39, float('inf'), float('nan'), True, None, 'x',
           b'x', [], 2**53 + 1, 2**70]


def attempt(function, *arguments):
    try:
        print(repr(function(*arguments)), end=' ')
    except Exception as error:
        print(type(error).__name__, error, end=' ')


def put_and_get(o, i, value):
    o[i] = value
    return o[i], o


for make in [lambda code=code: array(code, [0, 0, 0]) for code in 'bBhHiIlLqQfd'] + [lambda: bytearray(3)]:
    print(make())
    for value in NUMBERS:
        attempt(put_and_get, make(), 1, value)
        attempt(put_and_get, make(), -1, value)
    print()

for o in (array('d', [1.5, 2.5]), array('u', 'ab'), array('i'), bytearray(b'ab'), b'ab', b''):
    for i in (0, 1, 2, -1, -2, -3, 2**40, -2**40, 2**62, 2**63, 2**70, 0.0, True, None, 'x'):
        attempt(lambda: o[i])
        if not isinstance(o, bytes):
            attempt(put_and_get, o, i, 'c')
        if type(o) is array and o.typecode != 'u':
            attempt(put_and_get, o, i, 99)
    print()


class Own(array):
    def __getitem__(self, i):
        return 'own', i

    def __setitem__(self, i, value):
        print('put', i, value)


class Bytes(bytes):
    def __getitem__(self, i):
        return 'own', i


o = Own('i', [1, 2])
o[0] = 5
print(o[0], o[1], Bytes(b'x')[0])
total = 0
numbers, places = array('d', range(1000)), array('i', range(999, -1, -1))
for i in range(len(places)):
    total += numbers[places[i]] * i
    numbers[i] = total
    places[i] += 1
print(total, sum(numbers), sum(places))
