"""spectral_norm.py: the norm of a matrix: calls of small functions, sums of floats.

The problem: the spectral norm (the root of the largest eigenvalue of A^T A) of the infinite
matrix A[i][j] = 1 / ((i + j) (i + j + 1) / 2 + i + 1), cut to n rows, by the power method.
From the description of 'spectral-norm' in the Computer Language Benchmarks Game, after
Hundred-Dollar, Hundred-Digit Challenge problem 3 (Trefethen, 2002).
"""

import math

EXPECTED = {1: 1274222872}


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    """A times the vector."""
    n = len(vector)
    return [sum(element(i, j) * vector[j] for j in range(n)) for i in range(n)]


def times_transposed(vector):
    n = len(vector)
    result = []
    for i in range(n):
        total = 0.0
        for j, v in enumerate(vector):
            total += element(j, i) * v
        result.append(total)
    return result


def dot(a, b):
    total = 0.0
    for x, y in zip(a, b):
        total += x * y
    return total


def norm(n):
    u = [1.0] * n
    for _ in range(5):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    return math.sqrt(dot(u, v) / dot(v, v))


def run(scale, thread, threads):
    checksum = 0
    for turn in range(scale):
        checksum += int(norm(150 + turn % 3) * 1e9)
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
