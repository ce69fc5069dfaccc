# What a getter, a classmethod or a staticmethod calls is remembered where it is used. Each of
# these changes must be seen there all the same: every line runs more than once.


class Base:
    @property
    def name(self):
        return 'getter of ' + type(self).__name__

    @classmethod
    def made(cls, x):
        return cls.__name__, x

    @staticmethod
    def plain(x):
        return 'plain', x


class Heir(Base):
    pass


class Slotted:
    __slots__ = ('hidden',)

    @property
    def name(self):
        return 'getter of slots'


def read(o):
    return o.name


def call(c):
    return c.made(1), c.plain(2)


def show(what):
    for _ in range(3):
        print(what, read(Base()), read(Heir()), read(Slotted()), call(Base), call(Heir),
              call(Base()))


show('as it was')

Heir.name = property(lambda self: 'another getter')
Heir.made = classmethod(lambda cls, x: ('another', cls.__name__, x))
show('the heir has its own')
assert read(Heir()) == 'another getter' and call(Heir)[0] == ('another', 'Heir', 1)

Base.plain = lambda x: ('a function', x)
Base.made = staticmethod(lambda x: ('static now', x))
Heir.name = 'no property'
del Heir.made
try:
    show('other kinds')
except TypeError as e:
    print(e)
Base.plain = staticmethod(lambda x: ('static again', x))
show('other kinds')

# An instance may not hide a property, but may hide the others.
b = Base()
b.__dict__['name'] = 'hidden'
b.made = lambda x: ('of the instance', x)
for _ in range(3):
    print(read(b), call(b))

# __init__ once more changes what they hold.
getter, static = Base.__dict__['name'], Base.__dict__['made']
getter.__init__(lambda self: 'a new getter')
static.__init__(lambda x: ('a new function', x))
show('made anew')
assert read(Base()) == 'a new getter' and Base.made(1) == ('a new function', 1)


class Raises:
    @property
    def name(self):
        raise AttributeError('not today')

    @classmethod
    def made(cls, x):
        raise ValueError(x)


for _ in range(3):
    try:
        read(Raises())
    except AttributeError as e:
        print(e)
    try:
        call(Raises)
    except ValueError as e:
        print(repr(e))


class Meta(type):
    @property
    def name(cls):
        return 'of the metaclass'

    made = property(lambda cls: lambda x: ('the metaclass first', x))


class WithMeta(metaclass=Meta):
    @property
    def name(self):
        return 'of the class'

    @classmethod
    def made(cls, x):
        return 'never'

    @staticmethod
    def plain(x):
        return 'plain of WithMeta', x


for _ in range(3):
    print(read(WithMeta), read(WithMeta()), call(WithMeta))
