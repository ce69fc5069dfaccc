# The module sys: exceptions, hooks, limits, files, numbers.
import sys
print(sys.version_info[:2] >= (3, 11), sys.version_info.major, sys.version_info >= (3, 8))
print(sys.byteorder, sys.maxsize, sys.maxunicode, sys.platform, sys.float_info.max, sys.float_info.epsilon, sys.hash_info.modulus)
print(sys.float_info)
print(type(sys.argv), sys.argv[0].endswith('.py'), 'sys' in sys.modules, sys.modules['sys'] is sys)
try: sys.exit(3)
except SystemExit as e: print(e.code, e.args)
try: sys.exit()
except SystemExit as e: print(e.code, e.args)
print(sys.exc_info())
try: 1/0
except ZeroDivisionError:
    t, v, tb = sys.exc_info(); print(t, v, tb is not None)
print(sys.exc_info())
def f(x):
    try: raise ValueError(x)
    except ValueError:
        return sys.exc_info()[1]
print(repr(f(3)), sys.exc_info())
print(sys.intern('abc') is sys.intern('abc'))
try: sys.intern(3)
except TypeError as e: print(e)
print(sys.getrecursionlimit()); sys.setrecursionlimit(2000); print(sys.getrecursionlimit())
try: sys.setrecursionlimit(0)
except ValueError as e: print(e)
try: sys.setswitchinterval(0)
except ValueError as e: print(e)
sys.setswitchinterval(0.01); print(sys.getswitchinterval())
x = object(); print(sys.getrefcount(x)); y = [x, x]; print(sys.getrefcount(x) )
print(sys.getsizeof([]) > 0, sys.getsizeof([1]*1000) > 8000 - 200, sys.getsizeof(10**1000) > 400)
try: sys.foo
except AttributeError as e: print(e)
try: del sys.foo
except AttributeError as e: print(e)
sys.foo = 3; print(sys.foo); del sys.foo
print(sys, sys.__name__, sys.stdout.name)
sys.displayhook(None); sys.displayhook([1, 'a']); print(_)
print(sys.int_info.bits_per_digit > 0, sys.flags.optimize, sys.implementation.name in ('gilt', 'cpython'))
sys.stdout.write('out\n'); sys.stdout.flush()
class W:
    def __init__(self): self.got = []
    def write(self, s): self.got.append(s)
w = W(); old = sys.stdout; sys.stdout = w
print('a', 1, sep='+'); sys.stdout = old
print(w.got)
print('x', file=w); print(w.got)
sys.stdout = None; print('nothing'); sys.stdout = old
print(sys.getdefaultencoding(), sys.getfilesystemencoding())
