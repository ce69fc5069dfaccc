"""big_int_digits.py: digits of pi and other long numbers: ints of thousands of bits.

The problem: the decimal digits of pi, one after the other, with whole numbers alone. J.
Gibbons, 'Unbounded Spigot Algorithms for the Digits of Pi' (American Mathematical Monthly
113(4), 2006), from Lambert's series. Then powers, factorials and square roots (Newton) of
such numbers, and their digits.
"""

EXPECTED = {1: 1848450143026565619}


def pi_digits():
    """Yields 3, 1, 4, 1, 5, ..."""
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = (q * k, (2 * q + r) * l, t * l, k + 1,
                                (q * (7 * k + 2) + r * l) // (t * l), l + 2)


def square_root(n):
    """The greatest whole number whose square is at most n."""
    if n == 0:
        return 0
    root = 1 << (n.bit_length() + 1) // 2
    while True:
        better = (root + n // root) // 2
        if better >= root:
            return root
        root = better


def factorial(n, start=1):
    """start * (start + 1) * ... * n, the halves multiplied with each other."""
    if n - start < 8:
        product = 1
        for i in range(start, n + 1):
            product *= i
        return product
    middle = (start + n) // 2
    return factorial(middle, start) * factorial(n, middle + 1)


def digit_sum(n):
    return sum(int(c) * (i % 9 + 1) for i, c in enumerate(str(n)))


def run(scale, thread, threads):
    checksum = 0
    digits = pi_digits()
    for _ in range(900 * scale):
        checksum = (checksum * 10 + next(digits)) % 1000000007
    for turn in range(scale):
        root = square_root(2 * 10 ** (1600 + turn % 3))
        checksum += digit_sum(root)
        product = factorial(600 + turn % 3)
        checksum += digit_sum(product) + product % (2 ** 61 - 1)
        power = pow(3, product, 2 ** 127 - 1)
        checksum += power % 1000000007 + digit_sum(7 ** 1200)
        checksum += (product ^ root) % 1000003 + (root >> 1000 & 0xFFFFFF) + -root % 997
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
