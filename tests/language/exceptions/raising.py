# What may stand behind raise, from and except.
import sys

def f():
    try:
        raise ValueError
    except ValueError:
        return sys.exc_info()[0]
print(f(), sys.exc_info())
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
try:
    raise 5
except TypeError as e:
    print(e)
try:
    raise int
except TypeError as e:
    print(e)
try:
    try:
        raise ValueError
    except 5:
        pass
except TypeError as e:
    print(e)
try:
    try:
        raise ValueError
    except (TypeError, 5):
        pass
except TypeError as e:
    print(e)

class Bad(Exception):

    def __new__(cls):
        return 5
try:
    raise Bad
except TypeError as e:
    print(e)
