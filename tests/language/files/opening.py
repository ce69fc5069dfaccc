# Modes, and what cannot be opened.
P = 'opening.txt'

def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, 'errno', None), getattr(e, 'filename', None))
open(P, 'w').close()
for m in ['', 'q', 'rw', 'rr', 'r++', 'tb', 'b', 'U', 'rwb', 'x+x', '+', 'rb+', 'br+', 'w+t']:
    show(lambda: open(P, m).mode)
show(open, '/no/such')
show(open, '/tmp')
show(open, '/no/such/dir', 'w')
show(open, P, 'x')
show(open, 5.5)
show(open, None)
show(open, 'a\x00b')
show(open, 12345)
show(open, -1)
show(open, '/etc/passwd/x')
show(open, P, 'rb', encoding='utf-8')
show(open, P, 'rb', errors='x')
show(open, P, 'rb', newline='')
show(open, P, newline='x')
show(open, P, encoding='nope')
show(open, P, buffering=0)
show(open, P, 5)
show(open, P, newline=5)
show(open, P, encoding=5)
show(open, P, closefd=False)
