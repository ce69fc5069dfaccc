"""References come from names and from containers, and are counted alike."""
from sys import getrefcount


class Thing:
    pass


def references(o):
    return getrefcount(o)


thing = Thing()
base = references(thing)
other = thing
print("one more name:", references(thing) - base)
box = [thing, thing]
print("twice in a list:", references(thing) - base)
table = {"key": thing}
print("and in a dict:", references(thing) - base)
del other, box, table
print("all gone:", references(thing) - base)
