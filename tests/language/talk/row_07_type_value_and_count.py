"""Every object holds a type, a value and a count."""
from sys import getrefcount

for value in (int("12345"), "ab" + "c" * int("3"), [1, 2], 1.5 * int("2")):
    print(type(value).__name__, value, getrefcount(value) >= 1)
