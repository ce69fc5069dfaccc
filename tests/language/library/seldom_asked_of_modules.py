# What is seldom asked of modules: clocks, calendars, random numbers, locks, reductions.
import _thread
import abc
import array
import collections
import functools
import gc
import itertools
import operator
import random
import sys
import threading
import time


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except Exception as error:
        return type(error).__name__ + ': ' + str(error)


# time
clock = time.CLOCK_MONOTONIC
print(abs(time.clock_gettime_ns(clock) - time.clock_gettime(clock) * 1e9) < 1e9, 0 < time.clock_getres(clock) < 1)
print(attempt(time.clock_gettime_ns, 12345), attempt(time.clock_getres, 12345), attempt(time.clock_gettime, 12345))
print(attempt(time.sleep, float('nan')), attempt(time.localtime, float('nan')), attempt(time.gmtime, 1e30), attempt(time.localtime, 2**70))
print(abs(time.mktime(time.localtime()) - time.time()) < 3, abs(time.mktime(time.localtime(None)) - time.time()) < 3)
print(attempt(time.gmtime, 2**60), attempt(time.localtime, 2**60), attempt(time.ctime, 2**60))
print(attempt(time.strftime, '%Y', (2**40, 1, 1, 0, 0, 0, 0, 1, 0)), attempt(time.mktime, (2**31, 1, 1, 0, 0, 0, 0, 1, 0)))
print(time.asctime()[3] == ' ', len(time.strftime('%Y')), time.tzset())

# random
state = random.getstate()
for wrong in (1, (3,), (3, 4, None), (2, (1,) * 625, None), (3, (1,) * 10, None), (3, (1,) * 624 + (1000,), None)):
    print(attempt(random.setstate, wrong))
random.setstate(state)
print(attempt(random.Random, 1, 2))
system = random.SystemRandom()
print(0 <= system.random() < 1, 0 <= system.getrandbits(70) < 2**70, system.randrange(3) in (0, 1, 2), attempt(system.getrandbits, -1))
print(len(random.randbytes(5)), attempt(random.randbytes, -1))

# threads
lock = threading.RLock()
with lock:
    print(lock._is_owned())
print(attempt(_thread.start_new_thread, 1, ()), attempt(threading.Lock().acquire, True, 1e200)[:13], attempt(threading.Lock().acquire, True, -2))

# functools
key = functools.cmp_to_key(lambda a, b: a - b)
print(key(3).obj, key(3) == key(3), key(3) < key(4), key(obj=1) >= key(2), attempt(key), attempt(lambda: key(1) < 1))


@functools.lru_cache(maxsize=2)
def cached(n):
    return n


import copy
print(copy.copy(cached) is cached, copy.deepcopy(cached) is cached, attempt(functools.lru_cache, 'x'))
p = functools.partial(print, 1, 2, sep='-')
p()
print(functools.partial(int, '10', base=2), functools.partial(p, 3, end='!\n').keywords)
q = functools.partial(int)
print(q(), q.func, q.args, q.keywords)

# itertools and collections
print(attempt(itertools.chain, 1, a=2), attempt(next, itertools.chain(1)))
d = collections.deque([1, 2], 3)
print(d * 1, d * 100, attempt(lambda: d + 1), attempt(lambda: d < 1), collections.deque([1]) < collections.deque([1, 2]))
print(collections.deque([[1], 2]) == collections.deque([[1], 3]), copy.copy(d), d.__copy__())
print(list(collections.OrderedDict(a=1) | {'b': 2}), list({'b': 2} | collections.OrderedDict(a=1)), attempt(lambda: collections.OrderedDict() | 1))

# array
a = array.array('i', [1, 2, 3])
print(attempt(lambda: a[7]), attempt(a.pop, 7), attempt(lambda: a.__setitem__(7, 1)), attempt(lambda: a + array.array('b')))
a[1:2] = array.array('i', [7, 8])
del a[0]
print(a, a.__reduce_ex__(2)[1], array.array('u', 'xy').tounicode(), attempt(a.extend, array.array('b')))

# sys, gc, abc
print(attempt(sys.setrecursionlimit, 0), attempt(sys.setswitchinterval, 0), attempt(sys.setrecursionlimit, 'x'), attempt(sys.intern, 1))
print(gc.is_finalized(a), attempt(gc.set_threshold, 'x'), attempt(gc.get_objects, generation=7), attempt(gc.get_referents))
print(attempt(abc.update_abstractmethods, 1))

# modules
import types
m = types.ModuleType('m', 'says')
m.x = 1
print(m.__dict__ is vars(m), sorted(dir(m)), attempt(lambda: m.y), m)
del m.__name__
print(attempt(lambda: m.y), m, attempt(types.ModuleType))
