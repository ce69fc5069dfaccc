"""What dicts and their views do and say, and the errors."""


def show(text, **names):
    try:
        print(text, '->', eval(text, names))
    except Exception as error:
        print(text, '->', type(error).__name__, error, error.args)


class D(dict):
    pass


class Missing(dict):
    def __missing__(self, key):
        return ('made', key)


class HasKeys:
    def keys(self):
        return ['p', 'q']

    def __getitem__(self, key):
        return key * 2


class Lies(dict):
    """Its table says one thing, its methods another."""

    def __iter__(self):
        return iter(['other'])

    def keys(self):
        return ['other']

    def __getitem__(self, key):
        return 'lie'


for text in '''dict(1) dict([1]) dict([(1,2,3)]) dict(["ab"]) dict(1,2) dict([[1,2]],a=3)
dict(None) {}.popitem() {}.pop(1) {}.pop(1,5) {}.pop() {}.get() {}.get(1) {}.get(1,2)
{}.update(1) {}.update([1]) dict.fromkeys([1,2],3) dict.fromkeys(3) dict.fromkeys("ab")
{}|1 {}|[(1,2)] d.keys() d.values() d.items() d.keys()|[3] d.keys()&{1} d.keys()-[1]
[1,3]-d.keys() d.keys()^[1,4] d.items()&[(1,2)] d.items()|5 d.keys()|5 d.keys()<{1,2}
d.keys()<[1] d.keys()=={1} d.items()=={(1,2)} d.keys().isdisjoint([3]) d.keys().mapping
d.keys().isdisjoint([1]) d.values()==d.values() d.keys()=={1:2}.keys() len(d.keys())
1-in-d.keys() (1,2)-in-d.items() (1,)-in-d.items() 7-in-d.items() []-in-d.keys()
2-in-d.values() 3-in-d.values() hash(d.keys()) hash(d) next(d) {}.setdefault()
{}.setdefault([]) {}.setdefault(1) {}.setdefault(1,2) {[]:1} set(d.keys()) d.items()-[[1,2]]
d<d d==5 d!=5 d=={1:2} d=={1:3} d=={2:2} d.items()<=d.items() dict(a=1)|d
dict([("a",1)],a=2) dict({1:2}.items()) d[2] d.copy() d.copy()-is-d list(d) list(d.items())
type(d.keys()|{}).__name__ dict.fromkeys({1}) list(reversed(d)) list(reversed(d.items()))
list(reversed({1:2,3:4}.values())) type(iter(d)).__name__ type(iter(d.values())).__name__
type(iter(d.items())).__name__ type(reversed(d)).__name__ type(reversed(d.items())).__name__
type(reversed(d.values())).__name__ d.get([]) d.pop([]) d.pop([],1) {}.pop([],1) bool({})
dict(HasKeys()) {**HasKeys()} {**{1:2},**{1:3}} dict(Lies(a=1)) D(a=1) D({1:2},b=3)
type(D().copy()).__name__ type(D()|{}).__name__ type({}|D()).__name__
type(D.fromkeys("a")).__name__ D(a=1)=={"a":1} {"a":1}==D(a=1) Missing()[3] Missing({3:4})[3]
Missing().get(3) 3-in-Missing() D()[3] isinstance(D(),dict) str(D(a=D()))
dict(zip("ab",range(2))) {1:"a",1.0:"b",True:"c"} {0:1}[False] {0:1}[0.0] {"a":1}["a"]
{(1,2):3}[1,2] {2**70:1}[2**70] {None:1}[None] {1.5:2}[1.5] {float("inf"):1}
d.keys()>=[1] d.keys()>={1} d.keys()|d.items() {1:[2]}.items()|set() sorted({1:2}|{3:4})
max({1:5,2:3},key={1:5,2:3}.get) len({i:i*i-for-i-in-range(100)})'''.split():
    show(text.replace('-is-', ' is ').replace('-in-', ' in ').replace('-for-', ' for '),
         d={1: 2}, D=D, HasKeys=HasKeys, Lies=Lies, Missing=Missing)

d = {}
d |= [(1, 2)]
d |= {3: 4}
d.update({5: 6}, a=7)
d.update([(5, 8)])
print(d, d.pop(1), d.popitem(), d)
d.clear()
print(d, len(d))
d['me'] = d
print(d, d.values(), d.items())

# Order: that of insertion; a new value keeps the place, a new key after pop is last.
d = dict.fromkeys('abc', 0)
d['a'] = 1
d['b'] = d.pop('b')
print(d, list(reversed(d)))

# Changes while it is walked.
for change in (lambda d: d.update(z=1), lambda d: d.pop('a'), lambda d: d.clear()):
    d = dict.fromkeys('abc')
    for view in (d, d.values(), d.items()):
        d.update(dict.fromkeys('abc'))
        iterator = iter(view)
        next(iterator)
        change(d)
        try:
            print(next(iterator))
        except RuntimeError as error:
            print(error)
d = dict.fromkeys('abc')
for key in d:
    d[key] = key
print(d)
iterator = iter(d)
print(iterator.__length_hint__(), next(iterator), iterator.__length_hint__(), list(iterator),
      list(iterator))

# Many keys, taken out from both ends and in between.
d = {}
for i in range(3000):
    d[i * 7 % 3001] = i
for i in range(0, 3000, 3):
    del d[i * 7 % 3001]
taken = [d.popitem() for _ in range(1000)]
print(len(d), sum(d), sum(d.values()), taken[0], taken[-1], list(d.items())[:3])
while d:
    d.popitem()
print(d)
for i in range(20000):  # the same keys again and again
    d[i % 5] = i
    if i % 2:
        del d[i % 5]
print(d)


class Key:
    """All have one hash; equality is the program's."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 5

    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name


d = {Key(i): i for i in range(50)}
print(len(d), d[Key(33)], d.get(Key(77)), Key(3) in d, d.pop(Key(4)), len(d), 5 in d)


class Bad:
    def __init__(self, how):
        self.how = how

    def __hash__(self):
        if self.how == 'hash':
            raise ValueError('no hash')
        return 1

    def __eq__(self, other):
        raise ValueError('no equality')


for how in ('hash', 'eq'):
    try:
        d = {1: 2}
        d[Bad(how)] = 1
    except ValueError as error:
        print(error, d)


class Clears:
    """Comparing it empties the dict."""

    def __hash__(self):
        return 1

    def __eq__(self, other):
        d.clear()
        return False


d = {Clears(): 1}
print(d.get(1), len(d))
