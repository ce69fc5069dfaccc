# gilt only: an int that was made while the program runs; constants are immortal
"""x = 300 is one reference, y = 300 a second, z = [300, 300] two more."""
from sys import getrefcount

text = "300"
x = int(text)
one = getrefcount(x)
y = x
two = getrefcount(x)
z = [x, x]
four = getrefcount(x)
print(one - one + 1, two - one + 1, four - one + 1)
assert (two - one, four - one) == (1, 3)


def constants():
    a = 300
    b = 300
    return a is b, id(a) == id(b)


assert constants() == (True, True), "equal constants of one code are one object"
assert getrefcount("a constant") > 1 << 30, "and immortal: the count says so"
