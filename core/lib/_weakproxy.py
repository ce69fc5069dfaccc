"""_weakproxy: the proxies of the module weakref, which act for an object while it lives."""
from _weakref import ref


def _referent(proxy):
    o = object.__getattribute__(proxy, '_ref')()
    if o is None:
        raise ReferenceError('weakly-referenced object no longer exists')
    return o


class ProxyType:
    """Stands for an object without keeping it alive."""

    __slots__ = '_ref', '__weakref__'
    __class__ = property(lambda self: _referent(self).__class__)

    def __getattribute__(self, name):
        return getattr(_referent(self), name)

    def __setattr__(self, name, value):
        setattr(_referent(self), name, value)

    def __delattr__(self, name):
        delattr(_referent(self), name)

    def __repr__(self):
        o = object.__getattribute__(self, '_ref')()
        kind = 'NoneType' if o is None else type(o).__name__
        return f"<weakproxy at {id(self):#x} to {kind} at {id(o):#x}>"

    def __str__(self):
        return str(_referent(self))

    def __bytes__(self):
        return bytes(_referent(self))

    def __bool__(self):
        return bool(_referent(self))

    def __len__(self):
        return len(_referent(self))

    def __getitem__(self, key):
        return _referent(self)[key]

    def __setitem__(self, key, value):
        _referent(self)[key] = value

    def __delitem__(self, key):
        del _referent(self)[key]

    def __contains__(self, item):
        return item in _referent(self)

    def __iter__(self):
        return iter(_referent(self))

    def __next__(self):
        return next(_referent(self))

    def __reversed__(self):
        return reversed(_referent(self))

    def __lt__(self, other):
        return _referent(self) < _plain(other)

    def __le__(self, other):
        return _referent(self) <= _plain(other)

    def __eq__(self, other):
        return _referent(self) == _plain(other)

    def __ne__(self, other):
        return _referent(self) != _plain(other)

    def __gt__(self, other):
        return _referent(self) > _plain(other)

    def __ge__(self, other):
        return _referent(self) >= _plain(other)

    __hash__ = None

    def __neg__(self):
        return -_referent(self)

    def __pos__(self):
        return +_referent(self)

    def __invert__(self):
        return ~_referent(self)

    def __abs__(self):
        return abs(_referent(self))

    def __int__(self):
        return int(_referent(self))

    def __float__(self):
        return float(_referent(self))

    def __index__(self):
        return _referent(self).__index__()


class CallableProxyType(ProxyType):
    """The same for an object that can be called."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _referent(self)(*args, **kwargs)


ProxyTypes = (ProxyType, CallableProxyType)


def _plain(o):
    return _referent(o) if type(o) in ProxyTypes else o


def _add_operators():
    import operator
    names = {'add': operator.add, 'sub': operator.sub, 'mul': operator.mul,
             'truediv': operator.truediv, 'floordiv': operator.floordiv,
             'mod': operator.mod, 'pow': operator.pow, 'matmul': operator.matmul,
             'lshift': operator.lshift, 'rshift': operator.rshift,
             'and': operator.and_, 'or': operator.or_, 'xor': operator.xor,
             'divmod': divmod}
    for name, function in names.items():
        def forward(self, other, function=function):
            return function(_referent(self), _plain(other))

        def reflected(self, other, function=function):
            return function(_plain(other), _referent(self))

        setattr(ProxyType, f'__{name}__', forward)
        setattr(ProxyType, f'__r{name}__', reflected)


def proxy(object_, callback=None, /):
    if callback is None:
        weak = ref(object_)
    else:
        def died(arg):
            callback(self)

        weak = ref(object_, died)
    if not hasattr(ProxyType, '__add__'):
        _add_operators()
    self = object.__new__(CallableProxyType if callable(object_) else ProxyType)
    object.__setattr__(self, '_ref', weak)
    return self
