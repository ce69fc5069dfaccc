# StringIO and BytesIO.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, 'errno', None), getattr(e, 'filename', None))
import io
s = io.StringIO()
print(s.write('abc\ndef'), s.getvalue(), s.tell(), s.seek(0), s.read(2), s.readline(), s.readline(), s.read(), s.seek(1), s.write('ZZ'), s.getvalue(), s.truncate(2), s.getvalue())
s = io.StringIO('a\nb\r\nc')
print(list(s), s.readlines())
s = io.StringIO('a\nb\r\nc', newline=None)
print(list(s))
s = io.StringIO('a\nb\r\nc', newline='')
print(list(s))
s = io.StringIO('éሴ𒍅')
print(s.read(1), s.read())
with io.StringIO() as s:
    print('p', 2, file=s)
    print(repr(s.getvalue()))
    s.seek(10)
    s.write('x')
    print(repr(s.getvalue()))
show(s.write, 'x')
show(s.getvalue)
print(s.closed)
show(io.StringIO, 5)
show(io.StringIO().write, 5)
show(io.StringIO, 'x', newline='q')
show(io.StringIO().seek, -1)
show(io.StringIO('x').fileno)
b = io.BytesIO(b'abc\ndef')
print(b.read(2), b.readline(), b.read(), b.seek(-2, 2), b.read(), b.getvalue(), b.seek(0), b.write(b'ZZ'), b.getvalue(), b.truncate(1), b.getvalue(), b.tell())
b.write(b'q')
print(b.getvalue())
print(list(io.BytesIO(b'1\n2\n3')))
show(b.write, 'x')
b.close()
show(b.read)
show(io.BytesIO, 'x')
show(io.BytesIO().seek, -1)
show(io.BytesIO().seek, 0, 9)
print(issubclass(io.UnsupportedOperation, OSError), issubclass(io.UnsupportedOperation, ValueError), io.UnsupportedOperation.__mro__)

class S(io.StringIO):

    def write(self, x):
        return super().write(x.upper())
q = S()
print('hello', file=q)
print(q.getvalue())
