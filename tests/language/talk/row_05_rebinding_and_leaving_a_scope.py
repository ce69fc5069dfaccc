"""Rebinding a name, and leaving a scope, take one reference off, at once."""
from sys import getrefcount


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("freed", self.name)


kept = Thing("kept")
y = kept
before = getrefcount(kept)
y = None
print("rebinding:", getrefcount(kept) - before)


def scope():
    inner = Thing("local")
    also = kept
    print("in the scope:", getrefcount(kept) - before + 1)


scope()
print("behind the scope:", getrefcount(kept) - before + 1)
x = Thing("rebound")
x = None
print("end")
del kept
