# Attributes read from classes, again and again, while they change.
class Meta(type):
    def by_meta(cls):
        return "meta of " + cls.__name__

class Described:
    def __get__(self, instance, owner):
        return "described for " + owner.__name__

class Plain:
    pass

class A:
    one = 1
    text = "text"
    plain = Plain()
    def method(self):
        return "method"
    @staticmethod
    def static():
        return "static"
    @classmethod
    def of_class(cls):
        return cls.__name__
    described = Described()
    @property
    def prop(self):
        return "prop"

class B(A):
    two = 2

class M(metaclass=Meta):
    x = 5

def read(cls):
    return (cls.one, cls.text, type(cls.plain).__name__, cls.method(None), cls.static(), cls.of_class(),
            cls.described, type(cls.prop).__name__)

for i in range(3):
    print(read(A), read(B))
for i in range(5):
    if i == 2:
        A.one = "new"
    if i == 3:
        B.one = "of B"
        del A.text
        A.text = Described()
    if i == 4:
        Plain.__get__ = lambda self, instance, owner: "late"
    print(read(A) if i < 4 else A.plain, B.one, B.text)
for i in range(3):
    print(M.x, M.by_meta(), M.__name__, A.__name__, B.__mro__[1].__name__)
    M.x = M.x + 1
for cls in (A, B, M, int, A, B):
    try:
        print(cls.one)
    except AttributeError as e:
        print(e)
class C:
    calls = 0
    def __init__(self):
        C.calls += 1
for i in range(4):
    C()
print(C.calls)
del C.calls
try:
    C()
except AttributeError as e:
    print(e)
def get(k):
    return k.__doc__
print(get(A), get(B), A.__dict__["one"])
