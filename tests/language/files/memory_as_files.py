# StringIO and BytesIO as files: lines in and out, places, closing, and what they refuse.
import io


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for make, text in (io.StringIO, str), (io.BytesIO, str.encode):
    f = make(text("one\ntwo\nthree"))
    print(make.__name__, f.readlines(), f.readlines(), f.seek(0), f.readlines(5), f.seek(0), f.readlines(4), f.seek(0), f.readlines(0), f.seek(0), len(f.readlines(-1)), f.seek(4), list(f), f.tell())
    print(f.writelines([text("a"), text("b\n")]), f.getvalue(), attempt(f.writelines, 5), attempt(f.writelines, [5])[:9], f.writelines([]), attempt(f.write, None)[:9])
    print(f.readable(), f.writable(), f.seekable(), f.isatty(), f.closed, f.flush(), attempt(f.fileno))
    print(attempt(f.seek, 0, 5), attempt(f.seek, 5, 1) if make is io.StringIO else f.seek(2, 1), attempt(f.seek, -5), attempt(f.seek, "x")[:9], f.seek(0, 2), f.seek(0, 1), attempt(f.truncate, -1), attempt(f.truncate, "x")[:9])
    print(f.truncate(5), f.getvalue(), f.truncate(None), f.seek(2), f.truncate(), f.getvalue(), f.seek(6), f.write(text("z")), f.getvalue())
    f.seek(0)
    print(f.read(1), f.read(None), f.read(), f.seek(0), f.readline(2), f.readline(None), f.readline(-1), attempt(f.read, "x")[:9], attempt(f.readline, 1.5)[:9])
    with f as same:
        print(same is f)
    print(f.closed, f.close())
    for method in "read", "readline", "readlines", "getvalue", "tell", "truncate", "readable", "writable", "seekable", "isatty", "__enter__", "__next__":
        print(method, attempt(getattr(f, method)).rstrip("."), sep=": ")
    print(attempt(f.write, text("x")), attempt(f.seek, 0), attempt(f.writelines, []).rstrip("."))
    class Heir(make):
        pass
    h = Heir(text("x\ny"))
    h.name = "heir"
    print(h.read(), h.name, make().read(), make().readline(), make(None).getvalue(), attempt(make, 5), attempt(make, text(""), 1, 2)[:9], list(make(text("\n\n"))))
s = io.StringIO("a\r\nb\rc\nd", newline="")
print(s.readlines(), io.StringIO("a\r\nb\rc\n", newline="\r").readlines(), io.StringIO("a\nb", newline="\r\n").getvalue(), io.StringIO("a\r\nb\rc", newline=None).getvalue())
print(attempt(io.StringIO, "", 5), attempt(io.StringIO, "", "x"), s.encoding, s.errors)
b = io.BytesIO(b"abcdef")
target = bytearray(4)
print(b.readinto(target), target, b.read1(1), b.read1(), b.readinto(target), target, attempt(b.readinto, b"x")[:9], attempt(b.write, "text"))
b.seek(2)
print(b.write(bytearray(b"XY")), b.write(memoryview(b"Z")), b.getvalue(), bytes(b.getbuffer()), attempt(b.seek, 1, 9), b.seek(-100, 2), b.seek(-1, 1))
