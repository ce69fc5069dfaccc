# What has a short way in most programs, asked so that it takes the long one.
import contextlib
import io
import sys
import types


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except Exception as error:
        return type(error).__name__ + ': ' + str(error)


# a module's own dict; built-in functions for the prompt
module = types.ModuleType('made')
module.x = 1
print(module.__dict__['x'], attempt(setattr, module, '__dict__', {}))
print(type(copyright).__name__ != '', callable(help))


# what __init__ may return
class Returns:
    def __init__(self, what):
        return what


class Keeps:
    def __init__(self, what):
        pass

    def __getattr__(self, name):
        return name


print(attempt(Returns, 5), attempt(Returns, 1.5), attempt(Returns, 'x'), type(attempt(Returns, None)).__name__)
print([attempt(Returns, what) for what in (5, 2.5, [])], Keeps(1).some)


# iterating, containing: by __getitem__, and not at all
class Letters:
    def __getitem__(self, i):
        return 'abc'[i]


class Nothing:
    __iter__ = None
    __contains__ = None


class Wrong:
    def __iter__(self):
        return 5


print(list(Letters()), 'b' in Letters(), 'x' in Letters(), list(reversed('ab')), attempt(reversed, Letters()))
print(attempt(iter, Nothing()), attempt(lambda: 1 in Nothing()), attempt(iter, Wrong()), attempt(next, 5), attempt(next, [1]))
print(attempt(lambda: [*Wrong()]), attempt(lambda: 5 in 6), attempt(iter, 5), attempt(map, int), attempt(lambda: list(map(int, 5))))


# comparing what is not the same, through sort and min
class Less:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n


class Raises:
    def __lt__(self, other):
        raise KeyError('lt')

    __eq__ = __gt__ = __lt__
    __hash__ = None


print([o.n for o in sorted([Less(3), Less(1), Less(2)])], min(Less(2), Less(1)).n, attempt(sorted, [Raises(), Raises()]))
print(attempt(lambda: [Raises()] == [Raises()]), attempt(lambda: (Raises(),) < (Raises(),)), attempt(lambda: [1, Raises()] < [1, Raises()]), attempt(hash, Raises()))
print((1, 2) < (1, 2, 3), (1, 3) > (1, 2, 3), [1] <= [1], [2] >= [1, 5], attempt(lambda: [1] < (1,)), attempt(lambda: 1j < 1j), (1j).__lt__(2), 1j == 1, 1j != 1j)


# too deep in many places
def nested(make, times=100000):
    made = make(None)
    for _ in range(times):
        made = make(made)
    return made


class Deep:
    def __init__(self, below):
        self.below = below

    def __repr__(self):
        return repr(self.below)

    def __str__(self):
        return str(self.below)

    def __add__(self, other):
        return self.below + other

    def __eq__(self, other):
        return self.below == other

    def __getattr__(self, name):
        return getattr(self.below, name)

    def __call__(self):
        return self.below()


deep = nested(Deep, 5000)
for ask in (repr, str, lambda o: o + 1, lambda o: o == 1, lambda o: o.absent, lambda o: o()):
    print(attempt(ask, deep).split(':')[0])
lists, dicts, tuples = (nested(make) for make in (lambda o: [o], lambda o: {1: o}, lambda o: (o,)))
print([attempt(ask, made).split(':')[0] for made in (lists, dicts, tuples) for ask in (repr, str)])


# names of attributes that are made at run time, for each kind of owner
class Owner:
    __slots__ = ('place',)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2)


owner = Owner()
setattr(owner, ''.join(['pl', 'ace']), 4)
print(owner.place, getattr(owner, 'pla' + 'ce'), attempt(setattr, owner, 'x', 1).split(':')[0], attempt(getattr, owner, 5), attempt(setattr, owner, 5, 1))
print(getattr(Owner, '__sl' + 'ots__'), hasattr(module, 'no' + 'ne'), attempt(delattr, module, 'no' + 'ne'))


# descriptors with half of the methods
class Half:
    def __set__(self, owner, value):
        print('set', value)


class Other:
    def __delete__(self, owner):
        print('delete')


class Halves:
    half = Half()
    other = Other()


halves = Halves()
halves.half = 5
del halves.other
print(attempt(delattr, halves, 'half'), attempt(setattr, halves, 'other', 1), type(halves.half).__name__)

# a frame's own view of what runs
print(sorted(locals().keys())[:3], eval('len(locals())') > 10, sys._getframe().f_code.co_name)
with contextlib.redirect_stdout(io.StringIO()) as text:
    print('inside')
print(repr(text.getvalue()))
