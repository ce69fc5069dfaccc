"""countdown.py: a loop that counts down: nothing but the interpreter, and the GIL.

The problem: does the same work in two threads take longer than one after the other? From D.
Beazley, 'Inside the Python GIL' (2009) and 'Understanding the Python GIL' (PyCon 2010),
whose function this is, with the number of turns as its result.
"""

EXPECTED = {1: 3000000}


def countdown(n):
    start = n
    while n > 0:
        n -= 1
    return start - n


def run(scale, thread, threads):
    return sum(countdown(1000000) for _ in range(3 * scale))


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
