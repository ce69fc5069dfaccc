# The attributes of classes themselves: names, bases, order, documentation; which may be set,
# and which types refuse.
import types


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class A:
    "An A."
    number: int
class B(A): pass
class Other: pass


print(B.__name__, B.__qualname__, B.__module__, B.__bases__, B.__base__, B.__mro__, B.mro(), B.__doc__, A.__doc__)
print(A.__subclasses__(), object.__base__, type.__base__, type(A.__flags__), int.__module__)
print(A.__annotations__, B.__annotations__, attempt(getattr, int, "__annotations__"))
A.__annotations__ = {"x": str}
print(A.__annotations__, attempt(setattr, int, "__annotations__", {})[:9])
B.__name__, B.__qualname__, B.__module__, B.__doc__ = "New", "Out.New", "elsewhere", "new doc"
print(B, B.__doc__, B.__name__, B.__qualname__)
B.__name__ = "Newer"
print(B, B.__name__, B.__qualname__)
A.__name__ = "Renamed"
print(A.__name__, A.__qualname__, A)
for name in "__name__", "__qualname__", "__module__", "__doc__", "__bases__", "__dict__", "__mro__", "__base__", "other":
    print(name, attempt(setattr, int, name, "x"), attempt(delattr, int, name)[:13], sep=" | ")
for name in "__name__", "__qualname__", "__mro__", "__base__", "__dict__":
    print(name, attempt(setattr, A, name, 5)[:14], attempt(delattr, A, name)[:13], sep=" | ")
print(attempt(setattr, A, "__name__", "a\0b"))

# type() itself, and with three arguments.
print(type(5), attempt(type), attempt(type, 1, 2), attempt(type, 1, 2, 3, 4), attempt(type, 1, (), {}), attempt(type, "x", [], {}), attempt(type, "x", (), []))
T = type("T", (A,), {"x": 1, "__qualname__": "Q.T"})
print(T, T.x, T.__module__, attempt(type, "T", (), {"__qualname__": 5}), attempt(type, "T", (5,), {}), attempt(type, "a\0b", (), {}))
print(attempt(type.__new__, type, "X"), attempt(type.__init__, T), attempt(type.__init__, T, 1, 2), type.__init__(T, 1), type.__init__(T, 1, 2, 3))
print(type.__prepare__("x", ()), type.__prepare__(), int.__prepare__ is not None)
print(type.__instancecheck__(int, 5), int.__instancecheck__("x"), int.__subclasscheck__(bool), attempt(int.__subclasscheck__, 5))
print(attempt(type("Meta", (type,), {}), 5), attempt(type("Meta", (type,), {}), "C", (), {}))
print(attempt(type, "T", (bool,), {}), attempt(type, "T", (A, A), {}), attempt(type, "T", (int, str), {}), attempt(type, "T", (object, A), {}))


# The most derived metaclass makes the class, with its own __new__.
class Meta(type):
    def __new__(meta, name, bases, namespace, **more):
        print("Meta makes", name, sorted(more.items()))
        return super().__new__(meta, name, bases, namespace)
    def __init__(cls, *arguments, **more): pass
class M(metaclass=Meta): pass
made = type("Made", (M,), {})
print(type(made), attempt(type, "Made", (M,), {}, extra=1))
made = type.__new__(type, "Deep", (M,), {})
print(type(made), type(types.new_class("Newest", (M,), {"more": 5})))
class Meta2(type): pass
class M2(metaclass=Meta2): pass
print(attempt(type, "Both", (M, M2), {}))

# An object may become of another class of the same layout.
class Slots:
    __slots__ = "a", "b"
class Same:
    __slots__ = "a", "b"
class More:
    __slots__ = "a", "b", "c"
class Less:
    __slots__ = "a", "z"
s = Slots()
s.a = 1
s.__class__ = Same
print(type(s), s.a)
for other in More, Less, A, int, 5, Slots:
    print(attempt(setattr, s, "__class__", other))
a = A()
a.x = 1
a.__class__ = Other
print(type(a), a.x, attempt(setattr, a, "__class__", Slots), attempt(delattr, a, "__class__"), attempt(setattr, 5, "__class__", bool))
class StrA(str): pass
class StrB(str): pass
i = StrA("five")
i.__class__ = StrB
print(type(i), i, attempt(setattr, i, "__class__", A))

# object's own answers.
print(attempt(format, a, "x"), attempt(object.__format__, 5, "x"), object.__format__(5, ""), attempt(object.__format__, 5, 5)[:9])
print(attempt(object.__new__), attempt(object.__new__, 5), attempt(object.__new__, int), attempt(int.__new__, str), attempt(int.__new__, A))
print(attempt(object, 1), attempt(A, 1), attempt(object.__init__, 5, 1), attempt(object.__init__, A(), 1), attempt(object.__new__, A, 1))
class Init:
    def __init__(self, x): pass
class New:
    def __new__(cls, x): return super().__new__(cls)
print(attempt(object.__new__, Init, 1) is not None, attempt(Init), type(New(1)), attempt(object.__init__, Init(1), 5), attempt(New))
class Dir:
    def __dir__(self): return 5
class Dir2:
    def __dir__(self): return ["b", "a", 1]
class Dir3:
    def __dir__(self): raise KeyError("dir")
print(attempt(dir, Dir()), attempt(dir, Dir2()), attempt(dir, Dir3()))
A.__doc__ = None
print(A.__doc__, attempt(delattr, B, "__doc__"))
