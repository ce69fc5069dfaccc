"""An executor whose calls are made by a pool of threads.

A thread begins when there is a call and none is idle, up to the most that there may be. It
takes calls out of a queue until it finds None there, which it puts back for the next one:
None is put in when the executor is shut down or gone, and when the program ends, which
waits for all calls that were submitted.
"""

import itertools
import os
import queue
import sys
import threading
import traceback
import weakref

from concurrent.futures import _base

_queues = weakref.WeakKeyDictionary()  # of each thread
_is_over = False
_exit_lock = threading.Lock()


def _finish_all():
    global _is_over
    with _exit_lock:
        _is_over = True
    threads = list(_queues.items())
    for thread, calls in threads:
        calls.put(None)
    for thread, calls in threads:
        thread.join()


threading._register_atexit(_finish_all)


class _Call:
    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs

    def run(self):
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as exception:
            self.future.set_exception(exception)
            self = None  # the traceback would keep it
        else:
            self.future.set_result(result)


def _begin(pool, initializer, initargs):
    """False if the initializer has failed: the pool is broken."""
    if initializer is None:
        return True
    try:
        initializer(*initargs)
    except BaseException:
        print('Exception in initializer:', file=sys.stderr)
        traceback.print_exc()
        executor = pool()
        if executor is not None:
            executor._initializer_failed()
        return False
    return True


def _work(pool, calls, initializer, initargs):
    """What a thread does. It knows the executor by a weak reference, so that an executor
    that nobody else knows goes away."""
    if not _begin(pool, initializer, initargs):
        return
    while True:
        try:
            call = calls.get_nowait()
        except queue.Empty:
            executor = pool()
            if executor is not None:
                executor._idle.release()
            del executor
            call = calls.get()
        if call is not None:
            call.run()
            del call
            continue
        executor = pool()
        if _is_over or executor is None or executor._shutdown:
            if executor is not None:
                executor._shutdown = True
            calls.put(None)
            return
        del executor


class BrokenThreadPool(_base.BrokenExecutor):
    """Raised when a worker thread in a ThreadPoolExecutor failed initializing."""


class ThreadPoolExecutor(_base.Executor):
    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._max_workers = max_workers
        self._calls = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._threads = set()
        self._broken = ''
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = (
            thread_name_prefix or 'ThreadPoolExecutor-%d' % self._counter())
        self._initializer = initializer
        self._initargs = initargs

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _exit_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _is_over:
                raise RuntimeError('cannot schedule new futures after interpreter shutdown')
            future = _base.Future()
            self._calls.put(_Call(future, fn, args, kwargs))
            self._add_thread()
            return future

    def _add_thread(self):
        count = len(self._threads)
        if self._idle.acquire(timeout=0) or count >= self._max_workers:
            return
        calls = self._calls
        pool = weakref.ref(self, lambda reference: calls.put(None))
        thread = threading.Thread(name='%s_%d' % (self._thread_name_prefix, count),
                                  target=_work,
                                  args=(pool, calls, self._initializer, self._initargs))
        thread.start()
        self._threads.add(thread)
        _queues[thread] = calls

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = ('A thread initializer failed, the thread pool is not usable '
                            'anymore')
            for call in self._taken():
                call.future.set_exception(BrokenThreadPool(self._broken))

    def _taken(self):
        """All calls that nobody has begun, out of the queue."""
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                yield call

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                for call in self._taken():
                    call.future.cancel()
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
