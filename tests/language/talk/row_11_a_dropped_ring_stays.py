"""Counting does not see cycles: a dropped ring stays until the collector runs."""
import gc
import weakref


class Node:
    pass


gc.disable()
ring = Node()
ring.self = ring
seen = weakref.ref(ring)
del ring
print("after del:", seen() is not None)
gc.collect()
print("after the collector:", seen())
gc.enable()
