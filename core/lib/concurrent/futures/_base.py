"""Futures, waiting for them, and what all executors have in common.

A future's state is guarded by its condition, and goes one way:

    PENDING -> RUNNING -> FINISHED
          \\-> CANCELLED -> CANCELLED_AND_NOTIFIED (its executor has seen it)

Who waits for several futures gives each of them a watcher, a function that is called once,
when the future is done, by the thread that did it. A watcher never waits and takes no lock
but its own, so it is called under the condition of the future: nobody who comes later can
miss it. Callbacks of programs are called after that, without a lock.
"""

import collections
import sys
import threading
import time
import traceback
import types

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

PENDING = 'PENDING'
RUNNING = 'RUNNING'
CANCELLED = 'CANCELLED'
CANCELLED_AND_NOTIFIED = 'CANCELLED_AND_NOTIFIED'
FINISHED = 'FINISHED'

_CANCELLED = (CANCELLED, CANCELLED_AND_NOTIFIED)
_DONE = (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)


class Error(Exception):
    """Base class for all future-related exceptions."""


class CancelledError(Error):
    """The Future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The operation is not allowed in this state."""


class BrokenExecutor(RuntimeError):
    """Raised when a executor has become non-functional after a severe failure."""


class Future:
    """The result of a call that another thread makes."""

    __class_getitem__ = classmethod(types.GenericAlias)

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = None
        self._exception = None
        self._watchers = []
        self._done_callbacks = []

    def __repr__(self):
        with self._condition:
            text = self._state.split('_')[0].lower()
            if self._state == FINISHED and self._exception:
                text += ' raised ' + type(self._exception).__name__
            elif self._state == FINISHED:
                text += ' returned ' + type(self._result).__name__
            return '<%s at %#x state=%s>' % (type(self).__name__, id(self), text)

    # ---- for those who wait ----

    def cancel(self):
        """True if it will not run, or has been cancelled before."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in _CANCELLED:
                return True
            self._finish(CANCELLED)
        self._invoke_callbacks()
        return True

    def cancelled(self):
        with self._condition:
            return self._state in _CANCELLED

    def running(self):
        with self._condition:
            return self._state == RUNNING

    def done(self):
        """Finished or cancelled."""
        with self._condition:
            return self._state in _DONE

    def result(self, timeout=None):
        """What the call returned; what it raised is raised."""
        try:
            exception = self._wait(timeout)
            if exception:
                raise exception
            return self._result
        finally:
            self = exception = None  # the traceback of the exception would keep them

    def exception(self, timeout=None):
        """What the call raised, or None."""
        return self._wait(timeout)

    def add_done_callback(self, fn):
        """fn(self) when it is done: at once, if that has been."""
        with self._condition:
            if self._state not in _DONE:
                self._done_callbacks.append(fn)
                return
        self._invoke(fn)

    # ---- for executors ----

    def set_running_or_notify_cancel(self):
        """False if it was cancelled; else it runs from now on."""
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
        raise RuntimeError('Future in unexpected state')

    def set_result(self, result):
        self._set(result, None)

    def set_exception(self, exception):
        self._set(None, exception)

    # ---- the rest ----

    def _wait(self, timeout):
        with self._condition:
            if not self._condition.wait_for(lambda: self._state in _DONE, timeout):
                raise TimeoutError()
            if self._state in _CANCELLED:
                raise CancelledError()
            return self._exception

    def _set(self, result, exception):
        with self._condition:
            if self._state in _DONE:
                raise InvalidStateError('%s: %r' % (self._state, self))
            self._result = result
            self._exception = exception
            self._finish(FINISHED)
        self._invoke_callbacks()

    def _finish(self, state):
        self._state = state
        for watcher in self._watchers:
            watcher(self)
        self._watchers.clear()
        self._condition.notify_all()

    def _watch(self, watcher):
        """watcher(self) when it is done: at once, if that has been."""
        with self._condition:
            if self._state not in _DONE:
                self._watchers.append(watcher)
            else:
                watcher(self)

    def _unwatch(self, watcher):
        with self._condition:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

    def _invoke(self, callback):
        try:
            callback(self)
        except Exception:
            print('exception calling callback for %r' % self, file=sys.stderr)
            traceback.print_exc()

    def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            self._invoke(callback)


# ---- waiting for several ----

class _Arrivals:
    """Futures, in the order in which they are done. A context: at its end nobody watches."""

    def __init__(self, futures):
        self.futures = futures
        self.condition = threading.Condition()
        self.done = collections.deque()

    def __enter__(self):
        for future in self.futures:
            future._watch(self._arrived)
        return self

    def __exit__(self, *args):
        for future in self.futures:
            future._unwatch(self._arrived)

    def _arrived(self, future):
        with self.condition:
            self.done.append(future)
            self.condition.notify_all()


DoneAndNotDoneFutures = collections.namedtuple('DoneAndNotDoneFutures', 'done not_done')


def _has_failed(future):
    return future._state == FINISHED and future._exception is not None


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Waits until all of them are done, or the first, or the first that raised something:
    (done, not_done), two sets. When the time is over, likewise."""
    if return_when not in (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION):
        raise ValueError('Invalid return condition: %r' % (return_when,))
    futures = set(fs)

    def enough():
        done = arrivals.done
        if len(done) == len(futures):
            return True
        if return_when == FIRST_EXCEPTION:
            return any(map(_has_failed, done))
        return return_when == FIRST_COMPLETED and len(done) > 0

    with _Arrivals(futures) as arrivals:
        with arrivals.condition:
            arrivals.condition.wait_for(enough, timeout)
            done = set(arrivals.done)
    return DoneAndNotDoneFutures(done, futures - done)


def as_completed(fs, timeout=None):
    """Gives each of them when it is done."""
    end = None if timeout is None else time.monotonic() + timeout
    futures = set(fs)
    total = len(futures)
    with _Arrivals(futures) as arrivals:
        for left in range(total, 0, -1):
            with arrivals.condition:
                rest = None if end is None else max(0, end - time.monotonic())
                if not arrivals.condition.wait_for(lambda: arrivals.done, rest):
                    raise TimeoutError('%d (of %d) futures unfinished' % (left, total))
                future = arrivals.done.popleft()
            futures.discard(future)
            yield future
            del future  # the caller may want it to be gone


# ---- executors ----

class Executor:
    """Makes calls asynchronously."""

    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """The results of fn, in the order of the arguments. All calls are submitted at once;
        `chunksize` matters to processes only."""
        end = None if timeout is None else time.monotonic() + timeout
        futures = collections.deque(self.submit(fn, *args) for args in zip(*iterables))

        def results():
            try:
                while futures:
                    rest = None if end is None else end - time.monotonic()
                    yield _result_or_cancel(futures.popleft(), rest)
            finally:
                for future in futures:
                    future.cancel()

        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


def _result_or_cancel(future, timeout):
    try:
        try:
            return future.result(timeout)
        finally:
            future.cancel()
    finally:
        del future
