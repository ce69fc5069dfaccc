# Arrays where items go in and out one by one, as text, in slices with steps, and as copies.
import copy
from array import array


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


a = array("i", [1, 2, 3])
for place, item in (0, 10), (-1, 20), (100, 30), (-100, 40), (True, 50):
    a.insert(place, item)
print(a, attempt(a.insert, "x", 1), attempt(a.insert, 0, "x"), attempt(a.insert, 0, 2**40), attempt(a.insert, 0))
print(a[::2], a[::-1], a[5:1:-2], a[10:20:3], a[1:1:2], 10 in a, 11 in a, 10.0 in a, "x" in a, None in a)
print(attempt(a.__delitem__, "x"), attempt(a.__getitem__, None), attempt(a.__setitem__, 100, 1), attempt(a.__delitem__, -100))
del a[1:5:2]
print(a, a.index(20), attempt(a.remove, 11), a.remove(20), a)


class Odd:
    def __eq__(self, other): raise KeyError("eq")
print(attempt(a.__contains__, Odd()), attempt(a.index, Odd()), attempt(a.count, Odd()), attempt(a.remove, Odd()))
print(array("i", [1, 2]) < array("i", [1, 3]), array("i", [1]) < array("i", [1, 0]), array("d", [1.5]) > array("i", [1]), array("d", [float("nan")]) == array("d", [float("nan")]))
print(array("i") + array("i"), attempt(lambda: array("i") * 2**62), attempt(lambda: array("i", [1]) * 2**62), array("i", [1]) * -1, array("i", [1, 2]) * 2)

# Characters.
u = array("u", "añ€")
u.fromunicode("xyz")
print(u, u.tounicode(), u.tolist(), u[1], u.index("€"), attempt(u.fromunicode, b"x")[:9], attempt(u.append, "ab")[:9], attempt(u.append, 5)[:9])
print(attempt(a.fromunicode, "x"), attempt(a.tounicode), "x" in u, u.count("y"), array("u", u), array("u", ["a", "b"]), attempt(array, "u", [1])[:9])
u[0] = "z"
u.insert(1, "𒍅")
print(u, u.itemsize, u == array("u", u.tounicode()))

# Copies, as pickle and copy see them.
print(copy.copy(a) == a, copy.deepcopy(a) == a, a.__reduce_ex__(2)[0], a.__reduce_ex__(2)[1])
class Heir(array):
    pass
h = Heir("h", [1, 2])
h.extra = 5
print(h.__reduce_ex__(2), h.__reduce_ex__(0)[1:])
c = copy.copy(h)
print(type(c).__name__, c)

# Bytes and files.
import io
f = io.BytesIO(b"\x01\x00\x02\x00\x03")
z = array("h")
print(attempt(z.fromfile, f, 3), z, attempt(z.fromfile, f, 1), attempt(z.fromfile, f, -1), attempt(z.fromfile, 5, 1))
print(attempt(z.frombytes, b"abc"), attempt(z.frombytes, "ab")[:9], attempt(z.fromlist, (1,)), z.tobytes(), memoryview(z).format)
for code in "bBhHiIlLqQfd":
    full = array(code, [0, 1, 100])
    full.byteswap()
    full.byteswap()
    full.reverse()
    print(code, full, attempt(full.append, -1), attempt(full.append, 2**64), attempt(full.append, 1.5), attempt(full.append, None), attempt(full.append, "x"))
