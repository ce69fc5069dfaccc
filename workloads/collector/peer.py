"""peer.py: the scenes of build/collector in another Python, for ratios beside its own
figures. The same protocol as build/MODE/collector; see main.c and scenes.c."""

import gc
import sys
import time


class Node:
    pass


def node(number, other):
    made = Node()
    made.number = number
    made.other = other
    return made


def pairs(count):
    for i in range(count):
        a = node(i, None)
        b = node(i, a)
        a.other = b
        if a.other.number != i:
            raise AssertionError


def old_heap(size):
    heap = [node(i, [i, i]) for i in range(size // 2)]
    gc.collect()
    return heap


def leaves(size):
    heap = []
    for i in range(size // 2):
        heap.append(node(i, i))
        heap.append([i])
    gc.collect()
    return heap


def timed(work):
    start = time.perf_counter_ns()
    found = work()
    return time.perf_counter_ns() - start, found


def young():
    pairs(2000)
    return timed(lambda: gc.collect(0))


def churn():
    return timed(lambda: pairs(300000) or 0)


def grow(size):
    def build():
        heap = []
        for i in range(size):
            heap.append(node(i, None))
        taken.append(heap)
        return 0

    taken = []
    answer = timed(build)
    taken.clear()
    gc.collect()
    return answer


def main(scene, size):
    if scene in ("full", "full-leaves", "young", "grow-uncollected"):
        gc.disable()
    heap = None
    if scene == "full-leaves":
        heap = leaves(size)
    elif scene in ("full", "young", "churn") and size:
        heap = old_heap(size)
    sample = {
        "full": lambda: timed(gc.collect),
        "full-leaves": lambda: timed(gc.collect),
        "young": young,
        "churn": churn,
        "grow": lambda: grow(size),
        "grow-uncollected": lambda: grow(size),
    }[scene]
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() != "sample":
            break
        nanoseconds, found = sample()
        print(f"sample nanoseconds={nanoseconds} found={found}", flush=True)
    del heap


main(sys.argv[1], int(sys.argv[2]))
