# gilt only: CPython dies of these.
import itertools
import sys
import threading

N = 300000


def nest(make):
    value = make(None)
    for _ in range(N):
        value = make(value)
    return value


def refused(function):
    try:
        function()
    except RecursionError:
        return
    assert False, "no error"


def all_of_it():
    tuples = nest(lambda x: (x,))
    refused(lambda: hash(tuples))
    refused(lambda: list(nest(lambda x: map(int, x or []))))
    refused(lambda: list(nest(lambda x: itertools.chain(x or []))))
    refused(lambda: list(nest(lambda x: zip(x or [], [1]))))
    refused(lambda: list(nest(lambda x: filter(None, x or []))))
    refused(lambda: next(nest(lambda x: enumerate(x or [1]))))
    refused(lambda: next(nest(lambda x: itertools.islice(x or [], 5))))


def deep(n):
    return eval("-" * 1000 + "deep(n + 1)", globals(), {"n": n})


all_of_it()
thread = threading.Thread(target=all_of_it)
thread.start()
thread.join()
sys.setrecursionlimit(10**6)
refused(lambda: deep(0))
print("refused")
