# What came before is printed first, whatever it was.
# with stderr
def f():
    try:
        1/0
    except Exception:
        {}['a']
def g():
    try:
        f()
    except KeyError:
        raise TypeError('x') from None
try:
    g()
except TypeError:
    try:
        f()
    finally:
        int('z')
