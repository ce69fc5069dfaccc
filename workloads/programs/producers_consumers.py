"""producers_consumers.py: threads that hand work to each other: conditions and waiting.

The problem: two producers put items into a queue that has room for a few, two consumers take
them out; whoever finds it full, or empty, waits. E. W. Dijkstra, 'Cooperating Sequential
Processes' (1965), with a monitor's conditions after C. A. R. Hoare (1974). Each run has
threads and a queue of its own, whatever the number of threads that run it.
"""

import threading

EXPECTED = {1: 2568958138328168880}
PRODUCERS = CONSUMERS = 2
ROOM = 16


class Queue:
    def __init__(self, room):
        self.room = room
        self.items = []
        self.taken = 0  # of items, from the front
        self.lock = threading.Lock()
        self.not_empty = threading.Condition(self.lock)
        self.not_full = threading.Condition(self.lock)

    def put(self, item):
        with self.lock:
            while len(self.items) - self.taken >= self.room:
                self.not_full.wait()
            self.items.append(item)
            self.not_empty.notify()

    def take(self):
        with self.lock:
            while len(self.items) == self.taken:
                self.not_empty.wait()
            item = self.items[self.taken]
            self.taken += 1
            if self.taken > self.room:
                del self.items[:self.taken]
                self.taken = 0
            self.not_full.notify()
            return item


def produce(queue, producer, count):
    number = producer + 1
    for i in range(count):
        for _ in range(10):
            number = (number * 1103515245 + 12345) % 2147483648
        queue.put((producer, i, number))


def consume(queue, results):
    """Until a None comes."""
    total = items = 0
    last = {}
    while True:
        item = queue.take()
        if item is None:
            break
        producer, i, number = item
        if i <= last.get(producer, -1):
            raise AssertionError("items of one producer came out of order")
        last[producer] = i
        items += 1
        for _ in range(10):
            number = (number * 69069 + 1) % 4294967296
        total += number
    results.append((items, total))


def run(scale, thread, threads):
    count = 6000 * scale
    queue = Queue(ROOM)
    results = []
    producers = [threading.Thread(target=produce, args=(queue, i, count))
                 for i in range(PRODUCERS)]
    consumers = [threading.Thread(target=consume, args=(queue, results))
                 for _ in range(CONSUMERS)]
    for worker in producers + consumers:
        worker.start()
    for worker in producers:
        worker.join()
    for _ in consumers:
        queue.put(None)
    for worker in consumers:
        worker.join()
    items = sum(items for items, total in results)
    total = sum(total for items, total in results)
    return total * 100003 + items


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
