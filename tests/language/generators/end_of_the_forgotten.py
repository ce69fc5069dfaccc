"""A generator that waits in a try or with is closed when it dies, once."""
import gc
import weakref
from contextlib import contextmanager


def g(name, log=print):
    try:
        log('start', name)
        yield 1
        yield 2
    except GeneratorExit:
        log('exit', name)
        raise
    finally:
        log('finally', name)


a = g('dropped')
next(a)
del a
a = g('not begun')
del a
a = g('closed')
next(a)
a.close()
del a
a = g('exhausted')
print(list(a))
del a
for x in g('broken off'):
    break
print('after the loop')


def held():
    for x in g('inner'):
        yield x


a = held()
next(a)
del a


def delegating():
    yield from g('delegate')


a = delegating()
next(a)
del a


def in_cycle():
    me = yield
    try:
        yield me
    finally:
        print('cycle', me is not None)


a = in_cycle()
next(a)
a.send(a)
del a
gc.collect()
gc.collect()
kept = []


def revived():
    me = yield
    try:
        yield
    finally:
        kept.append(me)


a = revived()
next(a)
a.send(a)
del a
gc.collect()
print(len(kept), list(kept[0]))
kept.clear()


class CM:
    def __enter__(self):
        print('enter')

    def __exit__(self, *args):
        print('exit', args[0])


def with_one():
    with CM():
        yield 1


a = with_one()
next(a)
r = weakref.ref(a, lambda r: print('gone'))
del a
print(r())


@contextmanager
def manager():
    print('in')
    try:
        yield 5
    finally:
        print('out')


m = manager()
m.__enter__()
del m
print(sum(next(g(i, lambda *a: None)) for i in range(1000)))


def state():
    yield 1


a = state()
print(a.gi_running, a.gi_suspended, a.gi_frame is None, a.gi_code.co_name, a.gi_yieldfrom)
next(a)
print(a.gi_suspended, a.gi_frame.f_lineno, next(a, 'end'), a.gi_frame, a.gi_suspended)
a = delegating()
next(a)
print(a.gi_yieldfrom.__name__)
