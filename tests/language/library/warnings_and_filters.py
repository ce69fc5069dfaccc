"""The module warnings: filters, recording, levels, what is shown."""
import io
import sys
import warnings
import typing

T = typing.TypeVar('T')


class G(typing.Generic[T]):
    pass


print(G[int], G[T])
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    warnings.warn('hello', DeprecationWarning)
    warnings.warn(UserWarning('as object'))
    print(len(w), [(x.category.__name__, str(x.message), x.lineno, x.filename == __file__) for x in w])
warnings.filterwarnings('ignore', 'ignored')
warnings.warn('ignored by its message')
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        warnings.warn('raised', FutureWarning)
    except FutureWarning as e:
        print(repr(e))


def old():
    warnings.warn('old', DeprecationWarning, stacklevel=2)


with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('default')
    for i in range(3):
        old()
    old()
    print([x.lineno for x in w])
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('once')
    for i in range(3):
        warnings.warn('only once')
    warnings.warn('only once')
    print(len(w))
sys.stderr = io.StringIO()
warnings.warn('shown')
warnings.warn_explicit('explicit', RuntimeWarning, 'nofile.py', 12)
print(sys.stderr.getvalue().replace(__file__, 'here'))
print(warnings.formatwarning('m', UserWarning, 'f', 1, 'line  '), end='')
for wrong in (lambda: warnings.warn('x', int), lambda: warnings.simplefilter('what')):
    try:
        wrong()
    except (TypeError, AssertionError) as e:
        print(type(e).__name__)
