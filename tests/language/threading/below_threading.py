# The module _thread, below threading: threads from functions, locks that know little, RLocks.
import _thread
import threading
import time


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def wait_for(condition):
    while not condition(): time.sleep(0.001)


out = []
done = _thread.allocate_lock()
done.acquire()
def work(*arguments, **more):
    out.append((arguments, more))
    done.release()
print(type(_thread.start_new_thread(work, (1, 2), {"x": 3})), done.acquire(), out, isinstance(_thread.get_ident(), int), _thread.get_ident() == threading.get_ident())
_thread.start_new_thread(work, ())
done.acquire()
_thread.start_new_thread(work, (5,), {})
done.acquire()
print(out, attempt(_thread.start_new_thread, 5, ()), attempt(_thread.start_new_thread, work, []), attempt(_thread.start_new_thread, work, (), 5), attempt(_thread.start_new_thread, work)[:9])


# A thread may leave at any time: SystemExit just ends it, without a word.
def leave():
    try: _thread.exit()
    finally: done.release()
def leave_with_text():
    try: raise SystemExit("not printed")
    finally: done.release()
for function in leave, leave_with_text:
    _thread.start_new_thread(function, ())
    done.acquire()
wait_for(lambda: _thread._count() == 0)
print(_thread._count(), attempt(lambda: _thread.exit.__name__), _thread.TIMEOUT_MAX > 10**6, _thread.error is RuntimeError, _thread.LockType is type(done))
try: _thread.exit()
except SystemExit as error: print(repr(error), error.code)

print(_thread.stack_size(), attempt(_thread.stack_size, 5), attempt(_thread.stack_size, -1), attempt(_thread.stack_size, "x"), _thread.stack_size(2**20), _thread.stack_size(0), _thread.stack_size())
try:
    _thread.interrupt_main()
    time.sleep(5)
except KeyboardInterrupt as error:
    print("interrupted", repr(error))
print(attempt(_thread.interrupt_main, 0), attempt(_thread.interrupt_main, 1000), attempt(_thread.interrupt_main, "x"))

# Locks.
done.release()
print(done.locked(), done.acquire(), done.locked(), done.acquire(False), done.acquire(timeout=0.01), attempt(done.acquire, False, 5), attempt(done.acquire, True, "x")[:9])
print(str(done)[:27], done.release(), str(done)[:29], attempt(done.release), done.__enter__(), done.__exit__(None, None, None))
r = _thread.RLock()
print(r.acquire(), r.acquire(blocking=False), r._is_owned(), str(r)[:29], "count=2" in str(r), r.release(), r.release(), r._is_owned(), attempt(r.release), str(r)[:31], "owner=0 count=0" in str(r))
def other(): out.append((r._is_owned(), r.acquire(False), attempt(r.release)))
with r:
    r.acquire()
    state = r._release_save()
    print(r._is_owned())
    r._acquire_restore(state)
    print(r._is_owned(), "count=2" in str(r))
    t = threading.Thread(target=other)
    t.start()
    t.join()
    r.release()
print(out[-1], attempt(r._release_save),)


# local: each thread its own; arguments only where a class of its own takes them.
class Local(threading.local):
    def __init__(self, start): self.value = start
local = Local(5)
local.value = 6
def look(): out.append((local.value, sorted(local.__dict__)))
t = threading.Thread(target=look)
t.start()
t.join()
print(out[-1], local.value, attempt(threading.local, 5), attempt(getattr, local, "none"), attempt(delattr, local, "none"), local.__dict__)
class Failing(threading.local):
    started = 0
    def __init__(self):
        Failing.started += 1
        if Failing.started > 1: raise KeyError("in the thread")
failing = Failing()
def use(): out.append(attempt(setattr, failing, "x", 1))
t = threading.Thread(target=use)
t.start()
t.join()
print(out[-1])
