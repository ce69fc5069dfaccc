"""b_tree.py: a B-tree: classes, lists that are cut and joined, binary search.

The problem: keep pairs in order, so that finding, adding and deleting one takes logarithmic
time: nodes with up to a few dozen keys, all leaves at one depth. R. Bayer and E. McCreight,
'Organization and Maintenance of Large Ordered Indices' (Acta Informatica 1, 1972).
"""

EXPECTED = {1: 28984656362}
LEAST = 16  # of keys in each node but the root; at most twice as many


class Node:
    __slots__ = ("keys", "values", "children")

    def __init__(self, keys, values, children):
        self.keys = keys
        self.values = values
        self.children = children  # None in a leaf

    def find(self, key):
        """Where the key is, or where it would be."""
        keys = self.keys
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high) // 2
            if keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        return low

    def split_child(self, at):
        child = self.children[at]
        right = Node(child.keys[LEAST + 1:], child.values[LEAST + 1:],
                     child.children and child.children[LEAST + 1:])
        self.keys.insert(at, child.keys[LEAST])
        self.values.insert(at, child.values[LEAST])
        self.children.insert(at + 1, right)
        del child.keys[LEAST:], child.values[LEAST:]
        if child.children:
            del child.children[LEAST + 1:]

    def join_children(self, at):
        left, right = self.children[at], self.children[at + 1]
        left.keys += [self.keys.pop(at)] + right.keys
        left.values += [self.values.pop(at)] + right.values
        if left.children:
            left.children += right.children
        del self.children[at + 1]

    def borrow(self, to, other):
        """Moves one key from a child to its neighbour, through this node."""
        child, giver = self.children[to], self.children[other]
        if other < to:
            take, put, between = -1, 0, other
        else:
            take, put, between = 0, len(child.keys), to
        child.keys.insert(put, self.keys[between])
        child.values.insert(put, self.values[between])
        self.keys[between] = giver.keys.pop(take)
        self.values[between] = giver.values.pop(take)
        if child.children:
            child.children.insert(put and put + 1, giver.children.pop(take))

    def fill_child(self, at):
        """Makes the child have more than the least number of keys; returns where it is."""
        children = self.children
        if len(children[at].keys) > LEAST:
            return at
        if at > 0 and len(children[at - 1].keys) > LEAST:
            self.borrow(at, at - 1)
        elif at + 1 < len(children) and len(children[at + 1].keys) > LEAST:
            self.borrow(at, at + 1)
        else:
            at = at if at + 1 < len(children) else at - 1
            self.join_children(at)
        return at


class Tree:
    def __init__(self):
        self.root = Node([], [], None)
        self.size = 0

    def get(self, key, default=None):
        node = self.root
        while node is not None:
            at = node.find(key)
            if at < len(node.keys) and node.keys[at] == key:
                return node.values[at]
            node = node.children[at] if node.children else None
        return default

    def set(self, key, value):
        if len(self.root.keys) > 2 * LEAST:
            self.root = Node([], [], [self.root])
            self.root.split_child(0)
        node = self.root
        while True:
            at = node.find(key)
            if at < len(node.keys) and node.keys[at] == key:
                node.values[at] = value
                return
            if not node.children:
                node.keys.insert(at, key)
                node.values.insert(at, value)
                self.size += 1
                return
            if len(node.children[at].keys) > 2 * LEAST:
                node.split_child(at)
            else:
                node = node.children[at]

    def delete(self, key):
        """True if it was there."""
        found = self.delete_in(self.root, key)
        if not self.root.keys and self.root.children:
            self.root = self.root.children[0]
        self.size -= found
        return found

    def delete_in(self, node, key):
        """All nodes but the root have a key to spare on the way down."""
        while True:
            at = node.find(key)
            here = at < len(node.keys) and node.keys[at] == key
            if not node.children:
                if here:
                    del node.keys[at], node.values[at]
                return here
            if here and len(node.children[at].keys) > LEAST:
                self.replace_by_last(node, at)
                return True
            node.fill_child(at)
            at = node.find(key)
            if not (at < len(node.keys) and node.keys[at] == key):
                node = node.children[at]

    def replace_by_last(self, node, at):
        """Puts the last key under the child in place of the node's own."""
        below = node.children[at]
        while below.children:
            below = below.children[below.fill_child(len(below.children) - 1)]
        node.keys[at] = below.keys.pop()
        node.values[at] = below.values.pop()

    def items(self, node=None):
        node = node or self.root
        if not node.children:
            yield from zip(node.keys, node.values)
            return
        for at, key in enumerate(node.keys):
            yield from self.items(node.children[at])
            yield key, node.values[at]
        yield from self.items(node.children[-1])

    def depth(self):
        node, depth = self.root, 1
        while node.children:
            node, depth = node.children[0], depth + 1
        return depth


def run(scale, thread, threads):
    tree = Tree()
    count = 14000 * scale
    number = 12345
    checksum = 0
    for i in range(count):
        number = (number * 1103515245 + 12345) % 2147483648
        tree.set(number >> 8, i)
    for i in range(count):
        number = (number * 1103515245 + 12345) % 2147483648
        checksum += tree.get(number >> 8, 1)
    number = 12345
    for i in range(count):
        number = (number * 1103515245 + 12345) % 2147483648
        if i % 3:
            checksum += tree.delete(number >> 8)
    before = -1
    for key, value in tree.items():
        if key <= before:
            raise AssertionError("not in order")
        before = key
        checksum = (checksum * 31 + key + value) % 1000000007
    return checksum * 100 + tree.depth() + tree.size


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
