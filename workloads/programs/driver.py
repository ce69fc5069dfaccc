"""driver.py: the main of every program in this folder.

    PROGRAM.py [--threads N] [--scale N] [--seconds S]

runs run(scale, thread, threads) of the program in N threads at once, again and again until
S seconds have passed (once, if S is 0), and prints one line of JSON: the program's name, the
threads, the seconds from the moment when all began to the moment when all had ended, the
runs of all threads together, the checksum, and whether it is the expected one (null: the
program does not say what to expect of that scale). Ends with 1 if it is not, or if runs
differ, else with 0.
"""

import sys
import threading
import time

USAGE = "usage: %s [--threads N] [--scale N] [--seconds S]"


def read_options(arguments):
    """The options as a dict, or None if they make no sense."""
    options = {"threads": 1, "scale": 1, "seconds": 0.0}
    at = 0
    while at < len(arguments):
        name, equals, text = arguments[at].partition("=")
        name = name[2:] if name.startswith("--") else ""
        if name not in options:
            return None
        if not equals:
            at += 1
            if at == len(arguments):
                return None
            text = arguments[at]
        try:
            options[name] = type(options[name])(text)
        except ValueError:
            return None
        at += 1
    if options["threads"] < 1 or options["scale"] < 1 or options["seconds"] < 0:
        return None
    return options


class Worker:
    """What one thread does, and what came of it."""

    def __init__(self, run, options, thread, barrier):
        self.run = run
        self.options = options
        self.thread = thread
        self.barrier = barrier
        self.checksums = []
        self.error = None

    def work(self):
        options = self.options
        if self.barrier:
            self.barrier.wait()
        end = time.perf_counter() + options["seconds"]
        try:
            while True:
                self.checksums.append(
                    self.run(options["scale"], self.thread, options["threads"]))
                if time.perf_counter() >= end:
                    break
        except BaseException as error:
            self.error = error
            raise


def work_alone(run, options):
    """In the main thread. Returns the workers and the seconds."""
    worker = Worker(run, options, 0, None)
    start = time.perf_counter()
    worker.work()
    return [worker], time.perf_counter() - start


def work_together(run, options):
    count = options["threads"]
    barrier = threading.Barrier(count + 1)
    workers = [Worker(run, options, thread, barrier) for thread in range(count)]
    threads = [threading.Thread(target=worker.work) for worker in workers]
    for thread in threads:
        thread.start()
    barrier.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    return workers, time.perf_counter() - start


def main(run, expected):
    name = sys.argv[0].replace("\\", "/").split("/")[-1]
    options = read_options(sys.argv[1:])
    if options is None:
        print(USAGE % name, file=sys.stderr)
        sys.exit(2)
    together = options["threads"] > 1
    workers, seconds = (work_together if together else work_alone)(run, options)
    if any(worker.error for worker in workers):
        sys.exit(1)
    checksums = [checksum for worker in workers for checksum in worker.checksums]
    checksum = checksums[0]
    same = all(other == checksum for other in checksums)
    known = options["scale"] in expected
    right = same and (not known or checksum == expected[options["scale"]])
    verdict = "false" if not right else "true" if known else "null"
    if name.endswith(".py"):
        name = name[:-3]
    print('{"name": "%s", "threads": %d, "seconds": %.6f, "runs": %d, "checksum": %d, '
          '"expected": %s}'
          % (name, options["threads"], seconds, len(checksums), checksum, verdict))
    sys.exit(0 if right else 1)
