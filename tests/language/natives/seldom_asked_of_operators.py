# What is seldom asked of operators, calls and classes: the other side, limits, wrong answers.
import collections
import functools
import gc
import itertools
import sys
import types


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except Exception as error:
        return type(error).__name__ + ': ' + str(error)


print(attempt(sys.setswitchinterval, 'x'), attempt(functools.lru_cache, maxsize='x'), attempt(functools.lru_cache, 5.5))
print(attempt(functools.partial), attempt(functools.reduce, 1, 2), attempt(functools.lru_cache(typed=True), 5))

# reprs, text and numbers at their limits
deep = []
for i in range(100000):
    deep = [deep]
print(attempt(repr, deep)[:14], attempt(str, deep)[:14])
while deep:
    deep = deep[0]
print(attempt(b'x'.replace, b'x', b'') or 'empty', attempt('x'.encode, 'utf-8', 5)[:9], attempt(b''.join, [1]), attempt(b'%s'.__mod__, 'x')[:9])
print(attempt(slice(2**70, None, 2**80).indices, 2**75), slice(None, -2**70, -1).indices(5), [1, 2, 3][:2**70], [1, 2, 3][-2**70:])
print(collections.OrderedDict.fromkeys('ab').__class__.__name__, types.MappingProxyType({1: 2}) | {3: 4}, attempt(hash, types.MappingProxyType({}))[:9])
print(attempt(lambda: object.__hash__(5) == object.__hash__(5)), attempt(lambda: complex.__eq__(1j, 1j)), attempt(lambda: list.__eq__([1], [1])), attempt(lambda: tuple.__eq__((1,), (1,))))
print(attempt(lambda: set.__eq__({1}, {1})), attempt(lambda: float.__eq__(1.5, 1.5)), attempt(lambda: int.__ne__(1, 2)), attempt(lambda: str.__eq__('a', 'a')), attempt(lambda: bytes.__eq__(b'a', b'a')))

# longest of all: what ends last
print(list(itertools.zip_longest('ab', 'c', fillvalue='-')), list(itertools.combinations('abc', 2))[-1])
z, c = itertools.zip_longest([1, 2], [3]), itertools.permutations('abc')
next(z), next(c)
gc.collect()
z2 = itertools.zip_longest([z], [c])
del z, c
gc.collect()
print(sum(1 for _ in z2))
t = itertools.tee(iter(range(3)))
print(list(t[0]), list(t[1]))

# slices in cycles are found
class Node:
    pass


gc.collect()
n = Node()
n.me = slice(n, [n], None)
del n
print(gc.collect() > 0)

# bases, weak references, cells


class A:
    __slots__ = ()


class B:
    __slots__ = ('__weakref__',)


print(attempt(type, 'C', (B,), {'__slots__': ('__weakref__',)}), attempt(lambda: setattr(A, '__doc__', 5)), attempt(lambda: setattr(A(), 'x', 1)), attempt(lambda: A.__dict__['x']))
print(attempt(A.__subclasscheck__, 5)[:9], attempt(isinstance, 1, 5), attempt(issubclass, 1, int), attempt(issubclass, int, 1), attempt(type.__call__), attempt(type.__call__, 5))


def cells():
    def inner():
        return x
    if inner is None:
        x = 1
    return inner


print(attempt(cells()), attempt(lambda: cells().__closure__[0].cell_contents))


# more descriptors than methods
class Meta(type):
    def __get__(self, o, owner):
        return 'got'


class Descriptor:
    def __set_name__(self, owner, name):
        print(owner.__name__, name)


class Uses:
    one = Descriptor()


print(attempt(lambda: property().__get__(5)), attempt(lambda: property(lambda s: 1).__set__(5, 1)), attempt(lambda: property(lambda s: 1).__delete__(5)))

# Operators whose other side decides


class Left:
    def __add__(self, other):
        return NotImplemented

    def __iadd__(self, other):
        return NotImplemented


class Right:
    def __radd__(self, other):
        return 'right'


x = Left()
x += Right()
print(x, attempt(lambda: Left() + Left()), attempt(lambda: Left() - 1), attempt(lambda: -Left()), attempt(lambda: Left() < 1), attempt(lambda: ~1.5))


class Int(int):
    pass


class List(list):
    def __getitem__(self, i):
        return 'own' if i == 0 else super().__getitem__(i)


y = Int(3)
y += 4
print(type(y).__name__, y, Int(3) + 1.5, List([1, 2])[0], List([1, 2])[1], [*List([1, 2])], List([1]) + [2], List([2]) == [2], List([1]) < [2], Int(1) < 1.5)

# star arguments that are wrong
print(attempt(lambda: print(**{1: 2})), attempt(lambda: print(**5)), attempt(lambda: print(*5)), attempt(lambda: attempt(f=1, **{'f': 2}))[:9])
print(attempt(exec, 'x', 5), attempt(eval, 'x', {}, 5), attempt(eval, '1 +'), attempt(compile, 'x', 'f', 'wrong'), attempt(compile, 5, 'f', 'exec')[:9], eval('3 * z', {'z': 4}), attempt(exec, 'x = 1', {}, 5))

# notes that are none
for notes in (5, ['one', 2], 'text', ()):
    e = ValueError('noted')
    e.__notes__ = notes
    print(getattr(e, '__notes__'))
print(attempt(ValueError().add_note, 5), attempt(ValueError().with_traceback, 5))

# calls too deep


def deeper(n):
    return deeper(n + 1)


class Deep:
    def __init__(self):
        Deep()

    def __eq__(self, other):
        return Deep2() == other


class Deep2:
    def __eq__(self, other):
        return Deep2() == other

    def __add__(self, other):
        return self + other


print(attempt(deeper, 0)[:14], attempt(Deep)[:14], attempt(lambda: Deep2() == 1)[:14], attempt(lambda: Deep2() + 1)[:14])
