# Exception groups are printed as trees.
# with stderr
def f():
    raise ValueError(1)
def mk():
    try:
        f()
    except ValueError as e:
        return e
def wrap():
    try:
        raise ExceptionGroup('inner', [mk(), TypeError('t')])
    except ExceptionGroup as e:
        return e
try:
    raise KeyError('before')
except KeyError:
    raise ExceptionGroup('outer', [mk(), wrap(), OSError(2,'No','f')])
