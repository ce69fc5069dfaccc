"""n_queens.py: queens that do not attack each other: recursion, sets, generators.

The problem: in how many ways can n queens stand on a board of n by n? Max Bezzel's (1848),
solved by going back one row where there is no place (Wirth, 1971).
"""

EXPECTED = {1: 442275405}


def solutions(n, row=0, columns=(), rising=frozenset(), falling=frozenset()):
    """Yields the columns of the queens, row by row: each step makes new sets."""
    if row == n:
        yield columns
        return
    for column in range(n):
        if column not in columns and row + column not in rising \
                and row - column not in falling:
            yield from solutions(n, row + 1, columns + (column,),
                                 rising | {row + column}, falling | {row - column})


class Board:
    """The same with one board that is changed and changed back."""

    def __init__(self, n):
        self.n = n
        self.columns = [False] * n
        self.rising = [False] * (2 * n)
        self.falling = [False] * (2 * n)
        self.count = 0

    def place(self, row):
        n = self.n
        if row == n:
            self.count += 1
            return
        columns, rising, falling = self.columns, self.rising, self.falling
        for column in range(n):
            if columns[column] or rising[row + column] or falling[row - column + n]:
                continue
            columns[column] = rising[row + column] = falling[row - column + n] = True
            self.place(row + 1)
            columns[column] = rising[row + column] = falling[row - column + n] = False


def run(scale, thread, threads):
    checksum = 0
    for _ in range(scale):
        for columns in solutions(9):
            for column in columns:
                checksum = (checksum * 10 + column) % 1000000007
        board = Board(9)
        board.place(0)
        checksum += board.count
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
