"""__slots__: fixed attributes, less memory."""
import sys


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


point = Point(1, 2)
print(point.x, point.y)
try:
    point.z = 3
except AttributeError as error:
    print(error)
print(hasattr(point, "__dict__"))
print(sys.getsizeof((1, 2)) < sys.getsizeof({"x": 1, "y": 2}))
