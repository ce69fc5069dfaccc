"""Beazley's countdown: the same work in sequence and in two threads."""
from threading import Thread


def countdown(n, done):
    while n > 0:
        n -= 1
    done.append(n)


done = []
countdown(20000, done)
threads = [Thread(target=countdown, args=(10000, done)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(done)
