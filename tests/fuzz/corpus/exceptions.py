try: a
except: b
try: a
except E as e: b
except (F, G): raise
else: c
finally: d
try:
    raise a from b
except* E as e:
    pass
except* (F,): raise e
try: pass
finally:
    try: x
    except E as x: del x
    finally: pass
assert a
assert a, b
raise
raise a(b)
def f():
    try: return 1
    except E as e: return e
    else: return 2
    finally:
        return 3
def g():
    while a:
        try:
            with b as c: return d
        except E: continue
        finally: break
