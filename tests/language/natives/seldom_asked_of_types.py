# What is seldom asked of types: comparisons by hand, slices, views of memory, files, frames.
import builtins
import copy
import operator
import os
import sys


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except Exception as error:
        return type(error).__name__ + ': ' + str(error)


# comparisons that do not go through an operator
print([1, 2].__eq__([1, 2]), [1].__ne__([1]), (1,).__eq__((2,)), (1,).__ne__((2,)), [1].__eq__(1), (1j).__eq__(1j), (1j).__ne__(2))
print({1}.__eq__({1}), {1}.__ne__({1}), {1}.__le__({1, 2}), {1}.__lt__([1]), frozenset({1}).__ge__({1}))
print((1).__lt__(2), (1.5).__lt__(2), attempt(lambda: 1j < 2))

# sets of what can only be compared by code of the program


class Odd:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return isinstance(other, Odd) and self.n == other.n

    def __repr__(self):
        return 'Odd(%d)' % self.n


def shown(s):
    return sorted(o.n for o in s)


a, b = {Odd(i) for i in range(4)}, {Odd(i) for i in range(2, 7)}
print(shown(a & b), shown(b & a), shown(a | b), shown(a ^ b), shown(a - b), shown(b - a), a.isdisjoint(b), shown(a.symmetric_difference(b)))
print(shown(frozenset(a) & b), shown(frozenset(a) | b), shown(frozenset(a) ^ b), type(frozenset(a) ^ b).__name__, a <= b, a == b, a == {Odd(i) for i in range(4)})
print(attempt(lambda: {1} | [1]), attempt(lambda: {1} & [1]), attempt(lambda: {1} ^ 3), attempt({1}.union, 5), attempt({1}.symmetric_difference, 5), attempt({1}.difference, [[]]))

# slices, ranges, tuples
print(repr(slice(1, None, 3)), slice(1, 2) == slice(1, 2), slice(5).indices(3), slice(True, 3).indices(5), attempt(slice(1).indices, -1))
print(copy.deepcopy(slice(1, [2])), attempt(lambda: [1][slice('x', None)]), (1, 2) * True, attempt(lambda: (1,) * 2**62), attempt(lambda: [1] * 2**62))

# numbers
print(-(1.5), operator.neg(-0.0), int(' 12 '), attempt(int, '1' * 5000), attempt(int, b'x'))


class Int:
    def __int__(self):
        return 7


print(int(Int()), attempt(chr, 0x110000), attempt(lambda: '%c' % 0x110000), attempt(lambda: b'%c' % 256), attempt(format, 1, 2))

# text
print(attempt('a'.replace, 'a', 'bc' * 10), 'ǆ'.title(), 'İ'.lower(), 'ß'.upper(), attempt('\ud800'.encode), attempt(b'\xff'.decode), attempt(str, b'x', 'no-such'))
print(attempt('{:{}}'.format, 1, 'x'), attempt('{0.x}'.format, 1), attempt('a'.ljust, 2**62), attempt('a'.expandtabs, 2**31), attempt('ab'.center, 3, 'xy'))
print(bytes.fromhex('01 02').hex(sep=' '), attempt(b'x'.hex, 5), attempt(b'x'.hex, 'ab'), attempt(b'x'.hex, b'\xff'), bytearray(b'ab') + b'c', attempt(bytearray(b'a').__iadd__, 5))

# views of memory
m = memoryview(bytearray(b'abcdefgh'))
print(repr(m).startswith('<memory at 0x'), m.tobytes('C'), m.tobytes(order='F'), m.tobytes(None), attempt(m.tobytes, 'X'), attempt(m.tobytes, 5))
print(m.cast('B', [8]).shape, m.cast('B', (8,)).shape, attempt(m.cast, 'B', [7]), attempt(m.cast, 'B', 8), attempt(m.cast, 5), attempt(m.cast, 'zz'))
print(m[(1,)], attempt(lambda: m[1, 2]), attempt(lambda: m['x']), m.tolist()[:2])
n = m[::2]
m.release()
print(repr(m).startswith('<released memory at 0x'), attempt(lambda: m[0]), attempt(m.tobytes), bytes(n))

# files
top = '/tmp/gilt-seldom-%d' % os.getpid()
os.mkdir(top)
path = os.path.join(top, 'file')
asked = []

def opener(name, flags):
    asked.append((os.path.basename(name), flags & 3))
    r, w = os.pipe()
    os.write(w, b'piped\n')
    os.close(w)
    return r


with open(path, opener=opener) as f:
    print(f.read())
with open(path, 'w') as f:
    print(f.line_buffering, f.reconfigure(line_buffering=True), f.line_buffering, f.reconfigure(), f.line_buffering)
    print('one', 'two', sep='\n', file=f)
print(asked, attempt(open, path, opener=lambda name, flags: -1), attempt(open, path, opener=lambda name, flags: 'x'), attempt(open, path, opener=lambda name, flags: 1 // 0))
with open(path, 'rb') as f:
    print(repr(f).startswith('<_io.BufferedReader name='), attempt(f.seek, 0, 9), f.readlines(), f.seek(-2, 2), f.read(), attempt(f.readinto, b'x'))
with open(path) as f:
    print(attempt(f.seek, 1, 1), attempt(f.seek, 0, 9), f.seek(0, 2), f.read(), attempt(open, path, encoding='no-such'))
print(attempt(open, path, 'x')[:26], attempt(open, top)[:26], attempt(open, path, 'q'), attempt(open, path, 'rw'), attempt(open, path, 'rb', encoding='utf-8'))
os.remove(path)
os.rmdir(top)

# classes


class A:
    pass


class B(A):
    pass


print(attempt(type), attempt(type, 1, 2), attempt(type, 'X', (1,), {}), attempt(type, 'X', (bool,), {}), attempt(type, 'X', (int, str), {}))
print(attempt(lambda: setattr(A, '__name__', 5)), attempt(lambda: delattr(A, '__name__')), attempt(lambda: setattr(int, 'x', 5)), attempt(lambda: A.x))
A.__qualname__ = 'Some.A'
print(A, attempt(lambda: setattr(A, '__qualname__', 5)), B.__mro__, A.__subclasses__(), B.mro())
print(attempt(object.__new__, 1), attempt(object.__new__, int), attempt(object.__init__), attempt(A, 1), attempt(lambda: A() < A()), attempt(lambda: A()[1]))
print(attempt(lambda: 1 in A()), attempt(iter, A()), attempt(next, A()), attempt(len, A()), attempt(lambda: A().__setitem__), attempt(operator.delitem, A(), 1), attempt(operator.setitem, A(), 1, 2))


class Wrong:
    def __init__(self):
        return 5

    def __iter__(self):
        return 5

    def __len__(self):
        return -1

    def __bool__(self):
        return 5

    def __repr__(self):
        return 5

    def __hash__(self):
        return 'x'

    def __contains__(self, x):
        return x


class Quiet(Wrong):
    def __init__(self):
        pass


q = Quiet()
print(attempt(Wrong), attempt(iter, q), attempt(len, q), attempt(bool, q), attempt(repr, q), attempt(hash, q), 'x' in q, 0 in q)
for wrong in (1.5, 'x', [1]):
    print(attempt(type('Float', (), {'__init__': lambda self: wrong})))


class Old:
    def __getitem__(self, i):
        if i == 3:
            raise IndexError
        return i


print(list(Old()), 2 in Old(), 7 in Old(), attempt(len, Old()), attempt(reversed, Old()))

# groups, notes
group = ExceptionGroup('g', [ValueError(1), TypeError(2)])
print(attempt(ExceptionGroup, 'g', [KeyboardInterrupt()]), attempt(ExceptionGroup, 'g', []), attempt(ExceptionGroup, 'g', [1]), attempt(group.split, 5), attempt(group.subgroup, 'x'))
print(group.subgroup(lambda e: isinstance(e, ValueError)), group.split(TypeError), copy.copy(group), attempt(lambda: group.derive([ValueError()])))


class Derives(ExceptionGroup):
    def derive(self, found):
        return 5


print(attempt(Derives('d', [ValueError(1), TypeError(2)]).split, ValueError))

# frames
frame = sys._getframe()
print(repr(frame).startswith('<frame at 0x'), "line" in repr(frame), repr(frame).endswith('code <module>>'), frame.f_trace, isinstance(frame.f_lasti, int), frame.f_back)


def depth():
    return sys._getframe().f_back.f_code.co_name, sys._getframe(0).f_lasti >= 0


print(depth(), attempt(sys._getframe, 1000))

# generators that are too deep, or already at it


def down(n):
    if n:
        yield from down(n - 1)
    yield n


def itself():
    yield next(it)


it = itself()
print(attempt(next, it), attempt(list, down(100000))[:14], sum(1 for _ in down(50)))


def hands():
    yield from it2


it2 = hands()
print(attempt(next, it2))


def over():
    g = iter(())
    yield from g
    done = (i for i in ())
    list(done)
    return (yield from done), (yield from done)


print(list(over()))

# imports
print(attempt(__import__, ''), attempt(__import__, 'no.such'), attempt(__import__, 5), attempt(__import__, 'os', level=-1), attempt(builtins.__build_class__, 1, 'x'))
