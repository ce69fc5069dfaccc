"""What sets and frozensets do and say, and the errors."""


def show(text, **names):
    try:
        print(text, '->', eval(text, names))
    except Exception as error:
        print(text, '->', type(error).__name__, error, error.args)


class S(set):
    pass


class F(frozenset):
    pass


class Called(frozenset):
    def __init__(self, items, name=None):
        self.name = name


class Init(set):
    def __init__(self, *items, **more):
        super().__init__(items)
        self.more = more


for text in '''set(1) set(1,2) set(a=1) frozenset(a=1) frozenset(1,2) {1}.remove(2) {1}.remove([])
{1}.remove({1}) set().pop() {1}|[2] {1}<[2] {1}<={1} {1}<{1} {1}<{1,2} {1,2}>{1} {1,2}>={3}
{1}<frozenset([1,2]) {1}==frozenset([1]) frozenset([1])=={1} {1}!={1} {1}!={2} {1}==[1]
{1}.union([2],[3]) {1,2}.intersection() {1,2}.intersection([2,3],[2]) {1}.update(3)
{1}.isdisjoint(3) {1}.isdisjoint([2]) {1}.isdisjoint({1}) {1}.issubset(3) {1}.issubset([1,2])
{1,2}.issuperset([1]) {1}.issuperset([1,2]) {1}-in-{frozenset([1])} {1}-in-{1}
{1,frozenset({1})}-{frozenset({1})} hash({1}) {1}.add({1}) frozenset([1]).add
{1}.symmetric_difference([1,2,2]) {1}.symmetric_difference([[]]) {1}.difference(3)
{1,2}.difference([1],{2}) {1}-3 3-{1} {1}.__contains__({1}) {1}&{1,2} {1}^{1,2} {1}|{2}
frozenset([1])|{2} {1}|frozenset([2]) type(frozenset()|set()).__name__ {1,2}-{1:3}.keys()
type(set()|frozenset()).__name__ hash(frozenset([1,2,3]))==hash(frozenset([3,2,1]))
hash(frozenset(range(100)))==hash(frozenset(range(99,-1,-1))) len({frozenset(),frozenset([1])})
frozenset("ab")==set("ba") len(frozenset(range(10))) set() frozenset() S() F() {()} {1}
frozenset([1]) S([1]) F([1]) type(S([1])|{2}).__name__ type(F([1])|{2}).__name__
type({2}|F([1])).__name__ type(S().copy()).__name__ type(F().copy()).__name__
type(S([1]).union()).__name__ isinstance(S(),set) S([1])=={1} F([1])==frozenset([1])
hash(F([1]))==hash(frozenset([1])) Called([1],name=3).name sorted(Init(1,2,a=3))
Init(1,a=3).more frozenset(frozenset([1])) type(iter({1})).__name__ {1,1.0,True} {0,False,0.0}
len({i%7-for-i-in-range(100)}) set("hello")==set("oleh") {1}.pop() sorted({3,1,2}) bool(set())
set([1])&5 {1}.copy() {(1,2)} 1-in-{1} 1.0-in-{1} "a"-in-{"a"} None-in-{None}
set(dict(a=1)) set({1:2}.items()) set(range(3)) set(x-for-x-in-"a")'''.split():
    show(text.replace('-in-', ' in ').replace('-for-', ' for '), S=S, F=F, Called=Called,
         Init=Init)

s = {1, 2, 3}
s |= {4}
s &= {2, 3, 4, 5}
s -= {2}
s ^= {3, 9}
print(sorted(s))
s.update([1], (2,), {3: 4})
s.difference_update([9, 4], {1})
s.intersection_update([2, 3, 5], {3, 2})
s.symmetric_difference_update([3, 7])
print(sorted(s))
s.discard(2)
s.discard(100)
s.remove(7)
print(s, len(s), s.add(1), s, s.clear(), s)
s = {1, 2}
s -= s
print(s)
s = {1, 2}
s ^= s
print(s)
s = {1, 2}
s |= s
s &= s
s.update(s)
print(sorted(s))
f = g = frozenset([1])
f |= {2}
print(sorted(f), g, f is g)
for other in ([1], 5):
    try:
        s |= other
    except TypeError as error:
        print(error)


class Holder(set):
    def __hash__(self):
        return 1


h = Holder()
h.add(h)
print(h)

s = set(range(5))
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as error:
    print(error)
iterator = iter({1})
print(iterator.__length_hint__(), list(iterator), iterator.__length_hint__())

# Many items in and out.
s = set()
for i in range(5000):
    s.add(i * 31 % 5003)
    if i % 3 == 0:
        s.discard(i * 17 % 5003)
print(len(s), sum(s))
while s:
    s.pop()
for i in range(20000):
    s.add('same')
    s.discard('same')
print(s)
a, b = set(range(0, 1000, 2)), set(range(0, 1000, 3))
print(len(a | b), len(a & b), len(a - b), len(a ^ b), a & b <= a, a | b >= b, (a - b).isdisjoint(b))
