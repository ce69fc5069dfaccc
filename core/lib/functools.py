"""Functions that work on functions. reduce, partial, cmp_to_key and the cache itself are in
C (core/modules/functools.c); here is the rest."""

from _functools import reduce, partial, cmp_to_key, _lru_cache_wrapper

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES',
           'total_ordering', 'cache', 'cmp_to_key', 'lru_cache', 'reduce', 'partial',
           'partialmethod', 'singledispatch', 'singledispatchmethod', 'cached_property']

# ---- wrappers ----

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__',
                       '__annotations__', '__type_params__')
WRAPPER_UPDATES = ('__dict__',)
_absent = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make a wrapper look like the function that it wraps."""
    for name in assigned:
        value = getattr(wrapped, name, _absent)
        if value is not _absent:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped  # last: the update may have brought another one
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that calls update_wrapper."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ---- total_ordering ----

def _derived(known, name, otherwise):
    """The comparison `name`, from that of the method `known`: `otherwise` gets what it
    answered and the two objects."""
    def compare(self, other):
        answer = getattr(type(self), known)(self, other)
        if answer is NotImplemented:
            return answer
        return otherwise(answer, self, other)
    compare.__name__ = name
    compare.__doc__ = getattr(object, name).__doc__
    return compare


def _opposite(answer, a, b):
    return not answer


def _or_equal(answer, a, b):
    return answer or a == b


def _and_unequal(answer, a, b):
    return answer and a != b


def _opposite_and_unequal(answer, a, b):
    return not answer and a != b


def _opposite_or_equal(answer, a, b):
    return not answer or a == b


_orders = {
    '__lt__': {'__gt__': _opposite_and_unequal, '__le__': _or_equal, '__ge__': _opposite},
    '__le__': {'__ge__': _opposite_or_equal, '__lt__': _and_unequal, '__gt__': _opposite},
    '__gt__': {'__lt__': _opposite_and_unequal, '__ge__': _or_equal, '__le__': _opposite},
    '__ge__': {'__le__': _opposite_or_equal, '__gt__': _and_unequal, '__lt__': _opposite},
}


def total_ordering(cls):
    """Give a class the comparisons that follow from those that it has."""
    known = [name for name in ('__lt__', '__le__', '__gt__', '__ge__')
             if getattr(cls, name, None) is not getattr(object, name, None)]
    if not known:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    for name, otherwise in _orders[known[0]].items():
        if name not in known:
            setattr(cls, name, _derived(known[0], name, otherwise))
    return cls


# ---- caches ----

def lru_cache(maxsize=128, typed=False):
    """A decorator: results are kept, those of the `maxsize` calls used last."""
    if callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')
    return lambda function: _cached(function, maxsize, typed)


def _cached(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, typed)
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """Keep the results of all calls."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property that is computed once, and then is an attribute of its object."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = getattr(func, '__module__', None)

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError('Cannot use cached_property instance without calling '
                            '__set_name__ on it.')
        try:
            attributes = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} "
                            f'instance to cache {name!r} property.') from None
        value = attributes.get(name, _absent)
        if value is _absent:
            value = self.func(instance)
            attributes[name] = value
        return value


# ---- partial methods ----

class partialmethod:
    """A method of which some arguments are known."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args)]
        parts += [f'{name}={value!r}' for name, value in self.keywords.items()]
        return f'functools.partialmethod({", ".join(parts)})'

    def __get__(self, obj, cls=None):
        get = getattr(type(self.func), '__get__', None)
        if get is not None and not hasattr(self.func, '__code__'):
            bound = get(self.func, obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                result.__self__ = getattr(bound, '__self__', obj)
                return result

        def method(self_, /, *args, **keywords):
            return self.func(self_, *self.args, *args, **{**self.keywords, **keywords})
        method.__partialmethod__ = self
        return method if obj is None else method.__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)


# ---- functions that depend on the type of their first argument ----

def _find(cls, registry):
    """What is registered for the nearest class that `cls` inherits, or is a virtual subclass
    of: of those, one that the others do not go before."""
    for base in cls.__mro__[:-1]:
        if base in registry:
            exact = base
            break
    else:
        exact = object
    virtual = [base for base in registry
               if base not in cls.__mro__ and issubclass(cls, base)
               and issubclass(base, exact)]
    best = [base for base in virtual
            if not any(other is not base and issubclass(other, base) for other in virtual)]
    if len(best) > 1:
        raise RuntimeError(f'Ambiguous dispatch: {best[0]} or {best[1]}')
    return registry[best[0] if best else exact]


def _first_annotation(func):
    for name, cls in getattr(func, '__annotations__', {}).items():
        if name != 'return':
            return name, cls
    raise TypeError(f'Invalid first argument to `register()`: {func!r}. Use either '
                    '`@register(some_class)` or plain `@register` on an annotated function.')


def singledispatch(func):
    """A decorator: other functions may be registered for types of the first argument."""
    registry = {object: func}
    found = {}
    name = getattr(func, '__name__', 'singledispatch function')

    def dispatch(cls):
        if cls not in found:
            found[cls] = _find(cls, registry)
        return found[cls]

    def register(cls, func=None):
        if isinstance(cls, type):
            if func is None:
                return lambda func: register(cls, func)
        elif func is not None:
            raise TypeError('Invalid first argument to `register()`. '
                            f'{cls!r} is not a class or union type.')
        else:
            func = cls
            argument, cls = _first_annotation(func)
            if not isinstance(cls, type):
                raise TypeError(f'Invalid annotation for {argument!r}. '
                                f'{cls!r} is not a class.')
        registry[cls] = func
        found.clear()
        return func

    def wrapper(*args, **keywords):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **keywords)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    wrapper._clear_cache = found.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """The same for methods: the first argument behind self says which."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        name = getattr(self.func, '__name__', 'singledispatchmethod method')

        def method(*args, **keywords):
            if not args:
                raise TypeError(f'{name} requires at least 1 positional argument')
            chosen = self.dispatcher.dispatch(args[0].__class__)
            return chosen.__get__(obj, cls)(*args, **keywords)
        method.__isabstractmethod__ = self.__isabstractmethod__
        method.register = self.register
        return update_wrapper(method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)
