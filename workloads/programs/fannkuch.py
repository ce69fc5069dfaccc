"""fannkuch.py: flipping pancakes: short lists of small ints, slices, loops.

The problem: for each permutation of 1..n, look at the first number k, reverse the first k
numbers, and so on until the first is 1; how many flips does it take at most? From K.
Anderson and D. Rettig, 'Performing Lisp Analysis of the FANNKUCH Benchmark' (1994); the
checksum (flips counted with alternating sign) is that of the Computer Language Benchmarks
Game.
"""

EXPECTED = {1: 161622}


def count_flips(permutation):
    numbers = permutation[:]
    flips = 0
    first = numbers[0]
    while first:
        numbers[:first + 1] = numbers[first::-1]
        flips += 1
        first = numbers[0]
    return flips


def next_permutation(permutation, counts, n):
    """Goes on to the next one, in the order in which each step turns the first few numbers
    round by one place. False: that was the last."""
    for size in range(1, n):
        first = permutation[0]
        for i in range(size):
            permutation[i] = permutation[i + 1]
        permutation[size] = first
        counts[size] -= 1
        if counts[size] >= 0:
            return True
        counts[size] = size
    return False


def fannkuch(n):
    permutation = list(range(n))
    counts = list(range(n))
    most = checksum = 0
    sign = 1
    while True:
        flips = count_flips(permutation)
        if flips > most:
            most = flips
        checksum += sign * flips
        sign = -sign
        if not next_permutation(permutation, counts, n):
            return checksum, most


def run(scale, thread, threads):
    total = 0
    for _ in range(scale):
        checksum, most = fannkuch(8)
        total += checksum * 100 + most
    return total


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
