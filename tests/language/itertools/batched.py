# gilt only: batched is new in Python 3.12.
from itertools import batched

assert list(batched('abcdefg', 3)) == [('a', 'b', 'c'), ('d', 'e', 'f'), ('g',)]
assert list(batched([], 2)) == []
assert [sum(b) for b in batched(range(10), 4)] == [6, 22, 17]
try:
    batched([1], 0)
except ValueError as e:
    assert str(e) == 'n must be at least one'
