"""Counting costs space in every object."""
from sys import getsizeof

print(getsizeof(object()) == 16, "bytes are the header: count and type")
print(getsizeof(1.5) == getsizeof(object()) + 8)
