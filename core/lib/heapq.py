"""Heaps: lists of which no item is less than the one at (i - 1) // 2. J. W. J. Williams,
'Heapsort' (CACM 7(6), 1964). The basic operations are in C (core/modules/_heapq.c)."""

from _heapq import heapify, heappop, heappush, heappushpop, heapreplace

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest',
           'nsmallest', 'heappushpop']


class _Reversed:
    """Orders keys the other way round."""

    __slots__ = ('key',)

    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        return other.key < self.key

    def __eq__(self, other):
        return other.key == self.key


def merge(*iterables, key=None, reverse=False):
    """What is in all of these sorted iterables, sorted; equal items in the order of the
    iterables."""
    heap = []

    def entry(item, order, source):
        order_key = item if key is None else key(item)
        return [_Reversed(order_key) if reverse else order_key, order, item, source]

    for order, iterable in enumerate(iterables):
        source = iter(iterable)
        for item in source:
            heap.append(entry(item, order, source))
            break
    heapify(heap)
    while heap:
        _, order, item, source = heap[0]
        yield item
        for item in source:
            heapreplace(heap, entry(item, order, source))
            break
        else:
            heappop(heap)


def nsmallest(n, iterable, key=None):
    """The same as sorted(iterable, key=key)[:n]."""
    if n == 1:
        return [item for item in (min(iterable, key=key, default=_nothing),)
                if item is not _nothing]
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    """The same as sorted(iterable, key=key, reverse=True)[:n]."""
    if n == 1:
        return [item for item in (max(iterable, key=key, default=_nothing),)
                if item is not _nothing]
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]


_nothing = object()
