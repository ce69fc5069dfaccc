"""Abstract base classes: their metaclass says what counts as a subclass, and no class that
still has abstract methods can be instantiated (core/modules/_abc.c)."""

from _abc import _set_abstract

__all__ = ['ABC', 'ABCMeta', 'abstractmethod', 'abstractclassmethod',
           'abstractstaticmethod', 'abstractproperty', 'get_cache_token',
           'update_abstractmethods']


def abstractmethod(function):
    """A decorator: heirs must have this method before they can be instantiated."""
    function.__isabstractmethod__ = True
    return function


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, function):
        function.__isabstractmethod__ = True
        super().__init__(function)


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, function):
        function.__isabstractmethod__ = True
        super().__init__(function)


class abstractproperty(property):
    __isabstractmethod__ = True


def _is_abstract(value):
    return getattr(value, '__isabstractmethod__', False)


def _find_abstract(cls):
    """Notes the abstract methods of a class: its own, and those of its bases that it has
    not replaced."""
    names = {name for name, value in cls.__dict__.items() if _is_abstract(value)}
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            if _is_abstract(getattr(cls, name, None)):
                names.add(name)
    cls.__abstractmethods__ = frozenset(names)
    _set_abstract(cls, bool(names))


def update_abstractmethods(cls):
    """For decorators that add methods to a class."""
    if hasattr(cls, '__abstractmethods__'):
        _find_abstract(cls)
    return cls


_registrations = 0


def get_cache_token():
    """Another number after each call of register."""
    return _registrations


class ABCMeta(type):
    """The metaclass: classes can be registered as subclasses without inheriting."""

    def __new__(metaclass, name, bases, namespace, /, **more):
        cls = super().__new__(metaclass, name, bases, namespace, **more)
        cls._abc_registered = ()
        _find_abstract(cls)
        return cls

    def register(cls, subclass):
        """Makes isinstance and issubclass take it for a subclass. Returns it, so that this
        is a decorator."""
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        cls._abc_registered += (subclass,)
        _registrations += 1
        return subclass

    def __instancecheck__(cls, instance):
        kind = type(instance)
        if cls.__subclasscheck__(kind):
            return True
        claimed = getattr(instance, '__class__', kind)
        return claimed is not kind and cls.__subclasscheck__(claimed)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        if cls in subclass.__mro__:
            return True
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            return answer
        for registered in cls._abc_registered:
            if issubclass(subclass, registered):
                return True
        for heir in cls.__subclasses__():
            if issubclass(subclass, heir):
                return True
        return False


class ABC(metaclass=ABCMeta):
    """To inherit, in place of metaclass=ABCMeta."""

    __slots__ = ()
