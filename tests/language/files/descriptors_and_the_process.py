# os below the files: descriptors, what a path may be, the process itself, and how it all fails.
import os


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


# What is a path: str, bytes, or what has __fspath__; never one with a zero in it.
class Path:
    def __fspath__(self): return "/tmp"


print(os.path.isdir(b"/tmp"), os.path.isdir(Path()), os.path.exists("/no/such"))
print(attempt(os.stat, 2.5)[:9], attempt(os.stat, "a\0b"), attempt(os.stat, "/no/such"))
print(attempt(os.stat, b"/no/such"), attempt(os.listdir, "/no/such"), attempt(os.stat, None)[:9])
print(os.path.exists("a\0b"), os.stat("/tmp").st_mode == os.stat(b"/tmp").st_mode, os.fspath(Path()))
print(attempt(os.fspath, 5), attempt(os.mkdir, "/tmp"), attempt(os.rmdir, "/no/such"), attempt(os.chdir, "/no/such"))
print(attempt(os.rename, "/no/such", "/no/such2"), attempt(os.remove, "/no/such"), attempt(os.unlink, b"/no/such"))


class NoPath:
    def __fspath__(self): return 5


class NoPathYet:
    def __fspath__(self): raise KeyError("no path yet")


class Home:
    def __fspath__(self): return top + "/home"


for function in os.fspath, os.path.exists, open, os.mkdir, os.fsencode:
    print(attempt(function, NoPath()), attempt(function, NoPathYet()))
top = "/tmp/gilt-descriptors-%d" % os.getpid()
os.mkdir(top)
os.mkdir(Home())
os.rename(Home(), top + "/moved")
os.chdir(top.encode())
print(os.listdir(top.encode()), os.listdir(), os.getcwd() == top)
os.rmdir(b"moved")
# A name that is no UTF-8 is a str with surrogates.
open(b"\xff", "w").close()
print(ascii(os.listdir()), os.path.exists("\udcff"), open("\udcff").read(), os.fsencode("\udcff"), attempt(os.stat, "\ud800"))
print(os.listdir(None) == os.listdir(".") == os.listdir())
os.remove("\udcff")
os.rmdir(top)
os.chdir("/tmp")

# What may be done with it.
print(os.access("/tmp", os.F_OK), os.access("/tmp", os.R_OK | os.X_OK), os.access("/no/such", os.R_OK))
print(attempt(os.access, "/tmp", "r"), attempt(os.access, 2.5, 0)[:9], attempt(os.access, "a\0b", 0))

# Descriptors are ints; stat takes them, too.
end, start = os.pipe()
print(os.stat(end).st_mode == os.fstat(end).st_mode, os.stat(end).st_size)
print(os.write(start, b"abc"), os.write(start, bytearray(b"de")), os.write(start, memoryview(b"f")), os.read(end, 4))
print(os.isatty(end), os.isatty(-1), attempt(os.isatty, "x"), attempt(os.write, start, "text"))
print(attempt(os.read, end, -1), attempt(os.read, "x", 1), attempt(os.write, None, b""), attempt(os.close, "x"))
os.close(start)
print(os.read(end, 100), os.read(end, 100))
os.close(end)
for function, *arguments in (os.close, end), (os.read, end, 1), (os.write, end, b"x"), (os.stat, 10**6), (os.fstat, 10**6):
    print(attempt(function, *arguments))
print(attempt(os.stat, 10**30)[:13], attempt(os.close, 10**30))

# The process.
print(os.getppid() > 0, os.getpid() != os.getppid(), os.kill(os.getpid(), 0))
print(attempt(os.kill, "x", 0), attempt(os.kill, os.getpid(), 10**6))
print(os.strerror(2), os.strerror(13), attempt(os.strerror, "x"), len(os.urandom(0)), attempt(os.urandom, -1))
print(attempt(os._exit, "x"))

# The environment takes only str.
os.environ["GILT_TEST"] = "é"
print(os.environ["GILT_TEST"], os.getenv("GILT_TEST"), attempt(os.environ.__getitem__, "GILT_NONE"))
print(attempt(os.environ.__setitem__, "A", 5), attempt(os.environ.__setitem__, "A\0", "x"), attempt(os.putenv, "", "x"))
print(attempt(os.unsetenv, ""), attempt(os.unsetenv, "A=B"), os.environ.pop("GILT_TEST"), "GILT_TEST" in os.environ)

# The shortest way out: nothing is written or called any more.
import sys
sys.stdout.flush()
try:
    os._exit(7)
finally:
    print("never")
