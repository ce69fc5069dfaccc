# concurrent.futures: pools of threads, futures, waiting for them.
import concurrent.futures as futures
import gc
import queue
import threading
import time
import weakref
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from concurrent.futures.thread import BrokenThreadPool


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except Exception as error:
        return type(error).__name__ + ': ' + str(error)


def square(x):
    return x * x


# results and what is raised
with ThreadPoolExecutor(4) as pool:
    future = pool.submit(pow, 2, 10)
    print(future.result(), future.result(timeout=5), future.exception(), future.done(), future.running(), future.cancelled(), future.cancel())
    print(repr(future))
    failed = pool.submit(divmod, 1, 0)
    print(attempt(failed.result), repr(failed.exception()), repr(failed))
    print(pool.submit(lambda *a, **k: (a, k), 1, 2, x=3).result())
    print(list(pool.map(square, range(10))), list(pool.map(pow, [2, 3], [3, 4, 5])))
    print(sorted(f.result() for f in as_completed([pool.submit(square, i) for i in range(20)])))
    print(sum(pool.map(square, range(1000))))
    results = pool.map(lambda x: 10 // x, [5, 2, 0, 1])
    print(next(results), next(results), attempt(next, results), attempt(next, results))
print(attempt(pool.submit, square, 1), attempt(pool.map, square, [1]))

# states, by hand
future = Future()
print(repr(future), future.done(), attempt(future.result, timeout=0.01), attempt(future.exception, 0))
print(future.set_running_or_notify_cancel(), repr(future), future.running(), future.cancel())
called = []
future.add_done_callback(lambda f: called.append(f.result()))
future.set_result([1])
future.add_done_callback(lambda f: called.append('late'))
print(called, repr(future), attempt(future.set_result, 2))
future = Future()
future.add_done_callback(lambda f: called.append(f.cancelled()))
print(future.cancel(), future.cancel(), repr(future), called[-1], attempt(future.result), attempt(future.exception))
print(future.set_running_or_notify_cancel(), repr(future), future.cancelled(), future.done())
print(futures.CancelledError.__mro__[1].__name__, futures.TimeoutError is TimeoutError, issubclass(BrokenThreadPool, futures.BrokenExecutor), issubclass(futures.InvalidStateError, Exception))

future = Future()
future.add_done_callback(lambda f: 1 / 0)  # told on stderr
future.add_done_callback(lambda f: called.append('next'))
future.set_exception(KeyError('x'))
print(called[-1], attempt(future.result), attempt(future.result))

# waiting for some of them
gate = threading.Event()
with ThreadPoolExecutor(3) as pool:
    slow = pool.submit(gate.wait)
    quick = pool.submit(square, 3)
    wrong = pool.submit(int, 'x')
    done, rest = wait([slow, quick], return_when=futures.FIRST_COMPLETED)
    print(done == {quick}, rest == {slow})
    done, rest = wait([slow, wrong], return_when=futures.FIRST_EXCEPTION)
    print(done == {wrong}, rest == {slow})
    result = wait([slow, quick, wrong], timeout=0.01)
    print(len(result.done), result.not_done == {slow}, type(result).__name__)
    iterator = as_completed([slow, quick, quick], timeout=0.05)
    print(next(iterator) is quick, attempt(next, iterator))
    print(attempt(wait, [slow], return_when='SOME'), wait([]))
    results = pool.map(lambda x: gate.wait() or x, [1, 2], timeout=0.02)
    print(attempt(next, results))
    gate.set()
    print(wait([slow, quick, wrong]).not_done)

# cancelling, shutting down
gate = threading.Event()
begun = threading.Event()
pool = ThreadPoolExecutor(max_workers=1)
first = pool.submit(lambda: (begun.set(), gate.wait())[1])
others = [pool.submit(square, i) for i in range(5)]
begun.wait()
print(first.running(), others[0].cancel(), others[0].cancelled(), others[1].cancel())
pool.shutdown(wait=False, cancel_futures=True)
gate.set()
pool.shutdown()
print(first.result(), [f.cancelled() for f in others], attempt(pool.submit, print))

# names; a call that makes calls
with ThreadPoolExecutor(1, thread_name_prefix='worker') as pool:
    print(pool.submit(lambda: threading.current_thread().name).result(), pool._max_workers)
    print(pool.submit(lambda: [pool.submit(square, i) for i in (1, 2)]).result()[1].result())

# initialisers
local = threading.local()


def begin(name, values):
    local.name = name
    values.append(threading.current_thread().name[:4])


values = []
with ThreadPoolExecutor(2, 'some', begin, ('name', values)) as pool:
    print(set(pool.map(lambda x: local.name, range(8))), set(values))


def fail():
    raise ValueError('told on stderr')


pool = ThreadPoolExecutor(1, initializer=fail)
print(attempt(pool.submit(square, 1).result), attempt(pool.submit, square, 2))
pool.shutdown()
print(attempt(ThreadPoolExecutor, 0), attempt(ThreadPoolExecutor, -1), attempt(ThreadPoolExecutor, 1, initializer=5))

# a pool that nobody knows any more ends
pool = ThreadPoolExecutor(2)
pool.submit(square, 1).result()
thread = next(iter(pool._threads))
pool.itself = pool
known = weakref.ref(pool)
del pool
end = time.monotonic() + 30
while known() and time.monotonic() < end:
    gc.collect()  # its thread may have looked at it in between
thread.join(30)
print(known(), thread.is_alive())

# many at once: each result is its own
totals = []


def work(number):
    with ThreadPoolExecutor(4) as pool:
        totals.append(sum(pool.map(lambda x: x + number, range(200))))


threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(totals))

# SimpleQueue, which they use: nothing is lost, nobody sleeps while something is there
numbers = queue.SimpleQueue()
taken = [[] for _ in range(4)]


def take(mine):
    while True:
        number = numbers.get()
        if number is None:
            return
        mine.append(number)


threads = [threading.Thread(target=take, args=(mine,)) for mine in taken]
putters = [threading.Thread(target=lambda i=i: [numbers.put(n) for n in range(i, 2000, 4)]) for i in range(4)]
for thread in threads + putters:
    thread.start()
for thread in putters:
    thread.join()
for thread in threads:
    numbers.put(None)
for thread in threads:
    thread.join()
print(sorted(n for mine in taken for n in mine) == list(range(2000)), numbers.empty(), numbers.qsize())
print(attempt(numbers.get, timeout=0.01), attempt(numbers.get, timeout=-1), attempt(numbers.get_nowait), attempt(numbers.get, False))
end = time.monotonic() + 0.05
print(attempt(numbers.get, True, 0.05), time.monotonic() >= end)

# a program ends when its pools have done what they were given
last = ThreadPoolExecutor(1)
last.submit(lambda: (time.sleep(0.05), print('the last one')))
print('the end')
