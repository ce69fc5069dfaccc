# gilt only: Python 3.12 shows an OrderedDict with the items as in a dict
from collections import OrderedDict, defaultdict

o = OrderedDict(a=1, b=[2])
assert repr(o) == "OrderedDict({'a': 1, 'b': [2]})", repr(o)
assert str([o]) == "[OrderedDict({'a': 1, 'b': [2]})]"
o["self"] = o
assert repr(o) == "OrderedDict({'a': 1, 'b': [2], 'self': ...})", repr(o)


class Heir(OrderedDict):
    pass


class Bad:
    def __repr__(self): raise KeyError("no text")


assert repr(Heir(x=1)) == "Heir({'x': 1})"
assert repr(defaultdict(int, x=OrderedDict(y=2))) == "defaultdict(<class 'int'>, {'x': OrderedDict({'y': 2})})"
for _ in range(2):
    try:
        repr(OrderedDict(bad=Bad()))
        assert False
    except KeyError as error:
        assert error.args == ("no text",)
