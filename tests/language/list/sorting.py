# Sorts are stable and right, whatever the runs in the list and the types of the keys.
seed = 1


def chance(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return (seed >> 8) % n


def is_sorted(items, key):
    return all(key(a) <= key(b) for a, b in zip(items, items[1:]))


def lists(n):
    yield list(range(n))
    yield list(range(n, 0, -1))
    yield [chance(n + 1) for _ in range(n)]
    yield [chance(3) for _ in range(n)]
    yield [i if chance(10) else chance(n) for i in range(n)]
    yield [i % 7 for i in range(n)]
    yield list(range(n // 2)) + list(range(n - n // 2))
    yield list(range(n // 2)) + list(range(n, n // 2, -1))


for n in [*range(40), 63, 64, 65, 100, 257, 1000, 3000]:
    for items in lists(n):
        for make in (int, float, str, lambda v: (v, 'x'), lambda v: [v], lambda v: v + (v % 2) * 0.5):
            pairs = [(make(v), i) for i, v in enumerate(items)]
            by_key = sorted(pairs, key=lambda p: p[0])
            assert is_sorted(by_key, lambda p: p[0]) and len(by_key) == n
            assert all(a[0] != b[0] or a[1] < b[1] for a, b in zip(by_key, by_key[1:]))
            down = sorted(pairs, key=lambda p: p[0], reverse=True)
            assert all(a[0] > b[0] or (a[0] == b[0] and a[1] < b[1]) for a, b in zip(down, down[1:]))
            assert sorted(pairs) == by_key
            keys = [make(v) for v in items]
            keys.sort()
            assert keys == [p[0] for p in by_key]


class Odd:
    """Compared by a method; counts how often."""
    calls = 0

    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        Odd.calls += 1
        return self.v < other.v


items = [Odd(chance(500)) for _ in range(500)]
items.sort()
assert is_sorted(items, lambda o: o.v) and Odd.calls < 5000
Odd.calls = 0
items.sort()
assert Odd.calls == 499


class Bomb:
    left = 20

    def __lt__(self, other):
        Bomb.left -= 1
        if not Bomb.left:
            raise ZeroDivisionError
        return id(self) < id(other)


bombs = [Bomb() for _ in range(50)]
before = set(map(id, bombs))
try:
    bombs.sort()
except ZeroDivisionError:
    print('raised')
assert set(map(id, bombs)) == before
print(sorted([True, 2, 1.5, False, -1]), sorted('hello'), sorted([b'b', b'a']), sorted({3: 1, 1: 2}))
print(sorted([2**70, 1, -2**70]), sorted(['é', 'z', 'a', '中', '\U0001F600']), sorted([3, 1], key=None))
