"""Objects of the global namespace never go out of scope: they live until the program ends."""
import gc


class Thing:
    pass


def use():
    global thing
    thing = Thing()


use()
gc.collect()
print("still there:", type(thing).__name__)
print("thing" in globals())
