"""Single operations on shared containers are atomic: nothing is lost, and nothing crashes
while others change what one walks through."""

import threading
from collections import Counter, OrderedDict, defaultdict, deque

THREADS = 4
TURNS = 2000


def together(work):
    threads = [threading.Thread(target=work, args=(i,)) for i in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# Each item that is put into a deque, at either end, comes out once.
queue = deque()
taken = [[] for _ in range(THREADS)]


def put_and_take(me):
    mine = taken[me]
    for i in range(TURNS):
        (queue.append if i % 2 else queue.appendleft)((me, i))
        if i % 3:
            try:
                mine.append(queue.pop() if i % 5 else queue.popleft())
            except IndexError:
                pass


together(put_and_take)
everything = sorted(list(queue) + [item for mine in taken for item in mine])
print(everything == sorted((me, i) for me in range(THREADS) for i in range(TURNS)))

# A deque with a limit never has more.
queue = deque(maxlen=10)
longest = []


def fill(me):
    most = 0
    for i in range(TURNS):
        queue.append(i)
        queue.rotate(me)
        most = max(most, len(queue))
        if i % 100 == 0:
            try:
                sum(queue)
            except RuntimeError:
                pass
    longest.append(most)


together(fill)
print(len(queue), max(longest))

# One factory's result wins for each key.
lists = defaultdict(list)


def append(me):
    for i in range(TURNS):
        lists[i % 50].append((me, i))


together(append)
print(len(lists), sum(map(len, lists.values())))

# Keys that move are always there.
order = OrderedDict.fromkeys(range(20), 0)
missed = []


def move(me):
    for i in range(TURNS):
        key = (i * 7 + me) % 20
        order.move_to_end(key, last=i % 10 != 0)
        if key not in order or order.get(key) is None:
            missed.append(key)


together(move)
print(len(order), sorted(order) == list(range(20)), missed)

# Pairs come out of a dict once; keys go into a set once.
pool = dict.fromkeys(range(THREADS * TURNS))
seen = set()
popped = []


def drain(me):
    count = 0
    try:
        while True:
            key, _ = pool.popitem()
            seen.add(key)
            count += 1
    except KeyError:
        popped.append(count)


together(drain)
print(len(pool), len(seen), sum(popped))
popped.clear()


def empty(me):
    count = 0
    try:
        while True:
            seen.pop()
            count += 1
    except KeyError:
        popped.append(count)


together(empty)
print(len(seen), sum(popped))

# Walking while others write raises RuntimeError at worst.
shared = dict.fromkeys(range(100))
numbers = set(range(100))


def change_and_walk(me):
    for i in range(TURNS // 10):
        shared[i % 150] = i
        shared.pop(i * 7 % 150, None)
        numbers.add(i % 150)
        numbers.discard(i * 7 % 150)
        try:
            len(list(shared.items())), sorted(numbers), len(shared.keys() | numbers)
            len(numbers | {1}), numbers & {1, 2}, repr(shared), dict(shared) == shared
            for key in reversed(shared):
                pass
        except RuntimeError as error:
            if 'changed size' not in str(error):
                raise


together(change_and_walk)
print(all(0 <= key < 150 for key in shared), all(0 <= n < 150 for n in numbers))
counts = Counter()
lock = threading.Lock()


def count(me):
    mine = Counter(i % 10 for i in range(TURNS))
    with lock:
        counts.update(mine)


together(count)
print(counts.total(), len(counts))
