"""mandelbrot.py: the Mandelbrot set: one tight loop of floats.

The problem: for each point c of a grid, how soon does z -> z * z + c leave the circle of
radius 2, if at all? The set is Benoit Mandelbrot's (1980); the grid that of 'mandelbrot' in
the Computer Language Benchmarks Game.
"""

EXPECTED = {1: 231211608}
LIMIT = 50


def steps_to_leave(cr, ci):
    zr = zi = 0.0
    for step in range(LIMIT):
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return step
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return LIMIT


def picture(size):
    """One row of bits after the other: is the point in the set?"""
    rows = []
    steps = 0
    for y in range(size):
        bits = 0
        ci = 2.0 * y / size - 1.0
        for x in range(size):
            left = steps_to_leave(2.0 * x / size - 1.5, ci)
            bits = bits << 1 | (left == LIMIT)
            steps += left
        rows.append(bits)
    return rows, steps


def run(scale, thread, threads):
    checksum = 0
    for turn in range(scale):
        rows, steps = picture(200 + turn % 5)
        checksum += steps
        for bits in rows:
            checksum = (checksum * 31 + bits) % 1000000007
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
