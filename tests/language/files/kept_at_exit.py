# What a file still holds when the program ends is written.
import sys
P = 'kept_at_exit.txt'

def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, 'errno', None), getattr(e, 'filename', None))

def read():
    try:
        return open(P).read()
    except OSError:
        return 'nothing'
open(P, 'w').write('dropped')
print(read())
keep = open(P, 'a')
keep.write(' and kept')
print(read())
sys.stdout.write('no line end')
