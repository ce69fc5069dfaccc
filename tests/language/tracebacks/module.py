# The module traceback.
import io
import sys
import traceback


def fails(n):
    return [1, 2][n]


def calls(n):
    try:
        fails(n)
    except IndexError as e:
        raise KeyError('outer') from e


try:
    calls(5)
except KeyError as e:
    print(traceback.format_exc())
    print(traceback.format_exc(chain=False))
    traceback.print_exc(file=sys.stdout)
    print(''.join(traceback.format_exception(e)) == traceback.format_exc())
    print(traceback.format_exception_only(e), traceback.format_exception_only(KeyError, e))
    print(traceback.format_tb(e.__traceback__))
    traceback.print_tb(e.__traceback__, file=sys.stdout)
    for frame in traceback.extract_tb(e.__traceback__):
        print(frame.lineno, frame.name, frame.line, len(frame), frame[2])
    out = io.StringIO()
    traceback.print_exception(type(e), e, e.__traceback__, file=out)
    print(out.getvalue() == traceback.format_exc())
    print([(f.f_code.co_name, line) for f, line in traceback.walk_tb(e.__traceback__)])
print(traceback.format_exc())
print(traceback.format_list([('a.py', 3, 'f', 'x = 1'), ('b.py', 4, 'g', None)]))
