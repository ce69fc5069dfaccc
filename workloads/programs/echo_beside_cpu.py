"""echo_beside_cpu.py: short answers beside long computations: who gets to run, and when.

The problem: a client sends a number to a server and waits for the answer, again and again,
while another thread computes without a pause. With a GIL each hand-over may have to wait
until the busy thread gives it up: the convoy effect of D. Beazley, 'Understanding the Python
GIL' (PyCon 2010), where it is a socket's; here they hand over through a condition, which
needs no module for sockets. Each run has three threads of its own.
"""

import threading

EXPECTED = {1: 12972909122}


class Line:
    """Holds one message, which waits to be taken."""

    def __init__(self):
        self.condition = threading.Condition()
        self.message = None

    def send(self, message):
        with self.condition:
            while self.message is not None:
                self.condition.wait()
            self.message = message
            self.condition.notify_all()

    def receive(self):
        with self.condition:
            while self.message is None:
                self.condition.wait()
            message = self.message
            self.message = None
            self.condition.notify_all()
            return message


def serve(there, back):
    """Answers until a negative number comes."""
    while True:
        n = there.receive()
        if n < 0:
            break
        back.send(n * n % 10007 + 1)


def ask(there, back, count):
    total = 0
    for i in range(count):
        there.send(i)
        total = (total * 31 + back.receive()) % 1000000007
    there.send(-1)
    return total


def compute(turns, results):
    """What the busy thread does."""
    number = 1
    for _ in range(turns):
        number = (number * 1103515245 + 12345) % 2147483648
    results.append(number)


def run(scale, thread, threads):
    there, back = Line(), Line()
    results = []
    server = threading.Thread(target=serve, args=(there, back))
    busy = threading.Thread(target=compute, args=(1000000 * scale, results))
    server.start()
    busy.start()
    total = ask(there, back, 40 * scale)
    server.join()
    busy.join()
    return total * 31 + results[0]


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
