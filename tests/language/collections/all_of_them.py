"""What the classes of collections do, one after the other."""
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString
from collections import defaultdict, deque, namedtuple


def fails(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return type(error).__name__ + ': ' + str(error)


# ---- namedtuple ----
Point = namedtuple('Point', 'x y', defaults=[7])
p = Point(1)
print(p, p.x, p.y, p == (1, 7), p._replace(x=5), p._asdict(), Point._fields)
print(Point._field_defaults, Point._make([3, 4]), isinstance(p, tuple), len(p), p[1])
x, y = p
print(x, y, hash(p) == hash((1, 7)), Point(y=1, x=2), sorted([Point(2, 1), Point(1, 2)]))
print(fails(Point), fails(setattr, p, 'x', 3), fails(Point._make, [1, 2, 3]))
print(fails(namedtuple, 'A', 'x x'), fails(namedtuple, 'A', 'def'), fails(namedtuple, 'A', '_x'))
print(namedtuple('R', 'x def x _z', rename=True)._fields, namedtuple('E', '')())


class Named(namedtuple('Base', ['a', 'b'])):
    __slots__ = ()

    @property
    def sum(self):
        return self.a + self.b


print(Named(1, 2).sum, Named(1, 2), Named(1, 2)._replace(b=9))

# ---- Counter ----
c = Counter('mississippi')
print(c, c['s'], c['z'], c.most_common(2), sorted(c.elements()), c.total())
d = Counter(s=1, m=5)
print(c + d, c - d, c | d, c & d, +d, -Counter(a=-2), c == Counter('ippississim'), c != d)
d.update('ms')
d.subtract({'m': 10})
print(d, dict(d), list(d.items()), Counter({'a': 1}) <= Counter(a=2, b=0), Counter())
d += Counter(m=10)
d -= Counter(s=1)
print(d, Counter([1, 1, 2]).most_common(), Counter(a=3, b=0), repr(Counter(a=0, b=-1)))
del d['nothing']
print(Counter('ab') < Counter('aab'), d.copy() is d, type(d.copy()).__name__)

# ---- deque ----
q = deque('abc')
q.extend('de')
q.extendleft('yz')
print(q, len(q), q[0], q[-1], q.pop(), q.popleft(), list(reversed(q)))
q.rotate(2)
print(q, 'b' in q, 'q' in q, q.index('b'), q.count('b'), deque([1, 2]) * 2, deque([1]) + deque([2]))
q = deque(range(10), 3)
q.append(10)
q.appendleft(0)
print(q, q.maxlen, q.copy(), deque([1, 2], 5) == deque([1, 2]), deque([1]) < deque([2]))
q.insert
print(fails(q.insert, 0, 1), fails(deque().pop), fails(deque, 3), fails(deque, [], -1))
q = deque([1, 2, 3, 4])
q.insert(1, 9)
q.insert(-1, 8)
q.remove(2)
q[0] = 'x'
del q[1]
q.reverse()
print(q, fails(q.remove, 77), fails(q.index, 77), fails(lambda: q[9]))
q += [1]
q *= 2
print(q, bool(deque()), fails(lambda: [q.append(1) for _ in q]))
q.clear()
q.append(q)
print(q, q == q)
for size in range(70):
    q = deque(range(size))
    for turn in range(-3, 4):
        q.rotate(turn)
    assert list(q) == list(range(size))

# ---- defaultdict ----
d = defaultdict(list)
for i in range(6):
    d[i % 3].append(i)
print(d, d.get(9), 9 in d, fails(lambda: defaultdict()[1]), fails(defaultdict, 3))
d.default_factory = None
print(fails(lambda: d[8]), defaultdict(int, a=1, b=2) | {'c': 3}, d.copy() == d)
print(defaultdict(int, {1: 2})[3], repr(defaultdict(None, {})))


class Doubles(defaultdict):
    def __missing__(self, key):
        return key * 2


print(Doubles()[4], isinstance(Doubles(), dict))

# ---- OrderedDict ----
o = OrderedDict(a=1, b=2)
o['c'] = 3
o.move_to_end('a')
o.move_to_end('c', last=False)
print(list(o.items()), o == OrderedDict(b=2, c=3, a=1), o == dict(b=2, c=3, a=1))
print(o.popitem(), o.popitem(last=False), list(o), fails(o.move_to_end, 'z'), list(reversed(o)))
print(OrderedDict.fromkeys('ab', 1) == {'a': 1, 'b': 1}, fails(OrderedDict().popitem))
o = OrderedDict((i, i) for i in range(100))
for i in range(0, 100, 3):
    o.move_to_end(i)
    o.move_to_end((i * 7) % 100, last=i % 2)
print(list(o)[:5], list(o)[-5:], sorted(o) == list(range(100)), type(o | {}).__name__)

# ---- ChainMap and the others ----
m = ChainMap({'a': 1}, {'a': 2, 'b': 3})
print(m['a'], m['b'], sorted(m), len(m), m.get('z', 0), 'b' in m, m.parents, m.new_child({'b': 0})['b'])
m['b'] = 9
print(m, fails(lambda: m['q']), fails(m.__delitem__, 'q'), dict(m))


class Upper(UserDict):
    def __setitem__(self, key, item):
        super().__setitem__(key.upper(), item)


u = Upper(a=1)
u.update({'b': 2})
print(u, u['A'], 'b' in u, len(u), u.setdefault('c', 5), sorted(u), u.pop('B', None))
w = UserList([3, 1, 2])
w.append(5)
w.sort()
print(w, w[1:], w + [1], w == [1, 2, 3, 5], w.index(3), len(w), list(reversed(w)))
s = UserString('Hello')
print(s.upper(), s + ' you', s[1:3], len(s), s == 'Hello', s.find('l'), type(s.lower()).__name__)
