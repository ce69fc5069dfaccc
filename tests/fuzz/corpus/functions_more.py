def outer(a):
    b = 1
    def inner(c=a):
        nonlocal b
        global d
        b += c
        d = lambda e: a + b + e
        return d
    return inner
def generator():
    x = yield
    y = yield x, 1
    z = yield from other(y)
    try:
        yield
    finally:
        yield z
    return 3
def deep():
    def a():
        def b():
            def c(): return x
            return c
        x = 1
        return b
    del y
    return [a for a in range(3) if (lambda: a)()]
def annotated(x: 'undefined', *a: "b") -> (yield_): x: int; y: str = ''
def recursive(n): return n and recursive(n - 1)
def unbound():
    if x: del x
    else: x = 1
    for x in x: break
    else: x = 2
    while 1:
        try: x
        except x as x: pass
        else: x
        finally: x
