# UnicodeError and SyntaxError have fields and texts of their own.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e)
show(UnicodeDecodeError, 'utf-8', b'\xff', 0, 1, 'r')
print(UnicodeDecodeError('utf-8', b'\xffab', 0, 2, 'r'))
u = UnicodeDecodeError('utf-8', b'\xff', 0, 1, 'r')
print(u.encoding, u.object, u.start, u.end, u.reason, u)
for t in ('ÿ', 'ሴ', '𒍅', 'abc'):
    print(UnicodeEncodeError('ascii', t, 0, 1, 'ordinal'))
    print(UnicodeTranslateError(t, 0, 1, 'why'))
print(UnicodeEncodeError('ascii', 'abc', 0, 3, 'ordinal'))
show(UnicodeDecodeError, 'x')
show(UnicodeDecodeError, 1, 2, 3, 4, 5)
show(UnicodeDecodeError, 'a', 'b', 0, 1, 'c')
s = SyntaxError('m', ('f', 1, 2, 't', 3, 4))
print(s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset, s.print_file_and_line, s)
print(SyntaxError('m', ('/a/b/f.py', 1, 2, 't')))
print(SyntaxError('m', ('f', None, 2, 't')))
print(SyntaxError('m', (None, 3, 2, 't')))
show(SyntaxError, 'm', (1, 2, 3))
show(SyntaxError, 'm', (1, 2, 3, 4, 5))
show(SyntaxError, 'm', 5)
