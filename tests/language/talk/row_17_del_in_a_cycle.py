"""Cycles with __del__ are collected, and __del__ is called once (PEP 442)."""
import gc

saved = []


class Node:
    def __del__(self):
        print("finalised")
        saved.append(self)  # it comes back to life


node = Node()
node.ring = node
del node
gc.collect()
print(len(saved))
saved.clear()
gc.collect()
print("not a second time")
