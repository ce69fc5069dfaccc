# A module is an object: made by hand, shown, listed, with a __getattr__ of its own.
import math
import os
import sys
import types


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


m = types.ModuleType("made", "its doc")
print(m, m.__name__, m.__doc__, m.__dict__ is vars(m), sorted(k for k in dir(m)), types.ModuleType("plain").__doc__)
m.x = 1
print(m.x, attempt(getattr, m, "y"), attempt(delattr, m, "y"), dir(m)[-1], m.__dict__["x"])
del m.x
print(attempt(getattr, m, "x"), attempt(types.ModuleType), attempt(types.ModuleType, 5), attempt(types.ModuleType, "a", "b", "c")[:9], types.ModuleType(name="k", doc=5).__doc__)
m.__getattr__ = lambda name: "asked for " + name
print(m.anything, attempt(getattr, m, "other"))
def refuse(name): raise AttributeError("not " + name)
def fail(name): raise KeyError(name)
m.__getattr__ = refuse
print(attempt(getattr, m, "a"), hasattr(m, "a"), getattr(m, "a", "default"))
m.__getattr__ = fail
print(attempt(getattr, m, "a"), attempt(hasattr, m, "a"))
m.__dir__ = lambda: ["b", "a"]
print(dir(m))
m.__file__ = "/some/where.py"
print(m)
m.__file__ = "it's"
print(m, math, repr(os)[:12], sys)
del m.__getattr__
m.__name__ = "renamed"
print(m.__name__, attempt(getattr, m, "q"))
class Heir(types.ModuleType):
    extra = 7
    def __init__(self, name): super().__init__(name); self.more = 8
    @property
    def computed(self): return self.more + 1
h = Heir("heir")
print(h.extra, h.more, h.computed, type(h).__name__, attempt(getattr, h, "none"), isinstance(h, types.ModuleType))
sys.modules["by_hand"] = h
import by_hand
from by_hand import more
print(by_hand is h, more, attempt(lambda: __import__("no_such_module_at_all")), attempt(lambda: __import__("math.no_such")), attempt(setattr, math, "__dict__", {})[:14], attempt(setattr, h, "computed", 5)[:14])
def from_import():
    from math import no_such
print(attempt(from_import)[:54], hash(m) == hash(m), m == m, m == h, attempt(lambda: m < h))


# Local names, exec and eval in namespaces of another kind.
class Names(dict):
    def __missing__(self, key): return "missing " + key
class Mapping:
    def __init__(self): self.all = {"a": 1}
    def __getitem__(self, key): return self.all[key]
    def __setitem__(self, key, value): self.all[key] = value
    def keys(self): return list(self.all)
class Bad:
    def __getitem__(self, key): raise KeyError(key)
    def keys(self): return 5
print(eval("x + y", {}, Names()), eval("dir()", {}, Mapping()), attempt(eval, "dir()", {}, Bad())[:9], attempt(eval, "1", {}, 5), attempt(eval, "1", 5), attempt(exec, "1", {}, 5), attempt(exec, "1", 5))
names = Mapping()
exec("b = a + 1", {}, names)
print(names.all, attempt(vars, 5), attempt(eval, 5), attempt(compile, "1", "f", "nothing"), attempt(exec, "x ="))
for leave in exit, quit, sys.exit:
    for arguments in (), (3,), ("text",):
        try: leave(*arguments)
        except SystemExit as error: print(error.code, error.args)
