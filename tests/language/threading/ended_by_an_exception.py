# A thread of _thread that ends by an exception says so on stderr, and that is all.
import _thread
import time


def work():
    raise ValueError("nobody catches this")


_thread.start_new_thread(work, ())
while _thread._count():
    time.sleep(0.001)
print("still here")
