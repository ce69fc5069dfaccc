# raise, from, except, except*, finally and with, where something about them is wrong.
def run(f):
    try:
        print(f.__name__, f())
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, '| cause', repr(e.__cause__), '| context', repr(e.__context__))

def nothing_to_reraise(): raise
def not_an_exception(): raise 5
def a_class_that_is_none(): raise int
def not_a_cause(): raise ValueError('v') from 5
def a_class_as_cause(): raise ValueError('v') from KeyError
def no_cause():
    try: raise KeyError('k')
    except KeyError: raise ValueError('v') from None
def a_context():
    try: raise KeyError('k')
    except KeyError: raise ValueError('v')
def makes_no_exception():
    class Odd(Exception):
        def __new__(cls): return 5
    raise Odd
def fails_to_be_made():
    class Needs(Exception):
        def __init__(self, a): pass
    raise Needs
def cause_fails_to_be_made():
    class Needs(Exception):
        def __init__(self, a): pass
    raise ValueError from Needs
def catches_no_class():
    try: raise KeyError('k')
    except 5: pass
def catches_a_tuple_with_none():
    try: raise KeyError('k')
    except (ValueError, 'text'): pass
def catches_deep_tuple():
    try: raise KeyError('k')
    except ((ValueError,), KeyError): return 'in'
def catches_list():
    try: raise KeyError('k')
    except [KeyError]: pass
def finally_wins():
    try: raise KeyError('k')
    finally: return 'finally'
def finally_fails():
    try: raise KeyError('k')
    finally: raise ValueError('in finally')
def continue_in_finally():
    out = []
    for i in range(3):
        try: raise KeyError(i)
        finally:
            out.append(i)
            continue
    return out
def break_in_finally():
    while True:
        try: return 'returned'
        finally: break
    return 'broken'
def reraise_outer():
    try: raise KeyError('outer')
    except KeyError:
        try: raise ValueError('inner')
        except ValueError: pass
        raise
for f in (nothing_to_reraise, not_an_exception, a_class_that_is_none, not_a_cause, a_class_as_cause, no_cause, a_context, makes_no_exception, fails_to_be_made, cause_fails_to_be_made, catches_no_class, catches_a_tuple_with_none, catches_deep_tuple, catches_list, finally_wins, finally_fails, continue_in_finally, break_in_finally, reraise_outer):
    run(f)

# ---- with ----
class Only:
    def __init__(self, *names):
        self.__class__ = type('Only', (), {n: lambda self, *a: print(n, [type(x).__name__ for x in a]) for n in names})
def with_neither():
    with 5: pass
def with_enter_only():
    with Only('__enter__'): pass
def with_exit_only():
    with Only('__exit__'): pass
class Manager:
    def __init__(self, enter=None, leave=None): self.enter, self.leave = enter, leave
    def __enter__(self):
        if self.enter: raise self.enter
        return self
    def __exit__(self, *args):
        print('exit', args[0] and args[0].__name__, args[1])
        if isinstance(self.leave, Exception): raise self.leave
        return self.leave
def enter_fails():
    with Manager(ValueError('enter')): print('not here')
def exit_fails():
    with Manager(leave=ValueError('exit')): print('body')
def both_fail():
    with Manager(leave=ValueError('exit')): raise KeyError('body')
def swallowed():
    with Manager(leave=True), Manager(): raise KeyError('body')
    return 'on'
class NoBool:
    def __bool__(self): raise TypeError('no truth')
def truth_fails():
    with Manager(leave=NoBool()): raise KeyError('body')
def leaves_early():
    for i in range(2):
        with Manager() as m, Manager(leave=True):
            if not i: continue
            return i
def second_enter_fails():
    with Manager(leave=True), Manager(ValueError('second')): pass
    return 'swallowed'
for f in (with_neither, with_enter_only, with_exit_only, enter_fails, exit_fails, both_fail, swallowed, truth_fails, leaves_early, second_enter_fails):
    run(f)

# ---- except* ----
def star(error, *handlers):
    def f():
        try:
            raise error
        except* handlers[0][0] as e:
            print('first', repr(e))
            handlers[0][1](e)
        except* handlers[1][0] as e:
            print('second', repr(e))
            handlers[1][1](e)
        else:
            print('else')
        finally:
            print('finally')
        return 'done'
    run(f)
ok = lambda e: None
def new(e): raise RuntimeError('new')
def again(e): raise e
def other(e): raise TypeError('other') from e
group = lambda *es: ExceptionGroup('g', es)
star(ValueError(1), (ValueError, ok), (TypeError, ok))
star(ValueError(1), (ValueError, new), (TypeError, ok))
star(ValueError(1), (ValueError, again), (TypeError, ok))
star(ValueError(1), (KeyError, ok), (TypeError, ok))
star(KeyboardInterrupt('k'), (KeyboardInterrupt, ok), (TypeError, ok))
star(group(ValueError(1), TypeError(2)), (ValueError, ok), (TypeError, ok))
star(group(ValueError(1), TypeError(2)), (ValueError, new), (TypeError, other))
star(group(ValueError(1), TypeError(2), KeyError(3)), (ValueError, new), (TypeError, ok))
star(group(ValueError(1), TypeError(2), KeyError(3)), (ValueError, again), (TypeError, ok))
star(group(ValueError(1), TypeError(2)), ((ValueError, TypeError), ok), (Exception, ok))
star(group(ValueError(1), group(TypeError(2), ValueError(3))), (ValueError, ok), (OSError, ok))
star(group(ValueError(1)), (ExceptionGroup, ok), (ValueError, ok))
star(group(ValueError(1)), (5, ok), (ValueError, ok))
star(ValueError(1), (5, ok), (ValueError, ok))
star(group(ValueError(1), TypeError(2)), (ValueError, again), (TypeError, again))
def nested():
    try:
        try: raise group(ValueError(1), TypeError(2))
        except* ValueError: print('inner')
    except* TypeError as e: print('outer', repr(e))
    return 'nested'
run(nested)
def nothing_raised():
    try: pass
    except* ValueError: pass
    else: return 'else'
run(nothing_raised)

# ---- names at the end of handlers, tracebacks that are changed ----
import sys, traceback
def deep(n):
    if n: deep(n - 1)
    else: raise ValueError('deep')
try: deep(3)
except ValueError as e:
    tb = e.__traceback__
    print([f.name for f in traceback.extract_tb(tb)], tb.tb_lineno, tb.tb_frame.f_code.co_name, type(tb.tb_lasti).__name__)
    second = tb.tb_next
    tb.tb_next = second.tb_next.tb_next
    print([f.name for f in traceback.extract_tb(tb)])
    for value in (5, tb):
        try: second.tb_next.tb_next = value
        except (TypeError, ValueError) as x: print(type(x).__name__, x)
    try: tb.tb_next = tb
    except ValueError as x: print(type(x).__name__, x)
    try: del tb.tb_next
    except (TypeError, AttributeError) as x: print(type(x).__name__, x)
    tb.tb_next = None
    print([f.name for f in traceback.extract_tb(tb)], e.with_traceback(None).__traceback__)
try: print(e)
except NameError as x: print(x)
print(sys.exc_info())
