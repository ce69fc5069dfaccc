# Exception groups: making and splitting them, except*.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e)
g = ExceptionGroup('g', [ValueError(1), TypeError(2), ExceptionGroup('h', [ValueError(3)])])
print(repr(g), str(g), g.message, g.exceptions)
print(g.split(ValueError))
print(g.subgroup((TypeError,)))
print(g.subgroup(lambda e: isinstance(e, KeyError)))
print(g.derive([KeyError(1)]))
show(ExceptionGroup)
show(ExceptionGroup, 1, [ValueError()])
show(ExceptionGroup, 'a', 5)
show(ExceptionGroup, 'a', [])
show(ExceptionGroup, 'a', [5])
show(ExceptionGroup, 'a', [KeyboardInterrupt()])
print(type(BaseExceptionGroup('a', [ValueError()])), type(BaseExceptionGroup('a', [KeyboardInterrupt()])))
try:
    raise ExceptionGroup('eg', [ValueError(1), TypeError(2)])
except* ValueError as eg:
    print('VE', eg.exceptions)
except* TypeError as eg:
    print('TE', eg.exceptions)
try:
    try:
        raise ValueError(5)
    except* TypeError:
        print('no')
except ValueError as e:
    print('through', repr(e))
