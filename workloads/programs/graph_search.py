"""graph_search.py: paths in one graph that all threads share: reads of shared objects.

The problem: shortest paths in a graph that nobody changes: by the number of edges
(breadth-first: E. F. Moore, 1959) and by their lengths (E. W. Dijkstra, 'A Note on Two
Problems in Connexion with Graphs', 1959, with a heap of our own). There is one graph,
made by whoever comes first; each thread searches all of it with marks of its own, so what a
thread writes is its own and all that it reads is everybody's.
"""

import threading

EXPECTED = {1: 217731291}


class Node:
    def __init__(self, number):
        self.number = number
        self.edges = []  # of (length, node)


class Graph:
    """A ring with chords here and there: connected, and never far across."""

    def __init__(self, count):
        self.nodes = [Node(i) for i in range(count)]
        number = 99
        for i, node in enumerate(self.nodes):
            self.connect(node, self.nodes[(i + 1) % count], 20 + i % 7)
            for _ in range(2):
                number = (number * 1103515245 + 12345) % 2147483648
                other = self.nodes[(i + (number >> 12) % (count // 2)) % count]
                if other is not node:
                    self.connect(node, other, 10 + (number >> 5) % 90)

    def connect(self, a, b, length):
        a.edges.append((length, b))
        b.edges.append((length, a))


graphs = {}
graphs_lock = threading.Lock()


def shared_graph(count):
    with graphs_lock:
        if count not in graphs:
            graphs[count] = Graph(count)
        return graphs[count]


def breadth_first(graph, start):
    """The sum over all nodes of the edges on the way there."""
    seen = {start.number}
    level = [start]
    depth = total = 0
    while level:
        total += depth * len(level)
        further = []
        for node in level:
            for length, other in node.edges:
                if other.number not in seen:
                    seen.add(other.number)
                    further.append(other)
        level = further
        depth += 1
    return total


def push(heap, item):
    """Puts the item into a list of which none is greater than those at 2 i + 1, 2 i + 2."""
    heap.append(item)
    at = len(heap) - 1
    while at:
        above = (at - 1) // 2
        if heap[above] <= item:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = item


def pop(heap):
    least = heap[0]
    item = heap.pop()
    size = len(heap)
    if size:
        at = 0
        while True:
            below = 2 * at + 1
            if below >= size:
                break
            if below + 1 < size and heap[below + 1] < heap[below]:
                below += 1
            if item <= heap[below]:
                break
            heap[at] = heap[below]
            at = below
        heap[at] = item
    return least


def shortest_paths(graph, start):
    """The sum of the distances of all nodes."""
    nodes = graph.nodes
    done = {}
    heap = [(0, start.number)]
    while heap:
        distance, number = pop(heap)
        if number in done:
            continue
        done[number] = distance
        for length, other in nodes[number].edges:
            if other.number not in done:
                push(heap, (distance + length, other.number))
    return sum(done.values())


def run(scale, thread, threads):
    count = 2000
    graph = shared_graph(count)
    checksum = 0
    for turn in range(8 * scale):
        start = graph.nodes[turn * 37 % count]
        checksum = (checksum * 31 + breadth_first(graph, start)) % 1000000007
        if turn % 2 == 0:
            checksum = (checksum * 31 + shortest_paths(graph, start)) % 1000000007
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
