# Threads, locks, conditions and the rest of threading.
import threading, time, sys
out = []
def work(n, k=0):
    out.append((n, k)); 
ts = [threading.Thread(target=work, args=(i,), kwargs={'k': i * 2}) for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(out), [t.is_alive() for t in ts], ts[0].name, ts[0].daemon)
print(threading.current_thread().name, threading.active_count(), threading.main_thread() is threading.current_thread())
lock = threading.Lock(); total = 0
def add():
    global total
    for i in range(2000):
        with lock: total += 1
ts = [threading.Thread(target=add) for i in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]; print(total)
print(lock.acquire(False), lock.acquire(False), lock.acquire(timeout=0.01), lock.locked()); lock.release()
try: lock.release()
except RuntimeError as e: print(e)
try: lock.acquire(False, 1)
except ValueError as e: print(e)
try: lock.acquire(True, -2)
except ValueError as e: print(type(e).__name__)
rl = threading.RLock(); rl.acquire(); print(rl.acquire()); rl.release(); rl.release()
try: rl.release()
except RuntimeError as e: print(e)
with rl:
    r = []
    t = threading.Thread(target=lambda: r.append(rl.acquire(False))); t.start(); t.join(); print(r)
c = threading.Condition(); items = []
def consumer():
    with c:
        while not items: c.wait()
        print('got', items.pop())
t = threading.Thread(target=consumer); t.start(); time.sleep(0.02)
with c: items.append(5); c.notify()
t.join()
with c: print(c.wait(0.01), c.wait_for(lambda: True))
try: c.notify()
except RuntimeError as e: print(e)
try: c.wait()
except RuntimeError as e: print(e)
e = threading.Event(); t = threading.Thread(target=lambda: (e.wait(), print('event'))); t.start(); e.set(); t.join(); print(e.is_set(), e.wait(0)); e.clear(); print(e.wait(0.01))
s = threading.Semaphore(2); print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01)); s.release(); print(s.acquire())
b = threading.BoundedSemaphore(1)
try: b.release()
except ValueError as ex: print(ex)
bar = threading.Barrier(3, action=lambda: print('action')); idx = []
ts = [threading.Thread(target=lambda: idx.append(bar.wait())) for i in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(sorted(idx), bar.n_waiting, bar.broken, bar.parties)
bar = threading.Barrier(2)
try: bar.wait(0.01)
except threading.BrokenBarrierError: print('broken', bar.broken)
tm = threading.Timer(0.01, lambda a: print('timer', a), ('x',)); tm.start(); tm.join()
tm = threading.Timer(10, print); tm.start(); tm.cancel(); tm.join(); print('cancelled')
loc = threading.local(); loc.x = 1; seen = []
def tl():
    seen.append(hasattr(loc, 'x')); loc.x = 2; seen.append(loc.x)
t = threading.Thread(target=tl); t.start(); t.join(); print(seen, loc.x, loc.__dict__)
class ML(threading.local):
    z = 5
    def __init__(self, v): self.v = v
    @property
    def dbl(self): return self.v * 2
    @dbl.setter
    def dbl(self, x): self.v = x
ml = ML(10); ml.v = 11
t = threading.Thread(target=lambda: seen.append((ml.v, ml.z, ml.dbl))); t.start(); t.join(); print(seen[-1], ml.v, ml.dbl); ml.dbl = 3; print(ml.v)
del loc.x
try: loc.x
except AttributeError as e: print(type(e).__name__)
class MyT(threading.Thread):
    def run(self): self.res = 42
m = MyT(name='mine', daemon=True); print(m.daemon, m.name, m.ident); m.start(); m.join(); print(m.res, m.ident is not None)
try: m.start()
except RuntimeError as e: print(e)
try: threading.Thread().join()
except RuntimeError as e: print(e)
try: threading.current_thread().join()
except RuntimeError as e: print(e)
names = []
def hook(args): names.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
threading.excepthook = hook
def boom(): raise ValueError('boom')
t = threading.Thread(target=boom, name='T9'); t.start(); t.join(); print(names)
threading.excepthook = threading.__excepthook__
t = threading.Thread(target=boom, name='T9'); t.start(); t.join()
t = threading.Thread(target=sys.exit); t.start(); t.join(); print('exit is quiet')
import _thread
done = []
_thread.start_new_thread(lambda a, b=0: done.append((a, b)), (1,), {'b': 2})
while not done: time.sleep(0.001)
print(done, threading.get_ident() == threading.current_thread().ident, threading.stack_size())
def late(): time.sleep(0.05); print('joined at exit')
threading.Thread(target=late).start()
print('end')
