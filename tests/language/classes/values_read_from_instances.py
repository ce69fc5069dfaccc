# Values of classes, read from their instances again and again, while both change.
class Described:
    def __get__(self, instance, owner):
        return 'described'


class Strict(Described):
    def __set__(self, instance, value):
        raise AttributeError('strict')


class Plain:
    pass


class Base:
    inherited = 1
    both = 'of the base'
    text = 'text'
    big = 2**70
    real = 1.5
    nothing = None
    plain = Plain()


class A(Base):
    both = 'of the class'


class Slotted(A):
    __slots__ = ('own',)


class Dictless:
    __slots__ = ('own',)
    shared = 'shared'


def read(o):
    return o.inherited, o.both, o.text, o.big, o.real, o.nothing, type(o.plain).__name__


def show(name, *objects):
    for _ in range(3):
        print(name, *[read(o) for o in objects])


a, b, slotted = A(), A(), Slotted()
show('at first', a, b, slotted, Base())
a.both = 'its own'
assert read(a)[1] == 'its own'
show('one has its own', a, b, slotted)
A.both = 'changed'
show('changed', a, b, slotted)
Base.inherited = 2
show('changed in the base', a, b, slotted)
A.inherited = 3
show('now of the class, too', a, b, slotted, Base())
del A.inherited
show('and no more', a, b)
del a.both
show('its own is gone', a, b)
Base.text = Described()
show('a descriptor', a, b)
a.text = 'hides it'
show('that is hidden', a, b)
Base.text = Strict()
show('that cannot be', a, b)
Base.text = property(lambda self: 'property')
show('a property', a, b)
Base.text = 'text'
show('a text again', a, b)
Plain.__get__ = lambda self, instance, owner: 'a descriptor by now'
show('the value has become one', a, b)
del Plain.__get__
show('and is none any more', a, b)
a.__dict__['real'] = 'by its dict'
show('by its dict', a, b)
a.__dict__.clear()
show('nothing of its own', a, b)
A.__getattr__ = lambda self, name: 'got ' + name
del Base.big
show('by __getattr__', a, b)
A.__getattribute__ = lambda self, name: 'all by ' + name
print(a.both, b.inherited, a.anything)
del A.__getattribute__
show('as before', a, b)
b.__class__ = type('Other', (), dict.fromkeys(('inherited', 'both', 'text', 'big', 'real', 'nothing', 'plain'), 'other'))
show('of another class', a, b)


def count(o):
    o.total += 1
    return o.total


class Counter:
    total = 0


for _ in range(3):
    c, d = Counter(), Counter()
    print(count(c), count(c), count(d), Counter.total)
Counter.total = 10
print(count(Counter()), count(c))

for o in (Dictless(), Dictless()):
    for _ in range(3):
        print(o.shared)
    Dictless.shared = 'changed'
try:
    o.shared = 1
except AttributeError as e:
    print(e)

# More attributes than the cache has numbers for.
Many = type('Many', (), {'x%d' % i: i for i in range(300)})
many = Many()
for _ in range(3):
    print(many.x0, many.x126, many.x127, many.x128, many.x129, many.x299)
    Many.x127 += 1000


# Classes that die, and others in their place.
def of_a_new_class(i):
    class New:
        value = i
        other = [i]
    return New()


def value_of(o):
    return o.value + o.other[0]


print([value_of(of_a_new_class(i)) for i in range(200)][-3:])
kept = [of_a_new_class(i) for i in range(40)]
print(sum(value_of(o) for o in kept for _ in range(3)))


class FirstMixin:
    mixed = 'first'


class SecondMixin:
    mixed = 'second'
    second = 2


class Mixed(FirstMixin, SecondMixin):
    pass


for _ in range(3):
    m = Mixed()
    print(m.mixed, m.second)
    if hasattr(FirstMixin, 'mixed'):
        del FirstMixin.mixed
    else:
        FirstMixin.mixed = 'first again'


# Static and class methods of instances, and of classes at the same place.
class Wrapped:
    @staticmethod
    def static(x):
        return 'static', x

    @classmethod
    def of_class(cls, x):
        return cls.__name__, x


class Heir(Wrapped):
    pass


class OfSlots(Wrapped):
    __slots__ = ()


class OfDict(dict):
    static = Wrapped.__dict__['static']
    of_class = Wrapped.__dict__['of_class']


def call(o):
    return o.static(1), o.of_class(2)


def call_all(name, *objects):
    for _ in range(3):
        print(name, *[call(o) for o in objects])


w, h, s, d = Wrapped(), Heir(), OfSlots(), OfDict()
call_all('instances', w, h, s, d)
call_all('a class first', Wrapped, w, Heir, h, OfSlots, s, OfDict, d)
d.static = w.static = lambda x: ('own', x)
call_all('one has its own', w, h, s, d, Wrapped, Heir)
Heir.static = lambda self, x: ('method', x)
call_all('a method now', h, w)
Wrapped.of_class = staticmethod(lambda x: ('static now', x))
call_all('a static one now', h, w, s)
h.__class__ = Wrapped
call_all('of the other class', h, w, s)
Wrapped.__getattribute__ = lambda self, name: lambda x: (name, x)
call_all('by __getattribute__', Wrapped, h, w, s)
del Wrapped.__getattribute__
call_all('and not', Wrapped, h, w, s)


def of_a_dying_class(i):
    class Dying(Wrapped):
        @classmethod
        def of_class(cls, x):
            return cls.__name__, i
    return Dying()


print([call(of_a_dying_class(i)) for i in range(100)][-2:])


class Leaving:
    @classmethod
    def leave(cls, o, other):
        o.__class__ = other
        return cls.__name__


for _ in range(3):
    o = Leaving()
    print(o.leave(o, Heir), type(o).__name__)
