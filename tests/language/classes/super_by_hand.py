# super as an object: bound later, in a class method, as an attribute, shown, and wrongly used.
def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class A:
    attribute = "of A"
    def name(self): return "A of " + type(self).__name__
    @classmethod
    def made(cls): return "made by A for " + cls.__name__
    @staticmethod
    def alone(): return "alone"
    @property
    def computed(self): return "computed for " + type(self).__name__


class B(A):
    attribute = "of B"
    def name(self): return "B, then " + super().name()
    @classmethod
    def made(cls): return "B, then " + super().made()
    def all(self):
        return super().attribute, super().computed, super().alone(), super().made(), super().name()
    def __missing(self): pass
    def wrong(self): return super().no_such
    def wrong_call(self): return super().no_such()
    def class_of_it(self): return super().__class__
    def __init__(self, *more): super().__init__(*more)


b = B()
print(b.name(), B.made(), b.all(), b.class_of_it())
print(attempt(b.wrong), attempt(b.wrong_call), attempt(B, 1))
print(super(B, b), super(B, B), super(B), repr(super(A, b)))
late = super(B)
print(late.__thisclass__, late.__self__, late.__self_class__)
bound = super(B, b)
print(bound.__thisclass__, bound.__self__ is b, bound.__self_class__, bound.name(), bound.__class__)
print(super(B, B).name(b), super(B, B).made(), super(B, B).attribute)
print(late.__get__(b).name(), late.__get__(b, B).attribute, late.__get__(None, B) is late, bound.__get__(5) is bound)
print(attempt(late.__get__, 5), attempt(getattr, late, "name"), attempt(super, B, 5), attempt(super, 5, b))


class C(B): pass
C._super = super(C)
c = C()
print(c._super.name(), c._super.attribute, C._super)
print(attempt(setattr, bound, "x", 1), hash(bound) == hash(bound), bound == bound, late == super(B))


def no_arguments(): return super().name()
print(attempt(no_arguments))


class D(A):
    def changed(self):
        self = 5
        return super().name()
    def inner(self):
        return [super(D, self).name() for _ in range(2)]
    def in_function(self):
        def function(it): return super().name()
        return function(self)


d = D()
print(attempt(d.changed), d.inner(), d.in_function())


class E(A):
    def __getattribute__(self, name): return "asked for " + name
    def asked(self): return super().attribute
print(E.asked(E()), super(E, E()).attribute)


class Heir(super): pass
print(Heir(B, b).name(), Heir(B).__get__(b, B).name(), type(Heir(B).__get__(b)) is Heir)
