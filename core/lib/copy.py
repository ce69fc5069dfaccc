"""Copies of objects: copy has the same objects in it, deepcopy has copies of those, too."""

__all__ = ['Error', 'copy', 'deepcopy', 'replace']


class Error(Exception):
    """What cannot be copied."""


error = Error

# These never change, or stand for themselves.
_atomic = {type(None), type(Ellipsis), type(NotImplemented), int, float, bool, complex, bytes,
           str, type, range, slice, property, type(len), type(lambda: 0)}


def _state_of(x):
    """What an object has besides what it inherits from a built-in type: its attributes, and
    its slots."""
    attributes = getattr(x, '__dict__', None)
    slots = {}
    for cls in type(x).__mro__:
        names = cls.__dict__.get('__slots__', ())
        for name in (names,) if isinstance(names, str) else names:
            if name in ('__dict__', '__weakref__'):
                continue
            if name.startswith('__') and not name.endswith('__'):
                name = '_%s%s' % (cls.__name__.lstrip('_'), name)
            if hasattr(x, name):
                slots[name] = getattr(x, name)
    return attributes, slots


def _own_state(x):
    """What __getstate__ says, if the program has one; else NotImplemented."""
    for cls in type(x).__mro__:
        if cls is not object and '__getstate__' in cls.__dict__:
            return x.__getstate__()
    return NotImplemented


def _set_state(y, state):
    if hasattr(y, '__setstate__'):
        y.__setstate__(state)
        return
    attributes, slots = state if type(state) is tuple and len(state) == 2 else (state, None)
    if attributes:
        y.__dict__.update(attributes)
    if slots:
        for name, value in slots.items():
            setattr(y, name, value)


def _blank(x, convert):
    """A new object of the class of x, with what is in x if that inherits a built-in type:
    each item as `convert` gives it. Containers come empty, and what goes into them is the
    second result."""
    cls = type(x)
    if hasattr(x, '__getnewargs__'):
        return cls.__new__(cls, *[convert(a) for a in x.__getnewargs__()]), ()
    for kind in (list, dict, set, bytearray):
        if isinstance(x, kind):
            return cls.__new__(cls), x.items() if kind is dict else x
    for kind in (tuple, frozenset):
        if isinstance(x, kind):
            return kind.__new__(cls, [convert(item) for item in x]), ()
    for kind in (int, float, complex, str, bytes):
        if isinstance(x, kind):
            return kind.__new__(cls, x), ()
    if isinstance(x, BaseException):
        return cls.__new__(cls, *[convert(a) for a in x.args]), ()
    return cls.__new__(cls), ()


def _fill(y, items, convert):
    if isinstance(y, dict):
        for key, value in items:
            y[convert(key)] = convert(value)
    elif isinstance(y, set):
        for item in items:
            y.add(convert(item))
    else:
        for item in items:
            y.append(convert(item))


def _rebuild(x, reduced, convert):
    """What __reduce__ of the program says to do."""
    if isinstance(reduced, str):
        return x
    function, args, state, items, pairs = (tuple(reduced) + (None, None, None))[:5]
    y = function(*[convert(a) for a in args])
    if state is not None:
        _set_state(y, convert(state))
    if items is not None:
        for item in items:
            y.append(convert(item))
    if pairs is not None:
        for key, value in pairs:
            y[convert(key)] = convert(value)
    return y


def _reduced(x):
    """What __reduce_ex__ or __reduce__ of the program answers; None if it has neither."""
    for cls in type(x).__mro__:
        if cls is object:
            return None
        if '__reduce_ex__' in cls.__dict__:
            return x.__reduce_ex__(4)
        if '__reduce__' in cls.__dict__:
            return x.__reduce__()
    return None


def _same(x):
    return x


def copy(x):
    """A copy of x that has the same objects in it."""
    cls = type(x)
    if cls in _atomic or isinstance(x, type) or cls in (tuple, frozenset):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    method = getattr(cls, '__copy__', None)
    if method is not None:
        return method(x)
    reduced = _reduced(x)
    if reduced is not None:
        return _rebuild(x, reduced, _same)
    y, items = _blank(x, _same)
    _fill(y, items, _same)
    state = _own_state(x)
    if state is NotImplemented:
        attributes, slots = _state_of(x)
        state = (attributes, slots) if slots else attributes
    if state:
        _set_state(y, state)
    return y


def deepcopy(x, memo=None):
    """A copy of x and of all that is in it; each object is copied once. `memo` has the
    copies by the id of what they are copies of, and keeps the originals alive."""
    cls = type(x)
    if cls in _atomic or isinstance(x, type):
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x), memo)
    if known is not memo:
        return known
    y = _deep(x, cls, memo)
    if y is not x:
        memo[id(x)] = y
        memo.setdefault(id(memo), []).append(x)
    return y


def _deep(x, cls, memo):
    if cls is list:
        y = memo[id(x)] = []
        for item in x:
            y.append(deepcopy(item, memo))
        return y
    if cls is dict:
        y = memo[id(x)] = {}
        for key, value in x.items():
            y[deepcopy(key, memo)] = deepcopy(value, memo)
        return y
    if cls is tuple:
        return _deep_tuple(x, memo)
    method = getattr(cls, '__deepcopy__', None)
    if method is not None:
        return method(x, memo)
    return _deep_object(x, memo)


def _deep_tuple(x, memo):
    """The same tuple, if nothing in it had to be copied."""
    y = [deepcopy(item, memo) for item in x]
    if id(x) in memo:  # it was reached again through what is in it
        return memo[id(x)]
    return x if all(a is b for a, b in zip(x, y)) else tuple(y)


def _deep_object(x, memo):
    def convert(item):
        return deepcopy(item, memo)

    method_of = getattr(x, '__self__', None)
    if method_of is not None and hasattr(x, '__func__'):
        return type(x)(x.__func__, convert(method_of))
    reduced = _reduced(x)
    if reduced is not None:
        return _rebuild(x, reduced, convert)
    y, items = _blank(x, convert)
    memo[id(x)] = y
    _fill(y, items, convert)
    state = _own_state(x)
    if state is NotImplemented:
        attributes, slots = _state_of(x)
        state = (attributes, slots) if slots else attributes
    if state:
        _set_state(y, convert(state))
    return y


def replace(x, /, **changes):
    """A copy with other values in some fields: what its __replace__ gives."""
    method = getattr(type(x), '__replace__', None)
    if method is None:
        raise TypeError('replace() does not support %s objects' % type(x).__name__)
    return method(x, **changes)
