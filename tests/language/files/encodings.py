# Encodings, errors and ends of lines.
P = 'encodings.txt'

def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, 'errno', None), getattr(e, 'filename', None))
with open(P, 'w', encoding='latin-1') as f:
    f.write('éÿ')
    show(f.write, 'ሴ')
print(open(P, 'rb').read())
print(open(P, encoding='latin-1').read())
show(lambda: open(P).read())
print(ascii(open(P, errors='replace').read()), ascii(open(P, errors='ignore').read()), ascii(open(P, errors='surrogateescape').read()), ascii(open(P, errors='backslashreplace').read()))
with open(P, 'w', newline='\r\n') as f:
    f.write('a\nb\n')
print(open(P, 'rb').read())
with open(P, 'w', newline='\r') as f:
    f.write('a\nb\n')
print(open(P, 'rb').read())
