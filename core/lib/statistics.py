"""statistics: means, medians and spreads of ints and floats.

Sums are exact: each number is a ratio of whole numbers, and is rounded once, at the end.
"""

import math
from collections import Counter, namedtuple

__all__ = ['StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean',
           'harmonic_mean', 'linear_regression', 'mean', 'median', 'median_grouped',
           'median_high', 'median_low', 'mode', 'multimode', 'pstdev', 'pvariance',
           'quantiles', 'stdev', 'variance']


class StatisticsError(ValueError):
    pass


# ---- exact sums: (numerator, denominator), denominator > 0 ----

def _ratio(x):
    try:
        return x.as_integer_ratio()
    except AttributeError:
        raise TypeError("can't convert type '%s' to numerator/denominator"
                        % type(x).__name__) from None


def _sum_of(numbers):
    """(sum, how many, is one a float?); the sum is a float if it is inf or nan."""
    by_denominator = {}
    count = 0
    is_float = False
    odd = None  # the sum of what is no ratio
    for x in numbers:
        count += 1
        if isinstance(x, float):
            is_float = True
            if not math.isfinite(x):
                odd = x if odd is None else odd + x
                continue
        n, d = _ratio(x)
        by_denominator[d] = by_denominator.get(d, 0) + n
    if odd is not None:
        return odd, count, True
    whole = math.lcm(*by_denominator)
    return (sum(n * (whole // d) for d, n in by_denominator.items()), whole), count, is_float


def _number(numerator, denominator, is_float):
    """As the data are: an int if it is one and they were."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if not is_float and numerator % denominator == 0:
        return numerator // denominator
    return numerator / denominator


def _root(n, d):
    """The float nearest to the square root of n / d: enough bits by whole numbers, the last
    of them 1 if there is a rest, then one rounding."""
    if n == 0:
        return 0.0
    shift = 2 * max(0, 60 - (n.bit_length() - d.bit_length()) // 2)
    whole, rest = divmod(n << shift, d)
    root = math.isqrt(whole)
    if rest or root * root != whole:
        root |= 1
    return root / (1 << shift // 2)


# ---- means ----

def mean(data):
    total, count, is_float = _sum_of(data)
    if not count:
        raise StatisticsError('mean requires at least one data point')
    if isinstance(total, float):
        return total
    return _number(total[0], total[1] * count, is_float)


def fmean(data, weights=None):
    """Quicker than mean, and always a float."""
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    below = math.fsum(weights)
    if not below:
        raise StatisticsError('sum of weights must be non-zero')
    return math.fsum(x * w for x, w in zip(data, weights)) / below


def geometric_mean(data):
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset '
                              'containing positive numbers') from None


def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if weights is None:
        weights = [1] * len(data)
    else:
        weights = list(weights)
        if len(weights) != len(data):
            raise StatisticsError('Number of weights does not match data size')
        if any(w < 0 for w in weights):
            raise StatisticsError('harmonic mean does not support negative values')
    if any(x < 0 for x in data):
        raise StatisticsError('harmonic mean does not support negative values')
    if len(data) == 1:
        return data[0]
    if any(x == 0 for x in data):
        return 0
    above, _, _ = _sum_of(weights)
    below, _, is_float = _sum_of(w / x if w else 0 for x, w in zip(data, weights))
    if isinstance(below, float):
        return above[0] / above[1] / below
    if below[0] <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _number(above[0] * below[1], above[1] * below[0], is_float)


# ---- medians and modes ----

def _sorted(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data


def median(data):
    data = _sorted(data)
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def median_low(data):
    data = _sorted(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = _sorted(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1):
    """Of data that are the middles of intervals."""
    data = _sorted(data)
    x = data[len(data) // 2]
    below = sum(y < x for y in data)
    among = data.count(x)
    return float(x) - interval / 2 + interval * (len(data) / 2 - below) / among


def mode(data):
    """The most frequent; of several, the first."""
    found = Counter(iter(data)).most_common(1)
    if not found:
        raise StatisticsError('no mode for empty data')
    return found[0][0]


def multimode(data):
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The n - 1 values between n parts of the same size."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    if method not in ('inclusive', 'exclusive'):
        raise ValueError('Unknown method: %r' % (method,))
    cuts = []
    for i in range(1, n):
        if method == 'inclusive':
            at, over = divmod(i * (size - 1), n)
            left, right = data[at], data[at + 1]
        else:
            at = min(max(i * (size + 1) // n, 1), size - 1)
            over = i * (size + 1) - at * n
            left, right = data[at - 1], data[at]
        cuts.append((left * (n - over) + right * over) / n)
    return cuts


# ---- spreads ----

def _squares(data, center, least, text):
    """(numerator, denominator) of the sum of the squares of the differences from the center,
    or else the mean; how many; is one a float?"""
    data = list(data)
    if len(data) < least:
        raise StatisticsError(text)
    total, count, is_float = _sum_of(data)
    if isinstance(total, float):
        return (math.nan, 1), count, True
    if center is None:
        above, below = total[0], total[1] * count
    else:
        above, below = _ratio(center)
    squares, _, _ = _sum_of(_Ratio(_ratio(x), above, below) for x in data)
    return squares, count, is_float


class _Ratio:
    """The square of a difference, for _sum_of."""

    def __init__(self, x, above, below):
        self.ratio = (x[0] * below - above * x[1]) ** 2, (x[1] * below) ** 2

    def as_integer_ratio(self):
        return self.ratio


def _spread(squares, count, is_float):
    if squares[0] != squares[0]:
        return math.nan
    return _number(squares[0], squares[1] * count, is_float)


def variance(data, xbar=None):
    """Of a sample: divided by one less."""
    squares, count, is_float = _squares(data, xbar, 2,
                                        'variance requires at least two data points')
    return _spread(squares, count - 1, is_float)


def pvariance(data, mu=None):
    """Of all there are."""
    squares, count, is_float = _squares(data, mu, 1,
                                        'pvariance requires at least one data point')
    return _spread(squares, count, is_float)


def stdev(data, xbar=None):
    squares, count, _ = _squares(data, xbar, 2, 'stdev requires at least two data points')
    return _root(squares[0], squares[1] * (count - 1)) if squares[0] == squares[0] else math.nan


def pstdev(data, mu=None):
    squares, count, _ = _squares(data, mu, 1, 'pstdev requires at least one data point')
    return _root(squares[0], squares[1] * count) if squares[0] == squares[0] else math.nan


# ---- two variables ----

def _two(x, y, name):
    if len(x) != len(y):
        raise StatisticsError(name + ' requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError(name + ' requires at least two data points')
    x_mean, y_mean = math.fsum(x) / len(x), math.fsum(y) / len(y)
    xy = math.fsum((a - x_mean) * (b - y_mean) for a, b in zip(x, y))
    xx = math.fsum((a - x_mean) * (a - x_mean) for a in x)
    yy = math.fsum((b - y_mean) * (b - y_mean) for b in y)
    return x_mean, y_mean, xy, xx, yy


def covariance(x, y, /):
    return _two(x, y, 'covariance')[2] / (len(x) - 1)


def correlation(x, y, /):
    _, _, xy, xx, yy = _two(x, y, 'correlation')
    try:
        return xy / math.sqrt(xx * yy)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant') from None


LinearRegression = namedtuple('LinearRegression', ('slope', 'intercept'))


def linear_regression(x, y, /, *, proportional=False):
    x_mean, y_mean, xy, xx, _ = _two(x, y, 'linear regression')
    if proportional:
        xy = math.fsum(a * b for a, b in zip(x, y))
        xx = math.fsum(a * a for a in x)
    try:
        slope = xy / xx
    except ZeroDivisionError:
        raise StatisticsError('x is constant') from None
    intercept = 0.0 if proportional else y_mean - slope * x_mean
    return LinearRegression(slope=slope, intercept=intercept)
