"""Names of built-in types that have none, and a few types more."""

__all__ = ['BuiltinFunctionType', 'BuiltinMethodType', 'CellType',
           'ClassMethodDescriptorType', 'CodeType', 'DynamicClassAttribute', 'EllipsisType',
           'FrameType', 'FunctionType', 'GeneratorType', 'GenericAlias',
           'GetSetDescriptorType', 'LambdaType', 'MappingProxyType', 'MemberDescriptorType',
           'MethodDescriptorType', 'MethodType', 'MethodWrapperType', 'ModuleType',
           'NoneType', 'NotImplementedType', 'SimpleNamespace', 'TracebackType',
           'WrapperDescriptorType', 'get_original_bases', 'new_class', 'prepare_class',
           'resolve_bases']


def _function():
    def inner():
        return _function
    yield inner


class _Class:
    __slots__ = ('slot',)

    def method(self):
        pass


def _cell():
    value = 1

    def inner():
        return value
    return inner.__closure__[0]


FunctionType = LambdaType = type(_function)
CodeType = type(_function.__code__)
CellType = type(_cell())
GeneratorType = type(_function())
MethodType = type(_Class().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__['fromkeys'])
GetSetDescriptorType = type(int.__dict__['real'])
MemberDescriptorType = type(_Class.slot)
MappingProxyType = type(type.__dict__)
ModuleType = type(__import__('sys'))
NoneType = type(None)
EllipsisType = type(Ellipsis)
NotImplementedType = type(NotImplemented)

try:
    raise TypeError
except TypeError as _error:
    TracebackType = type(_error.__traceback__)
    FrameType = type(getattr(_error.__traceback__, 'tb_frame', None))
del _function, _Class, _cell


class SimpleNamespace:
    """An object with any attributes."""

    def __init__(self, /, **attributes):
        self.__dict__.update(attributes)

    def __repr__(self):
        name = 'namespace' if type(self) is SimpleNamespace else type(self).__name__
        return '%s(%s)' % (name, ', '.join('%s=%r' % item
                                           for item in self.__dict__.items()))

    def __eq__(self, other):
        if not isinstance(other, SimpleNamespace):
            return NotImplemented
        return self.__dict__ == other.__dict__

    __hash__ = None


GenericAlias = type(list[int])


class DynamicClassAttribute(property):
    """A property that only instances have: of the class it is an AttributeError."""

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError
        return super().__get__(instance, owner)


# ---- making classes ----

def resolve_bases(bases):
    """The bases with those that are no classes replaced by what they say."""
    result = []
    for base in bases:
        if not isinstance(base, type) and hasattr(base, '__mro_entries__'):
            result.extend(base.__mro_entries__(bases))
        else:
            result.append(base)
    return tuple(result) if any(a is not b for a, b in zip(result, bases)) \
        or len(result) != len(bases) else bases


def prepare_class(name, bases=(), kwds=None):
    """The metaclass, its namespace, and the keywords without 'metaclass'."""
    kwds = dict(kwds or {})
    metaclass = kwds.pop('metaclass', type(bases[0]) if bases else type)
    if isinstance(metaclass, type):
        for base in bases:
            kind = type(base)
            if issubclass(metaclass, kind):
                continue
            if not issubclass(kind, metaclass):
                raise TypeError('metaclass conflict: the metaclass of a derived class must '
                                'be a (non-strict) subclass of the metaclasses of all its '
                                'bases')
            metaclass = kind
    prepare = getattr(metaclass, '__prepare__', None)
    return metaclass, prepare(name, bases, **kwds) if prepare else {}, kwds


def new_class(name, bases=(), kwds=None, exec_body=None):
    """A class, whose namespace exec_body fills."""
    resolved = resolve_bases(bases)
    metaclass, namespace, kwds = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace['__orig_bases__'] = bases
    return metaclass(name, resolved, namespace, **kwds)


def get_original_bases(cls):
    return cls.__dict__.get('__orig_bases__', cls.__bases__)
