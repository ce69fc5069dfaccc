with a: pass
with a as b, c as (d, e): pass
with (a as b, c as d,): pass
with (a, b): pass
with (a) as b: pass
with (yield_) as [x, y.z, w[0]]:
    with f() as g: raise g
def h():
    with a:
        with b:
            for x in y:
                with c: continue
            return x
