# Classes of a program that inherit exceptions.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e)

class MyOS(OSError):

    def __init__(self, a, b, c):
        super().__init__(a, b)
        self.c = c
m = MyOS(2, 'b', 'c')
print(type(m), m.errno, m.args, m.c, str(m), vars(m))

class E(Exception):

    def __init__(self, x, *, y):
        self.x = x
        self.y = y
e = E(1, y=2)
print(repr(e), e.args, str(e), vars(e))

class E2(E):

    def __init__(self):
        super().__init__(3, y=4)
        Exception.__init__(self, 'msg')
e = E2()
print(repr(e), e.args, str(e))

class E3(ValueError):

    def __new__(cls, *a, **k):
        print('new', a, k)
        return super().__new__(cls, *a, **k)

    def __init__(self, *a, **k):
        print('init', a, k)
e = E3(1, z=2)
print(repr(e))

class E4(KeyError):
    code = 5
    __slots__ = ('q',)
e = E4('k')
e.q = 1
print(e.code, str(e), repr(e), e.q)

class E5(SystemExit):
    code = 7
print(E5().code)

class E6(Exception):

    def __str__(self):
        return 'S'

    def __repr__(self):
        return 'R'

    def __eq__(self, o):
        return True

    def __hash__(self):
        return 5

    def __len__(self):
        return 0

    def __getattr__(self, n):
        return n

    def __call__(self):
        return 'called'

    def __iter__(self):
        return iter([1])
e = E6(1)
print(str(e), repr(e), e == 3, hash(e), bool(e), e.zork, e(), list(e), e.args)

class E7(Exception):
    pass
E7.__init__ = lambda self, *a: None
print(repr(E7(1, 2)))

class E8(TypeError, KeyError):
    pass
print(str(E8('k')), E8.__mro__)

class E9(LookupError, ValueError):
    """doc"""

    def __init__(self, m):
        self.m = m
        super().__init__(m)
try:
    raise E9('q')
except ValueError as e:
    print(e.m, e)
e = ValueError()
e.add_note('a')
e.add_note('b')
print(e.__notes__)
show(e.add_note, 5)
e.__notes__ = 3
show(e.add_note, 'x')
