# Objects behind the syntax: slice, the mappingproxy of a class, and the methods of C types as
# callables of their own.
import types


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value


s = slice(1, 2, 3)
print(s, s.start, s.stop, s.step, slice(5).start, slice(5).stop, slice(None, "a").stop)
print(s == slice(1, 2, 3), s != slice(1, 2), s < slice(1, 3), slice(1) == 1, attempt(lambda: s < 5), attempt(lambda: slice(1) < slice("a")))
print(slice(10).indices(5), slice(None, None, -1).indices(5), slice(-3, None).indices(10**30), slice(Index(1), Index(10**30), Index(2)).indices(7))
print(attempt(s.indices, -1), attempt(s.indices, "x"), attempt(slice("a").indices, 5), attempt(slice(1, 2, 0).indices, 5), attempt(slice(1, 2, "a").indices, 5), attempt(slice(0, "a").indices, 5))
print(attempt(slice), attempt(slice, 1, 2, 3, 4), attempt(slice, start=1), attempt(setattr, s, "start", 5)[:14])
print([1, 2, 3][Index(0) : Index(10**30)], "abc"[True:], attempt(lambda: [1][1.0:]), attempt(lambda: [1][:"a"]), attempt(lambda: "abc"[::0]), attempt(lambda: [1][Index("x") :]))
print(attempt(lambda: [1, 2][Index(10**30)]), attempt(lambda: (1,)[Index("x")]), [1, 2, 3][-(10**30) :: 10**30], [1, 2, 3][:: -(10**30)], attempt(lambda: [1][:: Index(0)]))


class A:
    x = 1
    y = [2]


p = A.__dict__
print(type(p), p["x"], len(p) > 3, "y" in p, sorted(k for k in p if len(k) == 1), p.get("x"), p.get("z"), p.get("z", 5), attempt(lambda: p["z"]), attempt(setattr, p, "x", 5)[:14])
m = types.MappingProxyType({"a": 1, "b": 2})
print(m, str(m), repr(m), len(m), list(m), list(m.keys()), list(m.values()), list(m.items()), list(reversed(m)), m.copy(), type(m.copy()))
print(m == {"a": 1, "b": 2}, m != {"a": 1}, {"a": 1, "b": 2} == m, m == types.MappingProxyType({"a": 1, "b": 2}), m == 5, attempt(lambda: m < m))
print(m | {"c": 3}, {"c": 3} | m, m | m, attempt(lambda: m | 5), attempt(lambda: m & m), type(m | m))
print(attempt(lambda: m.update({})), attempt(types.MappingProxyType, [1]), attempt(types.MappingProxyType, 5), attempt(types.MappingProxyType, (1,)))
def change(mapping): mapping |= {"z": 26}; return mapping
print(attempt(change, m))


class Mapping:
    def __getitem__(self, key): return key * 2
    def __repr__(self): raise KeyError("no text")
    def __hash__(self): return 7
    def __len__(self): raise KeyError("no length")


w = types.MappingProxyType(Mapping())
print(w["ab"], attempt(repr, w), attempt(len, w), attempt(w.keys), attempt(w.get, 1))

# Methods that C types have for operators: callable, shown, compared, with a name and an owner.
print(int.__add__, list.__len__, str.__eq__.__name__, list.__getitem__.__name__)
print(int.__add__.__objclass__, int.__add__.__name__, int.__add__.__qualname__, (5).__add__.__name__, (5).__add__.__self__)
print(int.__neg__(5), int.__bool__(0), float.__hash__(2.0) == hash(2.0), str.__hash__("ab") == hash("ab"), list.__iter__([1]).__next__(), object.__str__(5), int.__repr__(7), str.__str__("x"))
print(object.__hash__(s) is not None, type(object.__hash__(5)), object.__eq__(5, 5) is not None, object.__ne__(5, 5), object.__ne__(5, 6), object.__eq__(5, 6), object.__lt__(5, 6), object.__repr__(5)[:15])
class Eq:
    def __eq__(self, other): return other == "same"
class BadEq:
    def __eq__(self, other): raise KeyError("eq")
print(object.__ne__(Eq(), "same"), object.__ne__(Eq(), "other"), attempt(object.__ne__, BadEq(), 1), object.__ne__(A(), A()))
print(attempt(int.__add__), attempt(int.__add__, 5), attempt(int.__add__, 5, 6, 7), attempt(int.__add__, "a", 5), attempt(int.__add__, 5, x=1), attempt((5).__add__, x=1), attempt((5).__neg__, 1), attempt(list.__len__, 5))
print(int.__pow__(2, 5), int.__pow__(2, 5, 7), attempt(int.__pow__, 2, "a"), attempt(int.__pow__, 2, 5, "a"), float.__pow__(2.0, 3), int.__rpow__(2, 5), (2).__pow__(10, 1000), attempt(float.__pow__, 2.0, 3, 5), attempt(complex.__pow__, 2j, 3, 5), float.__pow__(2.0, 3, None), int.__pow__(2, 3, None))
print((5).__radd__(6), (5).__rsub__(6), [1].__iadd__([2]), {1}.__ior__({2}), attempt([1].__iadd__, 5), [1, 2].__imul__(2), (5).__add__("a"), [].__add__([1]), attempt([].__add__, 5), "%s".__mod__(5))
d = {"a": 1}
print(d.__setitem__("b", 2), d.__delitem__("a"), d, d.__contains__("b"), d.__getitem__("b"), attempt(d.__getitem__, "z"), attempt(d.__delitem__, "z"), dict.__len__(d))
print(object.__getattribute__(s, "start"), object.__setattr__(a := A(), "z", 5), a.z, object.__delattr__(a, "z"), attempt(object.__getattribute__, a, 5), attempt(object.__delattr__, a, "z"), attempt(object.__setattr__, 5, "x", 1))
print(type.__getattribute__(A, "x"), type.__setattr__(A, "x", 9), A.x, attempt(object.__setattr__, A, "x", 1), attempt(type.__setattr__, int, "x", 1), type.__call__(list, "ab"), attempt(object.__getattribute__, 5, "nothing"))


# Descriptors by hand.
class P:
    @property
    def value(self): return self._value
    @value.setter
    def value(self, new): self._value = new
    @value.deleter
    def value(self): del self._value
    @classmethod
    def made(cls): return cls.__name__
    @staticmethod
    def alone(): return "alone"
    def method(self): return "method"


q = P()
P.value.__set__(q, 5)
print(q.value, P.value.__get__(q), P.value.__get__(q, P), P.value.__get__(None, P) is P.value, P.value.__delete__(q), attempt(getattr, q, "value"))
print(P.value.fget.__name__, P.value.fset(q, 3), P.value.fdel(q), P.value.__doc__)
print(P.__dict__["made"].__get__(None, P)(), P.__dict__["alone"].__get__(q)(), P.method.__get__(q)(), P.method.__get__(None, P) is P.method)
print(attempt(P.method.__get__, None), attempt(P.method.__get__, None, None), attempt(property(None).__get__, q), attempt(property().__set__, q, 1), attempt(property().__delete__, q))
print(str(P.__dict__["made"])[:34], str(P.__dict__["alone"])[:36], classmethod(5), staticmethod("x"))
r = property(doc="text")
r.__doc__ = "other"
print(r.__doc__, r.fget, r.fset, r.fdel)
print(classmethod(property(lambda cls: cls.__name__)).__get__(None, int), classmethod(P.value).__func__ is P.value)
print(int.real.__get__(5), int.real.__name__, int.real.__objclass__, attempt(int.real.__set__, 5, 6), attempt(int.real.__get__, "a", str))
class Slotted:
    __slots__ = ("a",)
x = Slotted()
print(Slotted.a.__set__(x, 3), Slotted.a.__get__(x), Slotted.a.__delete__(x), attempt(Slotted.a.__get__, x), Slotted.a.__name__, Slotted.a.__objclass__, Slotted.a, attempt(Slotted.a.__set__, 5, 5))
