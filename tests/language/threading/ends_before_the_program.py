# The program ends when its threads have: also what dies with the last of one is told so.
import threading
import time


class Last(threading.Thread):
    def run(self):
        print('runs')

    def __del__(self):
        time.sleep(0.2)
        print('is told of its end')


Last().start()
