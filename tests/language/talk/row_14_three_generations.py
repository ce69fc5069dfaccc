"""New objects are in generation 0; survivors are promoted; generation 2 stays."""
import gc


class Node:
    pass


print(len(gc.get_threshold()), len(gc.get_count()))
gc.collect()
gc.disable()
node = Node()
node.ring = node


def generation(o):
    return [any(x is o for x in gc.get_objects(g)) for g in range(3)].index(True)


print(generation(node))
gc.collect(0)
print(generation(node))
gc.collect(1)
print(generation(node))
gc.collect(2)
print(generation(node))
gc.enable()
