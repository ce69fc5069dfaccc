# gilt only: what Python 3.11 says differently or not at all, and what no Python has.
import collections
import sys
import threading
import types

assert hash(slice(1, 2)) == hash(slice(1, 2)) and {slice(1, None): 3}[slice(1, None)] == 3
assert (5).is_integer() and True.is_integer()
assert repr(collections.OrderedDict(a=1)) == "OrderedDict({'a': 1})"
for wrong, text in ((1e200, 'timestamp out of range for platform time_t'), (float('nan'), 'Invalid value NaN (not a number)')):
    try:
        threading.Lock().acquire(True, wrong)
    except (OverflowError, ValueError) as error:
        assert str(error) == text, error
    else:
        assert False


# The instructions of a function: line, place, name, operands.
def add(a, b):
    return a + b


lines = [line.split()[2] for line in add.__code__.co_text.splitlines()]
assert lines == ['ADD', 'RETURN'], lines

# Any object with the attributes will do for the hook of what cannot be raised.
sys.unraisablehook(types.SimpleNamespace(exc_value=ValueError('this test wants the line'), object=add))
