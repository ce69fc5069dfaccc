"""lru_cache.py: a cache that forgets what was not used for longest: dict and linked nodes.

The problem: keep the results of the last few hundred questions, in constant time a question:
a dict finds a node, and a doubly linked list has the nodes in the order of their use. The
questions are such that some are asked much oftener than others. 'Least recently used' is
one of the rules for pages in L. A. Belady, 'A Study of Replacement Algorithms' (IBM Systems
Journal 5(2), 1966).
"""

EXPECTED = {1: 280507632}


class Node:
    __slots__ = ("key", "value", "before", "after")

    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.before = self.after = self


class Cache:
    """The nodes are in a ring: behind `ring` stands the one used last."""

    def __init__(self, answer, room):
        self.answer = answer
        self.room = room
        self.nodes = {}
        self.ring = Node(None, None)
        self.hits = self.misses = 0

    def get(self, key):
        node = self.nodes.get(key)
        if node is None:
            self.misses += 1
            node = self.make(key)
        else:
            self.hits += 1
            self.unlink(node)
        self.link(node)
        return node.value

    def make(self, key):
        if len(self.nodes) >= self.room:
            oldest = self.ring.before
            self.unlink(oldest)
            del self.nodes[oldest.key]
        node = self.nodes[key] = Node(key, self.answer(key))
        return node

    def unlink(self, node):
        node.before.after = node.after
        node.after.before = node.before

    def link(self, node):
        ring = self.ring
        node.before = ring
        node.after = ring.after
        ring.after.before = node
        ring.after = node

    def keys(self):
        node = self.ring.after
        while node is not self.ring:
            yield node.key
            node = node.after


def collatz_steps(n):
    """What the cache is asked for: long enough to be worth keeping."""
    steps = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def run(scale, thread, threads):
    cache = Cache(collatz_steps, 500)
    names = Cache(lambda text: len(text) * 7, 100)
    number = 2024
    checksum = 0
    for _ in range(40000 * scale):
        number = (number * 1103515245 + 12345) % 2147483648
        key = (number >> 10) % 1000
        key = key * key // 1000
        checksum += cache.get(key)
        if number & 0x300 == 0x300:
            checksum += names.get("key %d" % (key // 4))
    for kept in (cache, names):
        checksum = (checksum * 1009 + kept.hits * 3 + kept.misses) % 1000000000039
        for key in kept.keys():
            checksum = (checksum * 31 + (key if kept is cache else len(key))) % 1000000007
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
