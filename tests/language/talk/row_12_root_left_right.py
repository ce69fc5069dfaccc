"""root, left, right refer to each other; del of all three frees nothing."""
import gc


class Node:
    def __init__(self, value):
        self.value = value

    def next(self, next):
        self.next = next


gc.collect()
gc.disable()
root = Node("root")
left = Node("left")
right = Node("right")
root.next(left)
left.next(right)
right.next(root)
del right
del left
del root
print(len([o for o in gc.get_objects() if type(o) is Node]), "are left")
print(gc.collect() >= 3)
print(len([o for o in gc.get_objects() if type(o) is Node]), "are left")
gc.enable()
