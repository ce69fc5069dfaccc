"""What takes bytes takes memoryviews and arrays, too; what has views keeps its size."""
import io
from array import array


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


b = bytearray(b'hello world')
m = memoryview(b)
a = array('H', [0x6161, 0x6262])
for x in (m, m[6:], a, memoryview(b'bytes')[1:3], memoryview(a)):
    t(lambda: bytes(x))
    t(lambda: bytearray(x))
    t(lambda: b'-'.join([x, x]))
    t(lambda: int.from_bytes(x, 'little'))
    t(lambda: b'[' + x)
    t(lambda: bytearray(b'[') + x)
    t(lambda: b'%s' % x)
    t(lambda: str(x, 'latin-1'))
    t(lambda: b'abc hello'.find(x))
    t(lambda: b'hello world'.startswith(x))
    t(lambda: b'xhello worldy'.strip(x))
    t(lambda: b'hello world'.replace(x, b'!'))
    t(lambda: b'a wo b'.split(x))
    t(lambda: io.BytesIO(x).read())
    f = io.BytesIO()
    t(lambda: f.write(x))
    t(lambda: f.getvalue())
    t(lambda: x == bytes(x))
    t(lambda: bytes(x) == x)
    t(lambda: x != b'')
    t(lambda: bytes(x) in b'hello world')
    c = bytearray(b'01')
    c += x
    c.extend(x)
    c[0:1] = x
    print(c)
t(lambda: m + b'a')
t(lambda: b'a' < m)
t(lambda: b'abc' in m)
t(lambda: b.append(1))
t(lambda: b.extend(b'12'))
t(lambda: b.pop())
t(lambda: b.clear())
t(lambda: b.insert(0, 1))
t(lambda: b.remove(104))
t(lambda: b.__delitem__(slice(0, 2)))
t(lambda: b.__delitem__(slice(0, 4, 2)))
t(lambda: b.__setitem__(slice(0, 2), b'123'))
t(lambda: b.__iadd__(b'1'))
t(lambda: b.__setitem__(slice(0, 2), b'HE'))
t(lambda: b.reverse())
b[0] = 33
print(m.tobytes(), b)
n = m[2:5]
m.release()
t(lambda: b.append(1))
n[0] = 65
del n
t(lambda: b.append(66))
print(b)
with memoryview(b) as m:
    print(m.readonly, m.obj is b)
    buffer = bytearray(8)
    print(io.BytesIO(b'0123456789').readinto(buffer), buffer)
    print(io.BytesIO(b'0123').readinto(memoryview(buffer)[2:]), buffer)
    t(lambda: io.BytesIO(b'0123').readinto(b'abc'))
    t(lambda: io.BytesIO(b'0123').readinto('abc'))
t(lambda: m[0])
with open(__file__, 'rb') as f:
    numbers = array('B', bytes(10))
    print(f.readinto(numbers), numbers)
    print(io.BytesIO(b'abc').getbuffer().tolist())


class Held(bytearray):
    pass


h = Held(b'abc')
h.view = memoryview(h)
del h
import gc
gc.collect()
rows = [memoryview(b'ab')[i] for i in (0, 1, -1)]
print(rows, list(memoryview(b'xyz')), [x for x in memoryview(array('d', [1.5, 2]))])
d = {memoryview(b'key'): 1}
print(d[b'key'], hash(memoryview(b'abc')) == hash(b'abc'))
m = memoryview(bytearray(range(10)))
m[2:5] = m[3:6]
print(m.tolist())
m[::2] = m[1::2]
print(m.tolist(), m[::-2].tolist(), m[1:8:3][1], m[-1], len(m[4:]))
w = memoryview(bytearray(16)).cast('i')
w[1] = -7
w[2:4] = array('i', [5, 6])
print(w.tolist(), w.nbytes, len(w), w.itemsize, w.format, w.cast('B')[4:8].hex())
