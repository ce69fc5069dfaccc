# timeit, by a clock of our own, so that all is exact.
import gc
import timeit


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except (Exception, SystemExit) as error:
        return type(error).__name__ + ': ' + str(error)


class Clock:
    """Each look takes as long as is said."""

    def __init__(self, step):
        self.now, self.step = 0.0, step

    def __call__(self):
        self.now += self.step
        return self.now


calls = []
print(timeit.timeit('calls.append(x)', 'x = 5', Clock(0.5), 3, {'calls': calls}), calls)
print(timeit.repeat('pass', repeat=3, number=2, timer=Clock(0.25)), timeit.default_timer is not None)
print(timeit.Timer(lambda: calls.append('stmt'), lambda: calls.append('setup'), Clock(1)).repeat(2, 2), calls)
print(timeit.Timer('x = 1\nif x:\n    calls.append("line")', 'from __main__ import calls', Clock(1)).timeit(1), calls[-1])
print(timeit.timeit('seen.append(gc.isenabled())', 'import gc', number=1, globals={'seen': calls}) >= 0, calls[-1], gc.isenabled())
print(attempt(timeit.Timer, 5), attempt(timeit.Timer, 'pass', 5), attempt(timeit.Timer, 'x +').split('(')[0], attempt(timeit.timeit, '1/0'), gc.isenabled())
print(attempt(timeit.Timer, 'return'), attempt(timeit.Timer, 'pass', 'return'), attempt(timeit.Timer, 'break').split('(')[0])
told = []
print(timeit.Timer('pass', timer=Clock(0.2)).autorange(lambda number, seconds: told.append((number, seconds))), told)


class Slower(Clock):
    def __call__(self):
        self.step *= 1.5
        return super().__call__()


print(timeit.Timer('pass', timer=Slower(0.001)).autorange(lambda number, seconds: told.append(number))[0], told[1:])

# the command
for arguments in (['-n', '4', 'pass'], ['-n4', '-r', '2', '-v', 'pass'], ['--number=1', '--unit=usec', 'x = 1', 'y = 2'],
                  ['-s', 'x = 1', '-s', 'y = 2', '-vv', '-n', '3', 'x + y'], ['-u', 'sec', 'pass'], ['-v', '-p', 'pass'], ['-n', '2', '-r', '0', '--', 'pass']):
    print(arguments)
    print(timeit.main(arguments, _wrap_timer=lambda timer: Clock(0.3)) or 0)
