"""worker.py: a program of this folder as a worker of build/bench, in any Python.

    worker.py --list | --about
    worker.py --workload NAME --threads N --seconds S [-- ARGUMENTS]

The lines on stdin and stdout are those of the workers in C (workloads/README.md, "The
protocol"). A run of the program is an operation. A sample is the same number of runs in
each thread, so many as take about S seconds, from the moment when all begin to the moment
when all have ended; one thread is the main thread. What a program prints goes to stderr.
"""

import os
import sys
import threading
import time

SHARED = ("graph_search",)  # the others have data of their own in each thread
NOT_PROGRAMS = ("driver", "worker")
MASK = (1 << 64) - 1
here = os.path.dirname(os.path.abspath(__file__))
say = sys.stdout


def answer(text):
    say.write(text + "\n")
    say.flush()


def programs():
    for entry in sorted(os.listdir(here)):
        name, dot, kind = entry.partition(".")
        if kind == "py" and name not in NOT_PROGRAMS:
            yield name


def title(name):
    with open(here + "/" + name + ".py", encoding="utf-8") as file:
        first = file.readline()
    return first.partition(": ")[2].strip().rstrip(".")


def peak_bytes():
    """The most memory that was resident at a time; 0 if the system does not say."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


class Part:
    """What one thread does of a sample."""

    def __init__(self, run, thread, threads, barrier):
        self.run, self.thread, self.threads, self.barrier = run, thread, threads, barrier
        self.checksums = set()
        self.error = None
        self.nanoseconds = 0

    def work(self, runs):
        if self.barrier:
            self.barrier.wait()
        start = time.perf_counter_ns()
        try:
            for _ in range(runs):
                self.checksums.add(self.run(1, self.thread, self.threads) & MASK)
        except BaseException as error:
            self.error = error
        self.nanoseconds = time.perf_counter_ns() - start


def sample(run, threads, runs):
    """The parts, and the nanoseconds of the whole."""
    if threads == 1:
        parts = [Part(run, 0, 1, None)]
        parts[0].work(runs)
        whole = parts[0].nanoseconds
    else:
        barrier = threading.Barrier(threads + 1)
        parts = [Part(run, thread, threads, barrier) for thread in range(threads)]
        workers = [threading.Thread(target=part.work, args=(runs,)) for part in parts]
        for worker in workers:
            worker.start()
        barrier.wait()
        start = time.perf_counter_ns()
        for worker in workers:
            worker.join()
        whole = time.perf_counter_ns() - start
    for part in parts:
        if part.error:
            raise part.error
    return parts, max(whole, 1)


def checksum_of(parts, expected):
    found = set()
    for part in parts:
        found |= part.checksums
    if len(found) != 1:
        raise ValueError("runs with different checksums: %s" % sorted(found))
    checksum = found.pop()
    if expected is not None and checksum != expected & MASK:
        raise ValueError("checksum %d, but %d is right" % (checksum, expected))
    return checksum


def serve(name, threads, seconds):
    module = __import__(name)
    run, expected = module.run, module.EXPECTED.get(1)
    parts, whole = sample(run, threads, 1)  # this one warms up; the next one counts
    parts, whole = sample(run, threads, 1)
    runs = max(1, int(seconds * 1e9 / whole + 0.5))
    answer("ready batches=%d operations=1 checksum=0x%016x"
           % (runs, checksum_of(parts, expected)))
    for order in sys.stdin:
        order = order.strip()
        if order == "quit":
            break
        if order == "pauses":
            answer("pauses collections=0,0,0 bounds=0 stopped=0 to_stop=0")
            continue
        if order != "sample":
            raise ValueError("unknown order " + order)
        parts, whole = sample(run, threads, runs)
        each = ",".join(str(part.nanoseconds) for part in parts)
        answer("sample operations=%d nanoseconds=%d each=%s checksum=0x%016x peak=%d switches=0"
               % (runs * threads, whole, each, checksum_of(parts, expected), peak_bytes()))


def about():
    implementation = sys.version.split()[0]
    answer("policies=Python " + implementation)
    answer("compiler=" + " ".join(sys.version.split()[1:]))


def main(arguments):
    options = {"--workload": None, "--threads": "1", "--seconds": "0.2"}
    if arguments[:1] == ["--list"]:
        for name in programs():
            kind = "shared" if name in SHARED else "private"
            answer("%s\t%s\tthreads\t%s" % (name.replace("_", "-"), kind, title(name)))
        return 0
    if arguments[:1] == ["--about"]:
        about()
        return 0
    while arguments and arguments[0] != "--":
        if arguments[0] not in options or len(arguments) < 2:
            print("worker.py: what is " + arguments[0] + "?", file=sys.stderr)
            return 2
        options[arguments[0]] = arguments[1]
        arguments = arguments[2:]
    name = (options["--workload"] or "").replace("-", "_")
    if name not in programs():
        print("worker.py: there is no program " + name, file=sys.stderr)
        return 2
    sys.stdout = sys.stderr
    try:
        serve(name, int(options["--threads"]), float(options["--seconds"]))
    except Exception as error:
        answer("error %s: %s" % (type(error).__name__, error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
