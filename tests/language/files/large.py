# Files larger than a buffer.
import sys
P = 'large.txt'

def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, 'errno', None), getattr(e, 'filename', None))
big = ''.join(('line %d é\n' % i for i in range(20000)))
with open(P, 'w', encoding='utf-8') as f:
    print(f.write(big))
with open(P, encoding='utf-8') as f:
    print(f.read() == big)
with open(P, encoding='utf-8') as f:
    print(sum((len(l) for l in f)) == len(big))
with open(P, encoding='utf-8') as f:
    parts = []
    while True:
        p = f.read(777)
        if not p:
            break
        parts.append(p)
    print(len(parts), ''.join(parts) == big)
with open(P, 'rb') as f:
    print(f.read(10), len(f.read(100000)), len(f.read1(5)), len(f.peek()) > 0, len(f.read()))
with open(P, 'w') as f:
    f.writelines(['a\n', 'b\n', 'c'])
    print('printed', 1, file=f, sep='-')
print(open(P).read())
print(open(P).readlines(2))
with open(P, 'w') as f:
    f.write('x' * 100000 + '\n' + 'y')
with open(P) as f:
    print(len(f.readline()), f.readline(), f.readline().__repr__())
show(lambda: open(P, 'r').read(-1)[:3])
show(lambda: open(P).read('x'))
show(lambda: open(P).read(None)[:2])
show(lambda: open(P).readline(2))
print(sys.stdout.name, sys.stdout.mode, sys.stdout.encoding, sys.stdin.name, sys.stderr.name, sys.stdout.fileno(), sys.stdout.isatty(), sys.stdout.closed, sys.stderr.errors)
sys.stdout.write('direct\n')
sys.stdout.flush()
sys.stdout.buffer.write(b'bytes\n')
sys.stdout.flush()
