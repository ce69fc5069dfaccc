# The module gc, as programs use it.
import gc
print(gc.isenabled()); gc.disable(); print(gc.isenabled()); gc.enable()
class N: pass
def cycle():
    a = N(); a.a = a
gc.collect()
for i in range(10): cycle()
print(gc.collect(), gc.collect(0))
try: gc.collect(3)
except ValueError as e: print(e)
gc.set_threshold(500, 5); print(gc.get_threshold()[:2]); print(len(gc.get_count()), len(gc.get_stats()), [k in gc.get_stats()[0] for k in ('collections', 'collected', 'uncollectable')])
l = [1]; m = [l]; print(any(o is m for o in gc.get_referrers(l)), gc.get_referents(m) == [l])
print(gc.is_tracked(1), gc.is_tracked([]), gc.is_tracked(N()), gc.get_debug(), gc.DEBUG_SAVEALL, gc.garbage, gc.callbacks)
called = []
def cb(phase, info): called.append((phase, sorted(info)))
gc.callbacks.append(cb); gc.collect(); gc.callbacks.remove(cb); print(called)
gc.freeze(); print(gc.get_freeze_count() > 0); gc.unfreeze(); print(gc.get_freeze_count())
print(isinstance(gc.get_objects(), list))
