"""Classes of records: @dataclass writes the methods that follow from the annotated fields."""

import copy
from types import MappingProxyType

__all__ = ['FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'Field', 'asdict',
           'astuple', 'dataclass', 'field', 'fields', 'is_dataclass', 'make_dataclass',
           'replace']


class FrozenInstanceError(AttributeError):
    """A field of a frozen object was to be changed."""


class _Missing:
    def __repr__(self):
        return '<dataclasses.MISSING>'


class _KeywordOnly:
    """The annotation behind which all fields are given by keyword."""


MISSING = _Missing()
KW_ONLY = _KeywordOnly()

_FIELDS = '__dataclass_fields__'
_PARAMETERS = '__dataclass_params__'

# What a field is: of the objects, of the class, or only a parameter of __init__.
_OF_OBJECT, _OF_CLASS, _OF_INIT = 'field', 'class variable', 'init variable'


class InitVar:
    """The annotation of what is only a parameter of __init__ and __post_init__."""

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return cls(type)

    def __repr__(self):
        return 'dataclasses.InitVar[%s]' % getattr(self.type, '__name__', repr(self.type))


class Field:
    """What is known of one field."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init',
                 'compare', 'metadata', 'kw_only', '_kind')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata,
                 kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = MappingProxyType(metadata or {})
        self.kw_only = kw_only
        self._kind = None

    def __repr__(self):
        return 'Field(%s)' % ','.join('%s=%r' % (name.replace('_kind', '_field_type'),
                                                 getattr(self, name))
                                      for name in self.__slots__)

    def has_default(self):
        return self.default is not MISSING or self.default_factory is not MISSING


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None,
          compare=True, metadata=None, kw_only=MISSING):
    """Says more about a field than its annotation."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# ---- finding the fields ----

def _kind_of(annotation):
    if isinstance(annotation, InitVar) or annotation is InitVar:
        return _OF_INIT
    text = annotation if isinstance(annotation, str) else repr(annotation)
    if isinstance(annotation, str):
        name = text.partition('[')[0].rpartition('.')[2].strip()
        return {'ClassVar': _OF_CLASS, 'InitVar': _OF_INIT}.get(name, _OF_OBJECT)
    return _OF_CLASS if text.startswith('typing.ClassVar') else _OF_OBJECT


def _is_keyword_mark(annotation):
    return annotation is KW_ONLY or (isinstance(annotation, str)
                                     and annotation.rpartition('.')[2] == 'KW_ONLY')


def _make_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    result = default if isinstance(default, Field) else field(
        default=MISSING if type(default).__name__ == 'member_descriptor' else default)
    result.name = name
    result.type = annotation
    result._kind = _kind_of(annotation)
    if result._kind is _OF_CLASS and result.default_factory is not MISSING:
        raise TypeError('field %s cannot have a default factory' % name)
    if result.kw_only is MISSING:
        result.kw_only = kw_only and result._kind is not _OF_CLASS
    if result._kind is _OF_OBJECT and getattr(type(result.default), '__hash__', None) is None:
        raise ValueError('mutable default %s for field %s is not allowed: use '
                         'default_factory' % (type(result.default), name))
    return result


def _collect(cls, kw_only):
    """The fields by name: those of the bases, and then the class's own."""
    found = {}
    for base in cls.__mro__[-1:0:-1]:
        found.update(base.__dict__.get(_FIELDS, {}))
    annotations = cls.__dict__.get('__annotations__', {})
    for name, annotation in annotations.items():
        if _is_keyword_mark(annotation):
            kw_only = True
            continue
        one = _make_field(cls, name, annotation, kw_only)
        found[name] = one
        if isinstance(cls.__dict__.get(name), Field):
            if one.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, one.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError('%r is a field but has no type annotation' % name)
    return found


# ---- writing the methods ----

def _write(cls, name, parameters, lines, namespace=None):
    """A function from its text."""
    text = 'def %s(%s):\n%s' % (name, ', '.join(parameters),
                                ''.join(' %s\n' % line for line in lines or ['pass']))
    names = dict(namespace or {})
    exec(text, names)
    function = names[name]
    function.__qualname__ = '%s.%s' % (cls.__qualname__, name)
    function.__module__ = cls.__module__
    return function


def _write_init(cls, found, frozen):
    names = {'_MISSING': MISSING, '_set': object.__setattr__}
    parameters, keyword_only, lines, late = [], [], [], None
    for f in found:
        if f._kind is _OF_CLASS:
            continue
        value = f.name
        if f.init:
            text = f.name
            if f.default is not MISSING:
                names['_default_' + f.name] = f.default
                text += '=_default_' + f.name
            elif f.default_factory is not MISSING:
                text += '=_MISSING'
            elif late and not f.kw_only:
                raise TypeError('non-default argument %r follows default argument %r'
                                % (f.name, late))
            if not f.kw_only and f.has_default():
                late = late or f.name
            (keyword_only if f.kw_only else parameters).append(text)
        elif f.default_factory is MISSING:
            continue
        if f.default_factory is not MISSING:
            names['_factory_' + f.name] = f.default_factory
            made = '_factory_%s()' % f.name
            value = '%s if %s is _MISSING else %s' % (made, f.name, f.name) if f.init \
                else made
        if f._kind is _OF_OBJECT:
            lines.append('_set(_self, %r, %s)' % (f.name, value) if frozen
                         else '_self.%s = %s' % (f.name, value))
    if hasattr(cls, '__post_init__'):
        lines.append('_self.__post_init__(%s)' % ', '.join(
            f.name for f in found if f._kind is _OF_INIT))
    if keyword_only:
        parameters += ['*'] + keyword_only
    return _write(cls, '__init__', ['_self'] + parameters, lines, names)


def _repr_of(found):
    names = [f.name for f in found if f.repr]
    showing = set()

    def __repr__(self):
        key = id(self)
        if key in showing:
            return '...'
        showing.add(key)
        try:
            return '%s(%s)' % (self.__class__.__qualname__, ', '.join(
                ['%s=%r' % (name, getattr(self, name)) for name in names]))
        finally:
            showing.discard(key)
    return __repr__


def _tuple_text(names, of):
    return '(%s)' % ''.join('%s.%s, ' % (of, name) for name in names)


def _write_comparison(cls, name, operator, names):
    return _write(cls, name, ['self', 'other'], [
        'if other.__class__ is self.__class__:',
        ' return %s %s %s' % (_tuple_text(names, 'self'), operator,
                              _tuple_text(names, 'other')),
        'return NotImplemented'])


def _write_hash(cls, found):
    names = [f.name for f in found if (f.compare if f.hash is None else f.hash)]
    return _write(cls, '__hash__', ['self'],
                  ['return hash(%s)' % _tuple_text(names, 'self')])


def _freeze(cls, names):
    """__setattr__ and __delattr__ that refuse."""
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError('cannot assign to field %r' % name)
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError('cannot delete field %r' % name)
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        if method.__name__ in cls.__dict__:
            raise TypeError('Cannot overwrite attribute %s in class %s'
                            % (method.__name__, cls.__name__))
        method.__qualname__ = '%s.%s' % (cls.__qualname__, method.__name__)
        setattr(cls, method.__name__, method)


class _Parameters:
    def __init__(self, **given):
        self.__dict__.update(given)

    def __repr__(self):
        return '_DataclassParams(%s)' % ','.join('%s=%r' % item
                                                 for item in self.__dict__.items())


def _set_new(cls, name, function):
    """False if the class has this itself."""
    if name in cls.__dict__:
        return False
    setattr(cls, name, function)
    return True


def _check_frozen(cls, frozen):
    bases = [base.__dict__[_PARAMETERS].frozen for base in cls.__mro__[1:]
             if _PARAMETERS in base.__dict__]
    if any(bases) and not frozen:
        raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
    if frozen and bases and not any(bases):
        raise TypeError('cannot inherit frozen dataclass from a non-frozen one')


def _process(cls, given):
    _check_frozen(cls, given.frozen)
    all_fields = _collect(cls, given.kw_only)
    own_hash = cls.__dict__.get('__hash__', MISSING)
    # A class with __eq__ has __hash__ = None by that alone.
    has_hash = not (own_hash is MISSING or (own_hash is None and '__eq__' in cls.__dict__))
    setattr(cls, _FIELDS, all_fields)
    setattr(cls, _PARAMETERS, given)
    found = [f for f in all_fields.values() if f._kind is _OF_OBJECT]
    compared = [f.name for f in found if f.compare]
    if given.init:
        setattr(cls, '__init__', _write_init(cls, list(all_fields.values()), given.frozen))
    if given.repr:
        show = _repr_of(found)
        show.__qualname__ = '%s.__repr__' % cls.__qualname__
        _set_new(cls, '__repr__', show)
    if given.eq:
        _set_new(cls, '__eq__', _write_comparison(cls, '__eq__', '==', compared))
    if given.order:
        if not given.eq:
            raise ValueError('eq must be true if order is true')
        for name, operator in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'),
                               ('__ge__', '>=')):
            if not _set_new(cls, name, _write_comparison(cls, name, operator, compared)):
                raise TypeError('Cannot overwrite attribute %s in class %s. Consider using '
                                'functools.total_ordering' % (name, cls.__name__))
    if given.frozen:
        _freeze(cls, frozenset(f.name for f in found))
    _process_hash(cls, given, found, has_hash)
    if given.match_args:
        _set_new(cls, '__match_args__', tuple(f.name for f in all_fields.values()
                                              if f.init and not f.kw_only))
    if not cls.__doc__:
        cls.__doc__ = cls.__name__
    return _with_slots(cls, found) if given.slots else cls


def _process_hash(cls, given, found, has_hash):
    if given.unsafe_hash:
        if has_hash:
            raise TypeError('Cannot overwrite attribute __hash__ in class %s' % cls.__name__)
        cls.__hash__ = _write_hash(cls, found)
    elif given.eq and not has_hash:
        cls.__hash__ = _write_hash(cls, found) if given.frozen else None


def _with_slots(cls, found):
    """The class anew, with __slots__."""
    if '__slots__' in cls.__dict__:
        raise TypeError('%s already specifies __slots__' % cls.__name__)
    namespace = dict(cls.__dict__)
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get('__slots__', ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    namespace['__slots__'] = tuple(f.name for f in found if f.name not in inherited)
    for name in [f.name for f in found] + ['__dict__', '__weakref__']:
        namespace.pop(name, None)
    result = type(cls)(cls.__name__, cls.__bases__, namespace)
    result.__qualname__ = cls.__qualname__
    return result


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
              frozen=False, match_args=True, kw_only=False, slots=False,
              weakref_slot=False):
    """A decorator: adds __init__, __repr__, __eq__ and so on, as asked for."""
    given = _Parameters(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash,
                        frozen=frozen, match_args=match_args, kw_only=kw_only, slots=slots,
                        weakref_slot=weakref_slot)

    def decorate(cls):
        return _process(cls, given)
    return decorate if cls is None else decorate(cls)


# ---- asking ----

def fields(class_or_instance):
    """The fields of a dataclass, or of an object of one, as a tuple."""
    found = getattr(class_or_instance, _FIELDS, None)
    if found is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple(f for f in found.values() if f._kind is _OF_OBJECT)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _expect_instance(obj, who):
    if isinstance(obj, type) or not hasattr(type(obj), _FIELDS):
        raise TypeError('%s() should be called on dataclass instances' % who)


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict; objects in them likewise, containers copied."""
    _expect_instance(obj, 'asdict')
    return _convert(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    """The fields as a tuple; objects in them likewise, containers copied."""
    _expect_instance(obj, 'astuple')
    return _convert(obj, lambda pairs: tuple_factory([value for _, value in pairs]))


def _convert(value, factory):
    if not isinstance(value, type) and hasattr(type(value), _FIELDS):
        return factory([(f.name, _convert(getattr(value, f.name), factory))
                        for f in fields(value)])
    if isinstance(value, tuple) and hasattr(value, '_fields'):
        return type(value)(*[_convert(item, factory) for item in value])
    if isinstance(value, (list, tuple)):
        return type(value)([_convert(item, factory) for item in value])
    if isinstance(value, dict):
        pairs = [(_convert(key, factory), _convert(item, factory))
                 for key, item in value.items()]
        if hasattr(type(value), 'default_factory'):
            return type(value)(value.default_factory, pairs)
        return type(value)(pairs)
    return copy.deepcopy(value)


def replace(obj, /, **changes):
    """A new object with other values in some fields."""
    _expect_instance(obj, 'replace')
    for f in getattr(obj, _FIELDS).values():
        if f._kind is _OF_CLASS:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError('field %s is declared with init=False, it cannot be '
                                 'specified with replace()' % f.name)
        elif f.name not in changes:
            if f._kind is _OF_INIT and f.default is MISSING:
                raise ValueError('InitVar %r must be specified with replace()' % f.name)
            if f._kind is _OF_OBJECT:
                changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, **given):
    """A dataclass with these fields: names, (name, type) or (name, type, field)."""
    namespace = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            item = item, 'typing.Any'
        name, annotation, *default = item
        if not name.isidentifier():
            raise TypeError('Field names must be valid identifiers: %r' % name)
        if name in annotations:
            raise TypeError('Field name duplicated: %r' % name)
        annotations[name] = annotation
        if default:
            namespace[name] = default[0]
    namespace['__annotations__'] = annotations
    cls = type(bases[0])(cls_name, bases, namespace) if bases else \
        type(cls_name, (), namespace)
    if module is not None:
        cls.__module__ = module
    return dataclass(cls, **given)
