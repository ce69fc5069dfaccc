# What fits the parameters of a function, what does not, and what is said then.
def show(function, /, *a, **k):
    try:
        print(function(*a, **k))
    except TypeError as e:
        print('TypeError', e)

def none(): return 'none'
def one(a): return a
def two(a, b=2): return a, b
def positional(a, b=2, /): return a, b
def named(*, a, b=2): return a, b
def named_many(*, a, b, c, d): return a, b, c, d
def all_of_them(a, b=2, /, c=3, *rest, d, e=5, **more): return a, b, c, rest, d, e, more
def needs(a, b, c, d=1): return a, b, c, d
def mixed(a, *, k): return a, k
def rest(*rest): return rest
def more(a, /, **more): return a, more

show(none, 1); show(none, 1, 2); show(none, a=1); show(none, 1, a=2)
show(one); show(one, 1, 2); show(one, 1, a=1); show(one, b=1); show(one, a=1, b=2); show(one, *(1, 2, 3))
show(two); show(two, 1, 2, 3); show(two, b=1); show(two, 1, b=3); show(two, 1, 2, b=3); show(two, b=2, a=1)
show(positional, 1); show(positional, a=1); show(positional, 1, b=2); show(positional, a=1, b=2); show(positional, 1, 2, 3)
show(named); show(named, 1); show(named, 1, 2, a=1); show(named, b=1); show(named, a=1); show(named, a=1, c=2); show(named, 1, a=1, b=2)
show(named_many); show(named_many, a=1); show(named_many, a=1, b=2); show(named_many, a=1, b=2, c=3)
show(all_of_them); show(all_of_them, 1, d=4); show(all_of_them, 1, 2, 3, 4, 5, d=6, e=7, f=8, a=9, b=10); show(all_of_them, 1, c=5); show(all_of_them, 1, 2, 3, c=4, d=5)
show(needs); show(needs, 1); show(needs, 1, 2); show(needs, 1, 2, 3, 4, 5); show(needs, b=1); show(needs, 1, c=2); show(needs, d=4)
show(mixed, 1, 2); show(mixed, 1, 2, k=3); show(mixed, k=3); show(mixed); show(mixed, 1, 2, 3, k=4)
show(rest, a=1); show(more, 1, a=2); show(more, a=2)
show(lambda a, b: 0); show(lambda *, a: 0)
class C:
    def method(self, a): return a
    def no_self(): pass
    @staticmethod
    def static(a): return a
    @classmethod
    def of_class(cls, a): return a
    def __init__(self, x=0): self.x = x
show(C().method); show(C().method, 1, 2); show(C().no_self); show(C.method); show(C.static); show(C.of_class, 1, 2); show(C, 1, 2); show(C, y=1); show(C().method, a=1, b=2)
show(C().method, self=1)

# ---- stars ----
def text(f, program):
    try:
        print(program, eval(program, {**globals(), 'f': f}))
    except Exception as e:
        print(program, type(e).__name__, e)
def f(*a, **k): return a, k
for p in ('f(*5)', 'f(*None)', 'f(**5)', 'f(**None)', 'f(**[1])', 'f(**{1: 2})', 'f(**{"a": 1, 2: 3})', 'f(a=1, **{"a": 2})', 'f(**{"a": 1}, **{"a": 2})', 'f(*"ab", *[1], **{"x y": 1})', 'f(*iter("ab"), 3, *(4,))', 'f(*{}, **{})', 'f(1, *[2], a=3, *[4], **{"b": 5})',
          'len(*5)', 'len(**{1: 2})', 'len(**{"obj": 1})', 'dict(**{1: 2})', 'dict(a=1, **{"a": 2})', 'C().method(*5)', 'C().method(**{1: 2})', 'C.of_class(**{"a": 1}, **{"a": 2})', '(lambda **k: k)(**{"a": 1}, b=2)', 'print(**{"sep": "", 1: 2})', '5(*[])', 'None(**{})', '(1)(2)', '"a"(*"b")'):
    text(f, p)
class Mapping:
    def keys(self): return ['a', 'b']
    def __getitem__(self, key): return key * 2
class NoItems:
    def keys(self): return ['a']
class BadKeys:
    def keys(self): return 5
print(f(**Mapping()), {**Mapping()}, dict(Mapping()))
for m in (NoItems(), BadKeys(), 7):
    for act in (lambda: f(**m), lambda: {**m}, lambda: dict(m), lambda: f(a=1, **m)):
        try:
            print(act())
        except Exception as e:
            print(type(e).__name__, e)
def fails():
    yield 1
    raise KeyError('inside')
try: f(*fails())
except KeyError as e: print('KeyError', e)

# ---- defaults that change ----
def defaults(a, b=1, *, c=2): return a, b, c
defaults.__defaults__ = (7, 8)
defaults.__kwdefaults__ = {'c': 9}
print(defaults(), defaults(1), defaults.__defaults__, defaults.__kwdefaults__)
defaults.__defaults__ = None
defaults.__kwdefaults__ = None
show(defaults, 1); show(defaults, 1, 2); show(defaults, 1, 2, c=3)
del defaults.__defaults__
print(defaults.__defaults__)
for name, value in (('__defaults__', [1]), ('__defaults__', 5), ('__kwdefaults__', 5), ('__name__', 5), ('__qualname__', None), ('__dict__', 5), ('__globals__', {}), ('__closure__', ()), ('__annotations__', 5)):
    try:
        setattr(defaults, name, value)
        print(name, 'is', getattr(defaults, name))
    except (TypeError, AttributeError) as e:
        print(name, type(e).__name__, e)
for name in ('__name__', '__qualname__', '__doc__', '__module__', '__annotations__', '__kwdefaults__', 'nothing'):
    try:
        delattr(defaults, name)
        print(name, getattr(defaults, name))
    except (TypeError, AttributeError) as e:
        print(name, type(e).__name__, e)
defaults.__name__, defaults.__qualname__ = 'new', 'some.new'
show(defaults)
print(repr(defaults).split(' at ')[0], defaults.__name__)
for p in ('[*5]', '(*5,)', '{*5}', '{**5}', '[1, *None]', 'print(*5, 1)'):
    try: print(eval(p))
    except TypeError as e: print(p, '->', e)
