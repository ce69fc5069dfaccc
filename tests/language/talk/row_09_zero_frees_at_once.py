"""A count of zero frees at once, and what the object held goes with it, to any depth."""


class Node:
    def __init__(self, name, child=None):
        self.name = name
        self.child = child

    def __del__(self):
        print("freed", self.name)


chain = Node("a", Node("b", Node("c")))
chain = None
print("end of three")


class Link:
    def __init__(self, following):
        self.following = following


head = None
for _ in range(200_000):
    head = Link(head)
head = None  # no overflow of the stack
print("end of 200000")
