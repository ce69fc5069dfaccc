"""queue: queues that threads hand things to one another through."""
# One mutex guards the items; not_empty, not_full and all_tasks_done are its conditions.
import threading
from collections import deque
from time import monotonic as time

__all__ = ['Empty', 'Full', 'Queue', 'PriorityQueue', 'LifoQueue', 'SimpleQueue']


class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


class Full(Exception):
    "Exception raised by Queue.put(block=0)/put_nowait()."


class Queue:
    """First in, first out; with maxsize above 0, put waits while it is full."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = threading.Lock()
        self.not_empty = threading.Condition(self.mutex)
        self.not_full = threading.Condition(self.mutex)
        self.all_tasks_done = threading.Condition(self.mutex)
        self.unfinished_tasks = 0

    def task_done(self):
        with self.all_tasks_done:
            unfinished = self.unfinished_tasks - 1
            if unfinished < 0:
                raise ValueError('task_done() called too many times')
            if unfinished == 0:
                self.all_tasks_done.notify_all()
            self.unfinished_tasks = unfinished

    def join(self):
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        with self.mutex:
            return self._qsize()

    def empty(self):
        with self.mutex:
            return not self._qsize()

    def full(self):
        with self.mutex:
            return 0 < self.maxsize <= self._qsize()

    def put(self, item, block=True, timeout=None):
        with self.not_full:
            if self.maxsize > 0 and self._qsize() >= self.maxsize:
                if not block:
                    raise Full
                if timeout is not None and timeout < 0:
                    raise ValueError("'timeout' must be a non-negative number")
                end = None if timeout is None else time() + timeout
                while self._qsize() >= self.maxsize:
                    left = None if end is None else end - time()
                    if left is not None and left <= 0.0:
                        raise Full
                    self.not_full.wait(left)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        with self.not_empty:
            if not self._qsize():
                if not block:
                    raise Empty
                if timeout is not None and timeout < 0:
                    raise ValueError("'timeout' must be a non-negative number")
                end = None if timeout is None else time() + timeout
                while not self._qsize():
                    left = None if end is None else end - time()
                    if left is not None and left <= 0.0:
                        raise Empty
                    self.not_empty.wait(left)
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        return self.put(item, block=False)

    def get_nowait(self):
        return self.get(block=False)

    # What heirs do otherwise. Called with the mutex held. The items before `_first` have
    # been taken; the list is cut when they are half of it.

    def _init(self, maxsize):
        self.queue = []
        self._first = 0

    def _qsize(self):
        return len(self.queue) - self._first

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        queue, first = self.queue, self._first
        item = queue[first]
        queue[first] = None
        first += 1
        if first > 32 and 2 * first > len(queue):
            del queue[:first]
            first = 0
        self._first = first
        return item


class PriorityQueue(Queue):
    """Gives the least item first."""

    def _init(self, maxsize):
        from heapq import heappush, heappop
        self.queue = []
        self._push, self._pop = heappush, heappop

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self._push(self.queue, item)

    def _get(self):
        return self._pop(self.queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self.queue = []

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()


class SimpleQueue:
    """Without bounds and without tasks. Nothing is locked while code runs, so put may be
    called wherever a finaliser may be.

    Who finds no item registers a lock that it holds, in a list of its own, and looks again:
    so either it sees the item, or put sees the list. The lock belongs to who pops it out of
    the list: put, which releases it, or who waits, when it needs it no more. Who is too late
    for that has been woken for an item that another may be waiting for, and wakes the next.
    """

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self):
        self._items = deque()
        self._waiting = deque()

    def put(self, item, block=True, timeout=None):
        self._items.append(item)
        self._wake_one()

    def _wake_one(self):
        while True:
            try:
                lock = self._waiting.popleft().pop()
            except IndexError:
                if not self._waiting:
                    return
            else:
                lock.release()
                return

    def get(self, block=True, timeout=None):
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        try:
            return self._items.popleft()
        except IndexError:
            pass
        end = None if timeout is None else time() + timeout
        while block:
            mine = threading.Lock()
            mine.acquire()
            place = [mine]
            self._waiting.append(place)
            try:
                if not self._items:
                    mine.acquire(timeout=-1 if end is None else max(0, end - time()))
                return self._items.popleft()
            except IndexError:
                block = end is None or time() < end
            finally:
                try:
                    place.pop()
                except IndexError:
                    if self._items:
                        self._wake_one()
        raise Empty

    def put_nowait(self, item):
        self.put(item)

    def get_nowait(self):
        return self.get(False)

    def empty(self):
        return not self._items

    def qsize(self):
        return len(self._items)
