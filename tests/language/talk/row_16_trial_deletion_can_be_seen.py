"""Objects without references from outside are found and listed."""
import gc


class Node:
    pass


gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
a = Node()
b = Node()
a.other = b
b.other = a
del a, b
gc.collect()
print(sum(type(o) is Node for o in gc.garbage))
gc.set_debug(0)
gc.garbage.clear()
