# gilt only: CPython 3.11 cannot be asked
"""gil: one thread at a time. nogil: all of them."""
import sys
import threading

assert sys._is_gil_enabled() in (True, False)
total = []
threads = [threading.Thread(target=lambda: total.append(sum(range(1000)))) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert total == [499500] * 4
