# statistics: what comes out is exact, or rounded once.
import random
import statistics
from statistics import *


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except Exception as error:
        return type(error).__name__ + ': ' + str(error)


sets = [[1, 2, 3, 4], [1, 2, 3, 4, 5], [0.1] * 10, [1e100, 1.0, -1e100], [5], [2.5], [3, 3.5], [True, False, True], [10**30, 1, 2], [-1.5, 1.5],
        [1, 1, 2, 2, 3], [1e-300, 2e-300], [0, 0], [1e300, 1e300, 3e300], []]
generator = random.Random(7)
for size in (2, 3, 10, 101):
    sets.append([generator.random() for _ in range(size)])
    sets.append([generator.randrange(-1000, 1000) for _ in range(size)])
    sets.append([generator.gauss(1e6, 1e-3) for _ in range(size)])
for data in sets:
    for f in (mean, fmean, median, median_low, median_high, mode, multimode, variance, pvariance, stdev, pstdev, harmonic_mean, geometric_mean):
        answer = attempt(f, data)
        if f is geometric_mean and isinstance(answer, float):
            answer = '%.10g' % answer
        if f is multimode and len(data) > 12:
            answer = len(answer)
        print(f.__name__, answer)
    print(attempt(quantiles, data), attempt(quantiles, data, n=3, method='inclusive'), attempt(median_grouped, data))
print(mean(iter([1, 2, 4])), variance([1, 2, 6], 3), pvariance([1, 2, 6], 3), stdev([1, 2, 6], 3), attempt(quantiles, [1, 2], n=0), attempt(quantiles, [1, 2], method='x'))
print(fmean([1, 2, 3], [1, 1, 2]), attempt(fmean, [1, 2], [1]), attempt(fmean, [1, 2], [0, 0]), harmonic_mean([40, 60], [5, 30]), attempt(harmonic_mean, [1, 2], [1]), harmonic_mean([1, 0]))
print(mode('aabbb'), multimode('aabb'), multimode(''), attempt(mean, 'ab').split(':')[0], mean([float('inf'), 1]), mean([float('nan'), 1]), stdev([1, 1, 1]))
x, y = [1, 2, 3, 4.5, 9], [2, 1, 5, 4, 7.25]
print('%.12g %.12g' % (covariance(x, y), correlation(x, y)), attempt(correlation, [1, 1], [2, 3]), attempt(covariance, [1], [2]), attempt(covariance, [1], [2, 3]))
slope, intercept = linear_regression(x, y)
print('%.10g %.10g' % (slope, intercept), '%.10g' % linear_regression(x, y, proportional=True).slope, attempt(linear_regression, [1, 1], [2, 3]))
print(issubclass(StatisticsError, ValueError), type(linear_regression(x, y)).__name__, 'mean' in statistics.__all__)
