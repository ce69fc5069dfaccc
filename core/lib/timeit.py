"""timeit: how long does a small piece of code take?

    gilt -m timeit [-n N] [-r N] [-u UNIT] [-s SETUP] [-p] [-v] [-h] [STATEMENT ...]

  -n N      executions in each sample; if not given, as many as take 0.2 s or more
  -r N      samples (5)
  -u UNIT   nsec, usec, msec or sec
  -s SETUP  what is executed once at the beginning of each sample (pass); each is a line
  -p        the time of the process, not that of the clock
  -v        more digits, and all samples
  STATEMENT what is timed (pass); each is a line

The least of the samples says what the code takes; what others have more comes from whatever
else the machine did. The collector is off meanwhile, unless the setup enables it.
"""

import gc
import itertools
import sys
import time
import traceback

__all__ = ['Timer', 'timeit', 'repeat', 'default_timer']

default_timer = time.perf_counter
default_number = 1000000
default_repeat = 5

# The loop is in a function of its own, so that names of the statement are local variables.
_SOURCE = """
def inner(_it, _timer{parameters}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {statement}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""
_NAME = '<timeit-src>'
_UNITS = {'nsec': 1e-9, 'usec': 1e-6, 'msec': 1e-3, 'sec': 1.0}


def _indented(text, by):
    return text.replace('\n', '\n' + ' ' * by)


class Timer:
    """Times a statement, a text or something to call, after a setup of the same kind."""

    def __init__(self, stmt='pass', setup='pass', timer=default_timer, globals=None):
        self.timer = timer
        space = {}
        parameters = ''
        if isinstance(setup, str):
            compile(setup, _NAME, 'exec')  # by itself, or a `return` would be no mistake
            setup_text = _indented(setup, 4)
        elif callable(setup):
            space['_setup'] = setup
            parameters = ', _setup=_setup'
            setup_text = '_setup()'
        else:
            raise ValueError('setup is neither a string nor callable')
        if isinstance(stmt, str):
            before = setup + '\n' if isinstance(setup, str) else ''
            compile(before + stmt, _NAME, 'exec')
            statement = _indented(stmt, 8)
        elif callable(stmt):
            space['_stmt'] = stmt
            parameters += ', _stmt=_stmt'
            statement = '_stmt()'
        else:
            raise ValueError('stmt is neither a string nor callable')
        self.src = _SOURCE.format(parameters=parameters, setup=setup_text,
                                  statement=statement)
        names = _own_names() if globals is None else globals
        exec(compile(self.src, _NAME, 'exec'), names, space)
        self.inner = space['inner']

    def print_exc(self, file=None):
        """What the timed code raised."""
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Seconds for so many executions."""
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if was_enabled:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """(number, seconds), for 1, 2, 5, 10, 20, ... executions until 0.2 s are reached."""
        scale = 1
        while True:
            for digit in 1, 2, 5:
                number = digit * scale
                seconds = self.timeit(number)
                if callback:
                    callback(number, seconds)
                if seconds >= 0.2:
                    return number, seconds
            scale *= 10


def _own_names():
    return globals()


def timeit(stmt='pass', setup='pass', timer=default_timer, number=default_number,
           globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt='pass', setup='pass', timer=default_timer, repeat=default_repeat,
           number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


# ---- the command ----

class _Options:
    def __init__(self):
        self.number = 0
        self.repeat = default_repeat
        self.unit = None
        self.setup = []
        self.timer = default_timer
        self.verbose = 0


_LONG = {'--number': '-n', '--repeat': '-r', '--unit': '-u', '--setup': '-s',
         '--process': '-p', '--verbose': '-v', '--help': '-h'}


def _read(arguments):
    """(options, lines of the statement), or what is wrong, a str; None: help is wanted."""
    options = _Options()
    rest = list(arguments)
    while rest and rest[0].startswith('-') and rest[0] != '-':
        text = rest.pop(0)
        if text == '--':
            break
        name, equals, value = text.partition('=')
        if name in _LONG:
            name = _LONG[name]
        else:
            name, value, equals = text[:2], text[2:], len(text) > 2
        if name == '-h':
            return None
        if name in ('-v', '-p'):
            options.verbose += name == '-v'
            if name == '-p':
                options.timer = time.process_time
            if equals:
                rest.insert(0, '-' + value)
            continue
        if name not in ('-n', '-r', '-u', '-s'):
            return 'option %s not recognized' % text
        if not equals:
            if not rest:
                return 'option %s requires argument' % text
            value = rest.pop(0)
        if name == '-s':
            options.setup.append(value)
        elif name == '-u':
            if value not in _UNITS:
                return 'Unrecognized unit. Please select nsec, usec, msec, or sec.'
            options.unit = value
        else:
            try:
                number = int(value)
            except ValueError:
                return 'option %s wants a whole number, not %s' % (name, value)
            if name == '-n':
                options.number = number
            else:
                options.repeat = max(1, number)
    return options, rest


def main(args=None, *, _wrap_timer=None):
    """The command line; the exit code."""
    read = _read(sys.argv[1:] if args is None else args)
    if read is None:
        print(__doc__, end='')
        return 0
    if isinstance(read, str):
        print(read, file=sys.stderr)
        print('use -h/--help for command line help', file=sys.stderr)
        return 2
    options, lines = read
    wrap = _wrap_timer or (lambda timer: timer)
    digits = 3 + max(0, options.verbose - 1)

    def shown(seconds):
        unit = options.unit or next((name for name in reversed(_UNITS)
                                     if seconds >= _UNITS[name]), 'nsec')
        return '%.*g %s' % (digits, seconds / _UNITS[unit], unit)

    def tell(number, seconds):
        if options.verbose:
            print('%d loop%s -> %s' % (number, 's' if number != 1 else '',
                                       '%.*g secs' % (digits, seconds)))

    try:
        timer = Timer('\n'.join(lines) or 'pass', '\n'.join(options.setup) or 'pass',
                      wrap(options.timer))
        number = options.number or timer.autorange(tell)[0]
        if options.verbose and not options.number:
            print()
        samples = timer.repeat(options.repeat, number)
    except BaseException as error:
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            raise
        traceback.print_exc()
        return 1
    if options.verbose:
        print('raw times: %s\n' % ', '.join(map(shown, samples)))
    best = min(samples)
    print('%d loop%s, best of %d: %s per loop'
          % (number, 's' if number != 1 else '', options.repeat, shown(best / number)))
    if max(samples) >= best * 4:
        print('The worst of them took %.1f times as long: something else was running.'
              % (max(samples) / best if best else 0), file=sys.stderr)
    return 0


if __name__ == '__main__':
    sys.exit(main())
