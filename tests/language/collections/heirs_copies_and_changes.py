# deque, defaultdict, OrderedDict, namedtuple and Counter, where they meet their heirs, their
# own copies and changes in the middle of something.
import copy
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Unequal:
    def __eq__(self, other): raise KeyError("eq")


# deque
d = deque(range(10), 10)
print(copy.copy(d), copy.copy(d).maxlen, d.copy().maxlen, d.__copy__(), d * 2, 2 * d, deque([1, 2]) * 3, 3 * deque("ab"), deque([1]) * -1)
print(attempt(lambda: d * 1.5), attempt(lambda: d + [1]), attempt(lambda: d < [1]), deque([], 5) * 7)
print(deque([1, 2, 3], 4) * 3, deque([1, 2], 4) + deque([3, 4, 5]), attempt(lambda: d[None]), attempt(lambda: d["a"]), attempt(d.__delitem__, 100), attempt(lambda: d[1:2]))
print(sorted([deque([2]), deque([1, 5]), deque([1])]), deque([1]) < deque([1, 0]), deque("b") >= deque("ab"), deque([1]) == [1], deque([1]) != deque([1]))
print(attempt(d.remove, Unequal()), attempt(d.index, Unequal()), attempt(d.count, Unequal()), attempt(lambda: Unequal() in d), attempt(lambda: deque([Unequal()]) == deque([1])))
big = deque(range(1000))
for _ in range(990): big.popleft()
print(big)
for _ in range(100): big.rotate(3); big.append(big.popleft())
print(big, len(big))
e = deque(range(8))
del e[1]
del e[5]
e.insert(3, "x")
e.insert(-2, "y")
e.insert(100, "z")
print(e, attempt(deque([1], 1).insert, 0, 5), attempt(e.rotate, "x"), attempt(deque().pop), attempt(deque().popleft), attempt(deque, 5), attempt(deque, [], -1), attempt(deque, [], "x"))
class Changing:
    def __init__(self, what): self.what = what
    def __eq__(self, other): self.what.append(1); return False
def changing(method, wanted):
    x = deque(); x.extend([Changing(x), 5, 6])
    return attempt(getattr(x, method), wanted)
print([changing(m, "w") for m in ("remove", "index", "count", "__contains__")])
def change_in_loop():
    x = deque([1, 2, 3])
    for _ in x: x.append(1)
def change_in_reversed():
    x = deque([1, 2, 3])
    for _ in reversed(x): x.pop()
print(attempt(change_in_loop), attempt(change_in_reversed), deque[int] == deque[int], deque[int])
class Heir(deque):
    pass
h = Heir([1, 2], 5)
h.more = 7
print(h.copy(), type(h.copy()), copy.copy(h), h.__reduce__()[1:3], list(h.__reduce__()[3]), d.__reduce__()[1:3], h + h, type(h * 2), repr(h))
class Bad(deque):
    def __init__(self, *arguments): raise KeyError("made")
print(attempt(Bad.__new__(Bad).copy), attempt(lambda: Bad.__new__(Bad) + deque()), attempt(d.extend, 5), attempt(d.extendleft, 5))
it = iter(deque([1, 2, 3]))
next(it)
print(it.__length_hint__(), list(it), it.__length_hint__(), list(reversed(deque("abc"))))
own = deque()
own.append(own)
print(own, deque([1], 3), [deque()])

# defaultdict
dd = defaultdict(list, {"a": [1]}, b=[2])
print(dd["new"], dd, dd.copy(), copy.copy(dd), dd.default_factory, dd | {"z": 1}, {"z": 1} | dd, attempt(lambda: dd | 5), attempt(lambda: [] | dd))
print(dd.__missing__("hand"), dd["hand"], attempt(defaultdict(None).__missing__, "x"), attempt(lambda: defaultdict()["x"]), attempt(defaultdict, 5), attempt(lambda: defaultdict(lambda: 1 / 0)["x"]))
print(attempt(lambda: dd[[]]), dd.__reduce__()[:4], list(dd.__reduce__()[4]) if dd.__reduce__()[4] else None, "nope" in dd, dd.get("nope"), dd.pop("hand"))
class DD(defaultdict):
    def __setitem__(self, key, value): super().__setitem__(key, (value,))
class DD2(defaultdict):
    def __missing__(self, key): return "missing " + key
class DD3(defaultdict):
    def __setitem__(self, key, value): raise KeyError("set")
x = DD(int)
print(x["a"], x, DD2(int)["a"], DD2(int).__missing__("b"), attempt(lambda: DD3(int)["a"]), attempt(lambda: defaultdict.__missing__(DD3(int), 1)), x.copy(), type(x | {}))
dd.default_factory = None
print(attempt(lambda: dd["gone"]), repr(dd))
loop = defaultdict(list)
loop["self"] = loop
print(loop["self"]["self"] is loop, len(repr(defaultdict(int, {1: defaultdict(int)}))))

# OrderedDict
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
o.move_to_end("c", last=False)
print(list(o), o["a"], attempt(lambda: o["nope"]), attempt(o.move_to_end, "nope"), attempt(o.move_to_end, []), o.popitem(last=False), o.popitem(), o.get("b"), o.get("x"), o.get("x", 5), attempt(o.get, []), attempt(lambda: o[[]]))
o2 = o.copy()
print(type(o2), o2 == o, copy.copy(o) == o, list((o | {"z": 1}).items()), list(({"z": 1} | o).items()), type({"z": 1} | o), attempt(lambda: o | 5), attempt(lambda: o | [("q", 1)]), list(reversed(o)), attempt(OrderedDict().popitem), "b" in o, attempt(lambda: [] in o))
o |= [("k", 1)]
print(dict(o), len(o), OrderedDict.fromkeys("ab", 0) == {"b": 0, "a": 0}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) != OrderedDict(a=2), attempt(lambda: OrderedDict(a=Unequal()) == OrderedDict(a=1)), OrderedDict() == {})
class OD(OrderedDict):
    def __missing__(self, key): return "missing " + key
od = OD(a=1)
od.extra = 1
print(od["x"], list(od.copy().items()), type(od.copy()), type(od | {}), repr(OrderedDict()), repr(OD()), attempt(od.__getitem__, "q"))
class Bad2(OrderedDict):
    def __init__(self, *arguments): raise KeyError("made")
print(attempt(Bad2.__new__(Bad2).copy), attempt(lambda: Bad2.__new__(Bad2) | {}))
print(o.setdefault("n", 5), o.pop("n"), attempt(o.pop, "n"), o.pop("n", 6), o.update(z=1), list(o.items()), list(o.keys()), list(o.values()), o.clear(), o)

# namedtuple and Counter
P = namedtuple("P", "x y", defaults=[5])
p = P(1)
print(p, p.x, P.x.__doc__, attempt(P), attempt(setattr, p, "x", 1), attempt(P.x.__get__, 5, int), P.x.__get__(None, P) is P.x, p._replace(x=9), attempt(p._replace, z=1), p._asdict(), P._fields, P._make([1, 2]), attempt(P._make, [1]))
print(attempt(P.y.__get__, ()), attempt(P.y.__get__, (1,)), P.y.__get__((1, 2)))
c = Counter("abracadabra")
print(c.most_common(2), c["z"], attempt(Counter, 5), Counter(None), c + Counter("abc"), c - Counter("aaaaaaab"), c & Counter("ab"), c | Counter("zz"), +c, -c, c.total())
class C2(Counter):
    def __missing__(self, key): return 10
c2 = C2("aab")
print(c2, Counter({"a": 1.5}) + Counter({"a": 2}), attempt(Counter({"a": "x"}).update, "a"), attempt(Counter().update, [[]]))
import heapq
h = [5, 3, 8]
heapq.heapify(h)
print(h, heapq.heappushpop(h, 1), heapq.heapreplace(h, 9), heapq.heappop(h), h, attempt(heapq.heappop, []), attempt(heapq.heappop, (1,)), attempt(heapq.heapify, 5), attempt(heapq.heappush, 5, 1), attempt(heapq.heapreplace, [], 1), heapq.heappushpop([], 4))
class Shrinks:
    def __init__(self, heap): self.heap = heap
    def __lt__(self, other): self.heap.clear(); return True
class Unordered: pass
def shrink(function):
    heap = []
    heap.extend(Shrinks(heap) for _ in range(8))
    return attempt(function, heap)
print(shrink(heapq.heapify), shrink(heapq.heappop), shrink(lambda heap: heapq.heappush(heap, Shrinks(heap))), shrink(lambda heap: heapq.heapreplace(heap, Shrinks(heap))))
print(attempt(heapq.heapify, [Unordered(), Unordered()])[:50], attempt(heapq.heappush, [Unordered()], Unordered())[:50], attempt(heapq.heappop, [1, 2, "a", 3])[:50], attempt(heapq.heapreplace, 5, 1), attempt(heapq.heappushpop, "x", 1))
