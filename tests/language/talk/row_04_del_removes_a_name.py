"""del removes a name and takes one off the count; it deletes no object."""
from sys import getrefcount


class Thing:
    def __del__(self):
        print("now it is deleted")


x = Thing()
y = x
before = getrefcount(y)
del x
print(before - getrefcount(y), "reference less")
try:
    x
except NameError as error:
    print(error)
print("still there:", type(y).__name__)
del y
print("end")
