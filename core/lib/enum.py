"""Enumerations: classes whose members are the only objects of theirs, each with a name and a
value."""

import sys
from types import DynamicClassAttribute, MappingProxyType

__all__ = ['Enum', 'EnumMeta', 'EnumType', 'Flag', 'FlagBoundary', 'IntEnum', 'IntFlag',
           'ReprEnum', 'StrEnum', 'auto', 'global_enum', 'member', 'nonmember', 'property',
           'unique', 'verify', 'CONFORM', 'CONTINUOUS', 'EJECT', 'KEEP', 'NAMED_FLAGS',
           'STRICT', 'UNIQUE']

_plain_property = property
property = DynamicClassAttribute


class auto:
    """Stands for the value that _generate_next_value_ gives."""

    def __init__(self, value=None):
        self.value = value


class nonmember:
    """Makes an attribute of what would be a member."""

    def __init__(self, value):
        self.value = value


class member(nonmember):
    """Makes a member of what would not be one."""


def _is_special(name):
    return len(name) > 4 and name[:2] == '__' == name[-2:] and name[2] != '_' != name[-3]


def _is_sunder(name):
    return len(name) > 2 and name[0] == '_' == name[-1] and name[1] != '_' != name[-2]


def _is_descriptor(value):
    return any(hasattr(value, name) for name in ('__get__', '__set__', '__delete__'))


class _Members(dict):
    """The namespace of an enumeration that is being defined: knows which names are members,
    in order, and gives auto() its value."""

    def __init__(self):
        super().__init__()
        self.values_of_members = {}
        self.ignored = ()
        self.next_value = None

    def __setitem__(self, name, value):
        if _is_sunder(name):
            if name == '_generate_next_value_':
                self.next_value = value.__func__ if isinstance(value, staticmethod) \
                    else value
            elif name == '_ignore_':
                self.ignored = tuple(value.replace(',', ' ').split()
                                     if isinstance(value, str) else value)
            elif name not in ('_missing_', '_order_', '_value_', '_name_', '_numeric_repr_',
                              '_iter_member_', '_value_repr_', '_boundary_'):
                raise ValueError('_sunder_ names, such as %r, are reserved' % name)
        elif isinstance(value, member):
            value = self._add(name, value.value)
        elif isinstance(value, nonmember):
            value = value.value
        elif not (_is_special(name) or name in self.ignored or _is_descriptor(value)
                  or self._is_private(name)):
            value = self._add(name, value)
        super().__setitem__(name, value)

    def _is_private(self, name):
        """Is it __name, as Python has mangled it?"""
        qualname = self.get('__qualname__', '')
        prefix = '_%s__' % qualname.rpartition('.')[2].lstrip('_')
        return name.startswith(prefix) and not name.endswith('__')

    def _add(self, name, value):
        if name in self:
            raise TypeError('%r already defined as %r' % (name, self[name]))
        if isinstance(value, auto):
            if value.value is None:
                value.value = self._generate(name)
            value = value.value
        elif isinstance(value, tuple) and any(isinstance(v, auto) for v in value):
            value = tuple(self._generate(name) if isinstance(v, auto) else v for v in value)
        self.values_of_members[name] = value
        return value

    def _generate(self, name):
        values = list(self.values_of_members.values())
        return self.next_value(name, 1, len(values), values)


def _data_type(bases):
    """The type of the values that members are besides, such as int; object if none."""
    for base in bases:
        for cls in base.__mro__:
            if cls is object:
                continue
            if isinstance(cls, EnumType):
                if cls._member_type_ is not object:
                    return cls._member_type_
            elif '__new__' in cls.__dict__ or '__dataclass_fields__' in cls.__dict__:
                return cls
    return object


def _find_new(namespace, bases, data_type):
    """The __new__ that makes members."""
    new = namespace.get('__new__')
    if new is not None:
        return new
    for base in bases:
        new = getattr(base, '_new_member_', None)
        if new is not None and new is not object.__new__:
            return new
    return data_type.__new__


class EnumType(type):
    """The metaclass: makes the members, and looks them up."""

    @classmethod
    def __prepare__(metaclass, name, bases, **more):
        namespace = _Members()
        enum = next((base for base in bases if isinstance(base, EnumType)), None)
        if enum is not None:
            metaclass._check_bases(name, bases)
            namespace.next_value = enum._generate_next_value_
        return namespace

    @staticmethod
    def _check_bases(name, bases):
        for base in bases:
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError('<enum %r> cannot extend %r' % (name, base))

    def __new__(metaclass, name, bases, namespace, *, boundary=None, **more):
        if not isinstance(namespace, _Members):  # not a class statement
            metaclass._check_bases(name, bases)
            plain, namespace = namespace, metaclass.__prepare__(name, bases)
            for key, value in plain.items():
                namespace[key] = value
        values = namespace.values_of_members
        attributes = {key: value for key, value in namespace.items()
                      if key not in values}
        for ignored in namespace.ignored:
            attributes.pop(ignored, None)
        next_value = attributes.get('_generate_next_value_')
        if next_value is not None and not isinstance(next_value, staticmethod):
            attributes['_generate_next_value_'] = staticmethod(next_value)
        data_type = _data_type(bases)
        new = _find_new(attributes, bases, data_type)
        attributes.pop('__new__', None)
        attributes.update(_member_names_=[], _member_map_={}, _value2member_map_={},
                          _unhashable_values_=[], _member_type_=data_type,
                          _new_member_=new)
        cls = super().__new__(metaclass, name, bases, attributes, **more)
        if boundary is not None:
            cls._boundary_ = boundary
        cls._prefer_enum(bases, attributes, data_type)
        for member_name, value in values.items():
            cls._add_member(member_name, value, new, data_type)
        if name not in _OWN_CLASSES or '__new__' not in cls.__dict__:
            type.__setattr__(cls, '__new__', _look_up_new)
        return cls

    def __init__(cls, name, bases, namespace, **more):
        super().__init__(name, bases, namespace)

    def _prefer_enum(cls, bases, attributes, data_type):
        """What the type of the values would do is done as the enumeration does it."""
        enum = next((base for base in reversed(bases) if isinstance(base, EnumType)), None)
        for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
            if enum is None or name in attributes:
                continue
            found = getattr(cls, name, None)
            if found in (getattr(data_type, name, None), getattr(object, name, None)):
                type.__setattr__(cls, name, getattr(enum, name))
        if data_type is not object and _is_flag(cls):
            for name in _BIT_OPERATORS:
                if name not in attributes:
                    type.__setattr__(cls, name, getattr(Flag, name))

    def _add_member(cls, name, value, new, data_type):
        args = value if isinstance(value, tuple) else (value,)
        if new is object.__new__:
            made = object.__new__(cls)
        elif data_type is tuple:
            made = new(cls, args)
        else:
            made = new(cls, *args)
        if not hasattr(made, '_value_'):
            made._value_ = value if data_type is object else data_type(*args) \
                if data_type is not tuple else tuple(args)
        value = made._value_
        made._name_ = name
        made.__objclass__ = cls
        made._sort_order_ = len(cls._member_names_)
        init = type(made).__init__
        if init is not object.__init__ and not _inherited_init(cls, init):
            made.__init__(*args)
        known = cls._member_of(value)
        if known is None:
            if not _is_flag(cls) or (value > 0 and value & value - 1 == 0):
                cls._member_names_.append(name)  # else it is a name for several bits
            cls._note_value(value, made)
        else:
            made = known  # another name for the same
        cls._member_map_[name] = made
        type.__setattr__(cls, name, made)

    def _note_value(cls, value, made):
        try:
            cls._value2member_map_.setdefault(value, made)
        except TypeError:
            cls._unhashable_values_.append((value, made))

    def _member_of(cls, value):
        """The member with this value, or None."""
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for other, found in cls._unhashable_values_:
                if other == value:
                    return found
        return None

    def __call__(cls, value, names=None, *values, module=None, qualname=None, type=None,
                 start=1, boundary=None):
        if names is None and cls._member_map_:
            return cls.__new__(cls, (value,) + values if values else value)
        if names is None:
            return cls.__new__(cls, value)
        return _create(cls, value, names, module, qualname, type, start, boundary)

    def __contains__(cls, value):
        return isinstance(value, cls) or cls._member_of(value) is not None

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __dir__(cls):
        return sorted(set(type.__dir__(cls)) | set(cls._member_map_))

    @_plain_property
    def __members__(cls):
        """All names, of members and of aliases."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        return '<%s %r>' % ('flag' if _is_flag(cls) else 'enum', cls.__name__)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError('cannot reassign member %r' % name)
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError('%r cannot delete member %r.' % (cls.__name__, name))
        super().__delattr__(name)


EnumMeta = EnumType


def _inherited_init(cls, init):
    """Is this __init__ that of the type of the values, or Enum's?"""
    return init is getattr(cls._member_type_, '__init__', None) or init is Enum.__init__


def _is_flag(cls):
    return 'Flag' in globals() and issubclass(cls, Flag)


def _look_up_new(cls, value):
    """What a call of an enumeration does: the member with this value."""
    if type(value) is cls:
        return value
    found = cls._member_of(value)
    if found is not None:
        return found
    found = cls._missing_(value)
    if isinstance(found, cls):
        return found
    if found is None:
        raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
    raise TypeError('error in %s._missing_: returned %r instead of None or a valid member'
                    % (cls.__name__, found))


def _create(cls, name, names, module, qualname, kind, start, boundary):
    """Enum('Name', 'A B C') and the like."""
    metaclass = type(cls)
    bases = (cls,) if kind is None else (kind, cls)
    namespace = metaclass.__prepare__(name, bases)
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    values = []
    for i, item in enumerate(names):
        if isinstance(names, dict):
            item, value = item, names[item]
        elif isinstance(item, str):
            value = namespace.next_value(item, start, i, values)
        else:
            item, value = item
        values.append(value)
        namespace[item] = value
    if module is None:
        try:
            module = sys._getframe(2).f_globals['__name__']
        except (AttributeError, KeyError, ValueError):
            pass
    if module is not None:
        namespace['__module__'] = module
    if qualname is not None:
        namespace['__qualname__'] = qualname
    return metaclass.__new__(metaclass, name, bases, namespace, boundary=boundary)


_BIT_OPERATORS = ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__',
                  '__invert__')
_OWN_CLASSES = ('Enum', 'Flag')


class Enum(metaclass=EnumType):
    def __init__(self, *args):
        pass

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """One more than the greatest number so far."""
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        cls = type(self)
        show = getattr(cls._member_type_, '__repr__', repr) \
            if cls._member_type_ is not object else repr
        return '<%s.%s: %s>' % (cls.__name__, self._name_, show(self._value_))

    def __str__(self):
        return '%s.%s' % (type(self).__name__, self._name_)

    def __format__(self, spec):
        return str.__format__(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, protocol):
        return getattr, (type(self), self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ReprEnum(Enum):
    """Only repr is the enumeration's; str and format are those of the values."""


class IntEnum(int, ReprEnum):
    """Members are ints."""

    __str__ = int.__repr__
    __format__ = int.__format__


class StrEnum(str, ReprEnum):
    """Members are strs; auto() is the name in lower case."""

    __str__ = str.__str__
    __format__ = str.__format__

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError('too many arguments for str(): %r' % (values,))
        if not isinstance(values[0], str):
            raise TypeError('%r is not a string' % (values[0],))
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


# ---- flags ----

class FlagBoundary(StrEnum):
    """What becomes of bits that no member has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum):
    """Members are sets of bits, and so is what | & ^ ~ make of them."""

    _boundary_ = STRICT

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The next power of two."""
        if not last_values:
            return start if start is not None else 1
        return 1 << max(last_values).bit_length()

    @classmethod
    def _bits(cls):
        """All bits that members have."""
        bits = 0
        for member in cls._member_map_.values():
            bits |= member._value_
        return bits

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        bits = cls._bits()
        if value < 0:
            value += 1 << max(bits.bit_length(), value.bit_length())
        if value & ~bits:
            boundary = cls._boundary_
            if boundary is STRICT:
                width = max(value.bit_length(), bits.bit_length())
                raise ValueError('%r invalid value %r\n    given %s\n  allowed %s'
                                 % (cls, value, '0b0 ' + bin(value)[2:].rjust(width, '0'),
                                    '0b0 ' + bin(bits)[2:].rjust(width, '0')))
            if boundary is EJECT:
                return value
            if boundary is CONFORM:
                value &= bits
        return cls._combination(value)

    @classmethod
    def _combination(cls, value):
        """The one object for this set of bits."""
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        made._value_ = value
        names = [member._name_ for member in cls if member._value_ & value]
        known = 0
        for member in cls:
            known |= member._value_
        rest = value & ~known
        if rest:
            names.append(str(rest))
        made._name_ = '|'.join(names) or None
        return cls._value2member_map_.setdefault(value, made)

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'"
                            % (type(other).__qualname__, type(self).__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return (member for member in type(self) if member._value_ & self._value_)

    def __len__(self):
        return bin(self._value_).count('1')

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        cls = type(self)
        if self._name_ is None:
            return '<%s: %r>' % (cls.__name__, self._value_)
        return '<%s.%s: %r>' % (cls.__name__, self._name_, self._value_)

    def __str__(self):
        cls = type(self)
        if self._name_ is None:
            return '%s(%r)' % (cls.__name__, self._value_)
        return '%s.%s' % (cls.__name__, self._name_)

    def _operand(self, other):
        """The bits of the other operand, or None."""
        if isinstance(other, type(self)):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __or__(self, other):
        bits = self._operand(other)
        return NotImplemented if bits is None else type(self)(self._value_ | bits)

    def __and__(self, other):
        bits = self._operand(other)
        return NotImplemented if bits is None else type(self)(self._value_ & bits)

    def __xor__(self, other):
        bits = self._operand(other)
        return NotImplemented if bits is None else type(self)(self._value_ ^ bits)

    def __invert__(self):
        cls = type(self)
        if cls._boundary_ in (EJECT, KEEP):
            return cls(~self._value_)
        return cls(cls._bits() & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Members are ints, too."""

    __str__ = int.__repr__
    __format__ = int.__format__


# ---- decorators ----

def unique(enumeration):
    """A decorator: no two names may have the same value."""
    aliases = [(name, member._name_) for name, member in enumeration._member_map_.items()
               if name != member._name_]
    if aliases:
        raise ValueError('duplicate values found in %r: %s'
                         % (enumeration, ', '.join('%s -> %s' % pair for pair in aliases)))
    return enumeration


def global_enum(cls, update_str=False):
    """A decorator: puts the members into the module."""
    sys.modules[cls.__module__].__dict__.update(cls._member_map_)
    return cls


class EnumCheck(StrEnum):
    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A decorator that checks an enumeration: UNIQUE, CONTINUOUS."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                unique(enumeration)
            elif check is CONTINUOUS:
                values = sorted(member._value_ for member in enumeration)
                missing = [v for v in range(values[0], values[-1]) if v not in values] \
                    if values else []
                if missing:
                    raise ValueError('invalid %r %r: missing values %s'
                                     % ('enum', enumeration.__name__,
                                        ', '.join(map(str, missing))))
        return enumeration
