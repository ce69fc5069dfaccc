"""Names for annotations. Nothing is checked: the names only have to be there, to be
subscripted, joined with |, called and inherited as annotations and classes do."""

from abc import ABCMeta
import collections
import collections.abc

TYPE_CHECKING = False


class _Special:
    """A name that means something in an annotation, with or without [...]."""

    def __init__(self, name, origin=None, args=()):
        self._name = name
        self.__origin__ = origin
        self.__args__ = args

    def __getitem__(self, args):
        if not isinstance(args, tuple):
            args = (args,)
        if self._name == 'Optional':
            return Union[args[0], None]
        if self._name == 'Annotated':
            return _Annotated(args)
        return _Special(self._name, self.__origin__ or self, args)

    def __call__(self, *args, **kwds):
        if not isinstance(self.__origin__, type):
            raise TypeError('%r cannot be instantiated' % self)
        return self.__origin__(*args, **kwds)

    def __mro_entries__(self, bases):
        if self._name in ('Generic', 'Protocol'):
            return (globals()[self._name],)
        return (self.__origin__,) if isinstance(self.__origin__, type) else ()

    def __instancecheck__(self, instance):
        return self.__subclasscheck__(type(instance))

    def __subclasscheck__(self, cls):
        if self._name == 'Union':
            return any(issubclass(cls, type(None) if arg is None else arg)
                       for arg in self.__args__)
        if not isinstance(self.__origin__, type):
            raise TypeError('%r cannot be used with issubclass()' % self)
        return issubclass(cls, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        shown = 'typing.' + self._name
        origin = self.__origin__
        if isinstance(origin, type) and issubclass(origin, Generic) and origin is not Generic:
            shown = _show(origin)
        if not self.__args__:
            return shown
        args = self.__args__
        if self._name == 'Union' and len(args) == 2 and args[1] in (None, type(None)):
            shown, args = 'typing.Optional', args[:1]
        return '%s[%s]' % (shown, ', '.join(map(_show, args)))

    def __eq__(self, other):
        if not isinstance(other, _Special):
            return NotImplemented
        return self._name == other._name and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self._name, self.__args__))


def _show(arg):
    if arg is Ellipsis:
        return '...'
    if isinstance(arg, (list, tuple)):
        return '[%s]' % ', '.join(map(_show, arg))
    if isinstance(arg, type):
        if arg.__module__ == 'builtins':
            return arg.__qualname__
        return '%s.%s' % (arg.__module__, arg.__qualname__)
    return repr(arg)


class _Annotated(_Special):
    def __init__(self, args):
        super().__init__('Annotated', args[0], args)
        self.__metadata__ = args[1:]


for _name in ('Any', 'Union', 'Optional', 'ClassVar', 'Final', 'Literal', 'LiteralString',
              'NoReturn', 'Never', 'Self', 'Annotated', 'Concatenate', 'TypeAlias',
              'TypeGuard', 'Required', 'NotRequired', 'ReadOnly', 'Unpack'):
    globals()[_name] = _Special(_name)

for _name, _origin in (
        ('List', list), ('Dict', dict), ('Set', set), ('FrozenSet', frozenset),
        ('Tuple', tuple), ('Type', type), ('Deque', collections.deque),
        ('DefaultDict', collections.defaultdict), ('OrderedDict', collections.OrderedDict),
        ('Counter', collections.Counter), ('ChainMap', collections.ChainMap),
        ('AbstractSet', collections.abc.Set), ('ByteString', collections.abc.ByteString),
        ('ContextManager', object), ('AsyncContextManager', object), ('Pattern', object),
        ('Match', object)):
    globals()[_name] = _Special(_name, _origin)

for _name in ('Awaitable', 'Coroutine', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator',
              'Hashable', 'Iterable', 'Iterator', 'Generator', 'Reversible', 'Sized',
              'Container', 'Collection', 'Callable', 'MutableSet', 'Mapping',
              'MutableMapping', 'MappingView', 'KeysView', 'ItemsView', 'ValuesView',
              'Sequence', 'MutableSequence'):
    globals()[_name] = _Special(_name, getattr(collections.abc, _name))
del _name, _origin

Text = str


class _Variable:
    """Of TypeVar and its like."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False,
                 infer_variance=False, default=None):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant

    def __repr__(self):
        mark = '+' if self.__covariant__ else '-' if self.__contravariant__ else '~'
        return mark + self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class TypeVar(_Variable):
    pass


class TypeVarTuple(_Variable):
    def __iter__(self):
        yield Unpack[self]


class ParamSpec(_Variable):
    @property
    def args(self):
        return self

    @property
    def kwargs(self):
        return self


AnyStr = TypeVar('AnyStr', bytes, str)


class ForwardRef:
    def __init__(self, arg):
        self.__forward_arg__ = arg

    def __repr__(self):
        return 'ForwardRef(%r)' % self.__forward_arg__


# ---- to inherit ----

class Generic:
    __slots__ = ()

    def __class_getitem__(cls, args):
        return _Special(cls.__name__, cls, args if isinstance(args, tuple) else (args,))


class _ProtocolMeta(ABCMeta):
    """Of a protocol that is @runtime_checkable, whatever has its methods is an instance."""

    def __subclasscheck__(cls, other):
        names = cls.__dict__.get('_protocol_names')
        if names is None:
            return super().__subclasscheck__(other)
        return all(hasattr(other, name) for name in names)

    def __instancecheck__(cls, instance):
        names = cls.__dict__.get('_protocol_names')
        if names is None:
            return super().__instancecheck__(instance)
        return all(hasattr(instance, name) for name in names)


class Protocol(Generic, metaclass=_ProtocolMeta):
    __slots__ = ()


def runtime_checkable(cls):
    names = set()
    for base in cls.__mro__:
        if isinstance(base, _ProtocolMeta) and base is not Protocol:
            names.update(base.__dict__.get('__annotations__', ()))
            names.update(name for name in base.__dict__
                         if not name.startswith('_abc_') and name not in _NO_MEMBERS)
    cls._protocol_names = frozenset(names)
    return cls


_NO_MEMBERS = frozenset((
    '__module__', '__qualname__', '__doc__', '__dict__', '__weakref__', '__slots__',
    '__annotations__', '__abstractmethods__', '__parameters__', '__orig_bases__',
    '__class_getitem__', '__init__', '__new__', '__firstlineno__', '__static_attributes__',
    '__subclasshook__', '_protocol_names'))


def _protocol(name, method):
    return runtime_checkable(_ProtocolMeta(name, (Protocol,), {
        method: lambda self, *args: None, '__module__': 'typing', '__slots__': ()}))


SupportsInt = _protocol('SupportsInt', '__int__')
SupportsFloat = _protocol('SupportsFloat', '__float__')
SupportsComplex = _protocol('SupportsComplex', '__complex__')
SupportsBytes = _protocol('SupportsBytes', '__bytes__')
SupportsIndex = _protocol('SupportsIndex', '__index__')
SupportsAbs = _protocol('SupportsAbs', '__abs__')
SupportsRound = _protocol('SupportsRound', '__round__')


class _NamedTupleMeta(type):
    def __new__(metaclass, name, bases, namespace):
        if not bases:
            return super().__new__(metaclass, name, bases, namespace)
        annotations = namespace.get('__annotations__', {})
        defaults = [namespace.pop(field) for field in annotations if field in namespace]
        result = collections.namedtuple(name, annotations, defaults=defaults,
                                        module=namespace.get('__module__'))
        for key, value in namespace.items():
            if key not in ('__module__', '__qualname__', '__dict__', '__weakref__'):
                setattr(result, key, value)
        result.__annotations__ = annotations
        return result


class NamedTuple(metaclass=_NamedTupleMeta):
    """class Point(NamedTuple): x: int; y: int = 0"""

    def __new__(cls, name, fields=(), **more):
        fields = list(fields) + list(more.items())
        return collections.namedtuple(name, [field for field, _ in fields])


class _TypedDictMeta(type):
    """Its classes make plain dicts."""

    def __new__(metaclass, name, bases, namespace, total=True):
        if not bases:
            return super().__new__(metaclass, name, (dict,), namespace)
        annotations = {}
        for base in bases:
            annotations.update(getattr(base, '__annotations__', {}))
        annotations.update(namespace.get('__annotations__', {}))
        namespace = dict(namespace, __annotations__=annotations, __total__=total)
        return super().__new__(metaclass, name, (dict,), namespace)

    def __call__(cls, *args, **kwds):
        if cls.__name__ == 'TypedDict':
            return _TypedDictMeta(args[0], (dict,), {'__annotations__': dict(*args[1:], **kwds)})
        return dict(*args, **kwds)


class TypedDict(metaclass=_TypedDictMeta):
    """class Movie(TypedDict): name: str"""


class NewType:
    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, value):
        return value

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__value__ = value
        self.__type_params__ = type_params

    def __repr__(self):
        return self.__name__


class IO(Generic):
    pass


class TextIO(IO):
    pass


class BinaryIO(IO):
    pass


# ---- functions and decorators ----

def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    return obj


def assert_never(arg, /):
    raise AssertionError('Expected code to be unreachable, but got: %r' % (arg,))


def _itself(function):
    return function


final = override = no_type_check = overload = _itself


def dataclass_transform(**given):
    return _itself


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    for cls in reversed(obj.__mro__) if isinstance(obj, type) else (obj,):
        hints.update(cls.__dict__.get('__annotations__', {}) if isinstance(cls, type)
                     else getattr(cls, '__annotations__', {}))
    return hints


def get_origin(tp):
    return getattr(tp, '__origin__', None)


def get_args(tp):
    return getattr(tp, '__args__', ())


def get_overloads(function):
    return []


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


__all__ = [_name for _name in dir() if not _name.startswith('_')
           and _name not in ('ABCMeta', 'collections')]
