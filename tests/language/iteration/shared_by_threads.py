# Threads at one iterator, list or cache: nothing crashes, and what is promised holds.
import threading
from functools import lru_cache
from itertools import *


def together(run, threads=4):
    failed = []

    def guarded(i):
        try:
            run(i)
        except BaseException as e:
            failed.append(repr(e))
    all_of_them = [threading.Thread(target=guarded, args=(i,)) for i in range(threads)]
    for t in all_of_them:
        t.start()
    for t in all_of_them:
        t.join()
    return failed


numbers = list(range(3000))
texts = [str(n) for n in numbers]
makers = {
    'list': lambda: iter(numbers), 'tuple': lambda: iter(tuple(numbers)),
    'range': lambda: iter(range(3000)), 'huge range': lambda: iter(range(2**70, 2**70 + 500)),
    'reversed': lambda: reversed(numbers), 'enumerate': lambda: enumerate(texts),
    'huge enumerate': lambda: enumerate(texts, 2**70),
    'zip': lambda: zip(numbers, texts), 'map': lambda: map(str, numbers),
    'filter': lambda: filter(None, numbers), 'chain': lambda: chain(*[numbers[:9]] * 300),
    'cycle': lambda: islice(cycle(numbers[:7]), 3000), 'pairwise': lambda: pairwise(numbers),
    'accumulate': lambda: accumulate(numbers), 'repeat': lambda: repeat('x', 3000),
    'product': lambda: product(range(15), repeat=3),
    'permutations': lambda: permutations(range(7)),
    'combinations': lambda: combinations(range(15), 4),
    'replacement': lambda: combinations_with_replacement(range(9), 4),
    'zip_longest': lambda: zip_longest(numbers, texts[:50], numbers[:70]),
    'groupby': lambda: (list(g) for k, g in groupby(numbers, lambda n: n // 3)),
    'compress': lambda: compress(numbers, cycle([1, 0, 1])),
    'takewhile': lambda: takewhile(lambda n: n < 2500, numbers),
    'dropwhile': lambda: dropwhile(lambda n: n < 500, numbers),
    'starmap': lambda: starmap(max, zip(numbers, numbers)),
    'calls': lambda: iter(iter(numbers).__next__, 2000),
}
for name, make in makers.items():
    shared = make()
    if name == 'groupby':
        shared = groupby(numbers, lambda n: n // 3)

    def run(i):
        for item in shared:
            if name == 'groupby':
                for n in item[1]:
                    assert isinstance(n, int)
    print(name, together(run))

first, second = tee(numbers)
got = [[], [], [], []]
print('tee', together(lambda i: got[i].extend([first, second][i % 2])))

counter = count()
got = [None] * 4


def take(i):
    got[i] = [next(counter) for _ in range(5000)]


print('count', together(take), sorted(chain(*got)) == list(range(20000)))


@lru_cache(maxsize=50)
def twice(n):
    return n * 2


def ask(i):
    for n in range(4000):
        assert twice(n * (i + 1) % 120) == n * (i + 1) % 120 * 2


print('cache', together(ask), twice.cache_info().currsize)

shared = []


def change(i):
    for n in range(1000):
        shared[n % 7:n % 11] = [n, n, n]
        del shared[n % 5::3]
        shared.insert(2, n)
        shared.reverse()
        len(shared[1:9:2]) <= 4 or print('too long')
        shared.count(n)
        n in shared


print('list', together(change), all(isinstance(n, int) for n in shared))
kept = []
print('extend', together(lambda i: [kept.extend([i] * 3) for _ in range(2000)]), len(kept),
      all(kept[n] == kept[n + 1] == kept[n + 2] for n in range(0, len(kept), 3)))
