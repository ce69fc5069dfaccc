"""generators.py: generators in every role: pipelines, walks over trees, coroutines.

The problems: prime numbers by a sieve that is a chain of filters (M. D. McIlroy, 'Coroutines',
1968); walking through a tree in order with `yield from`, and comparing the leaves of two
trees of different shapes ('same fringe', C. Hewitt, 1974); running averages as coroutines
that are sent numbers; infinite sequences that are merged (Hamming's problem, Dijkstra 1976).
"""

import itertools

EXPECTED = {1: 657513851}


# ---- a pipeline ----

def numbers(start):
    while True:
        yield start
        start += 1


def without_multiples(prime, source):
    for n in source:
        if n % prime:
            yield n


def primes():
    source = numbers(2)
    while True:
        prime = next(source)
        yield prime
        source = without_multiples(prime, source)


# ---- trees ----

class Tree:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def balanced(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Tree(balanced(low, middle), middle, balanced(middle + 1, high))


def lopsided(low, high):
    """The same values; the left side has a third of them."""
    if low >= high:
        return None
    middle = low + (high - low) // 3
    return Tree(lopsided(low, middle), middle, lopsided(middle + 1, high))


def same_fringe(a, b):
    return all(x == y for x, y in itertools.zip_longest(a, b))


# ---- coroutines ----

def averager(counts):
    """Is sent numbers, and answers each with the average so far, rounded down. Says how many
    there were when it is closed."""
    total = count = 0
    average = None
    try:
        while True:
            total += yield average
            count += 1
            average = total // count
    finally:
        counts.append(count)


def splitter(targets):
    """Sends each number that it is sent on to one target after the other."""
    for target in targets:
        next(target)
    answer = None
    for target in itertools.cycle(targets):
        try:
            n = yield answer
        except ValueError:
            n = 0
        answer = target.send(n)


# ---- merging ----

def multiples(factor, source):
    return (n * factor for n in source)


def merge(*sources):
    """What is in any of the rising sequences, once and in order."""
    heads = [(next(source), i) for i, source in enumerate(sources)]
    while True:
        least = min(heads)[0]
        yield least
        for i, (head, which) in enumerate(heads):
            if head == least:
                heads[i] = next(sources[which]), which


def hamming():
    """Numbers without prime factors above 5."""
    yield 1
    a, b, c = itertools.tee(hamming(), 3)
    yield from merge(multiples(2, a), multiples(3, b), multiples(5, c))


# ---- the work ----

def run(scale, thread, threads):
    checksum = 0
    for turn in range(scale):
        for prime in itertools.islice(primes(), 600):
            checksum = (checksum * 31 + prime) % 1000000007
        a, b = balanced(0, 6000), lopsided(0, 6000)
        for value in a:
            checksum = (checksum * 7 + value) % 1000000007
        if not same_fringe(a, b) or same_fringe(a, lopsided(0, 6001)):
            raise AssertionError("fringes")
        counts = []
        averagers = [averager(counts) for _ in range(3)]
        split = splitter(averagers)
        next(split)
        for i in range(30000):
            checksum += split.throw(ValueError) if i % 100 == 99 else split.send(i)
        split.close()
        for each in averagers:
            each.close()
        checksum += sum(counts)
        for n in itertools.islice(hamming(), 60):
            checksum = (checksum * 31 + n) % 1000000007
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
