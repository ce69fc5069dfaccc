# The attributes of exceptions, and what may be put into them.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', repr(r))
        return r
    except BaseException as e:
        print(type(e).__name__, e)

def setit(o, n, v):
    setattr(o, n, v)
e = ValueError(1, 2)
print(e.__dict__, vars(e), e.__cause__, e.__context__, e.__suppress_context__, e.__traceback__)
e.foo = 3
print(vars(e), e.foo, dir(e)[:5])
e.args = [3, 4]
print(repr(e))
show(setit, e, 'args', 5)
show(setit, e, '__traceback__', 5)
show(setit, e, '__context__', 5)
show(setit, e, '__cause__', 5)
show(setit, e, '__suppress_context__', 5)
show(delattr, e, 'args')
show(delattr, e, '__traceback__')
show(delattr, e, '__context__')
show(delattr, e, '__cause__')
show(delattr, e, 'nope')
e.__cause__ = TypeError('c')
print(e.__suppress_context__, repr(e.__cause__))
e.__suppress_context__ = False
print(e.__suppress_context__)
show(ValueError, x=1)
show(OSError, x=1)
show(KeyError, x=1)
show(ImportError, 'a', name='n', path='p')
show(ImportError, foo=3)
show(AttributeError, 'x', name='n', obj=3)
show(AttributeError, nope=3)
show(NameError, name='q')
i = ImportError('a', name='n', path='p')
print(i.name, i.path, i.msg, i.args)
a = AttributeError('x', name='n', obj=3)
print(a.name, a.obj)
s = StopIteration(5)
print(s.value, StopIteration().value, StopIteration(1, 2).value)
s.value = 8
print(s.value, s.args)
x = SystemExit()
print(x.code, SystemExit(1).code, SystemExit(1, 2).code)
o = OSError(2, 'No such', 'file')
print(type(o), o.errno, o.strerror, o.filename, o.filename2, o.args, str(o), repr(o))
o = OSError(2, 'No such', 'file', None, 'other')
print(str(o), o.filename2)
o = OSError('just')
print(o.errno, o.args, str(o))
for n in (1, 2, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111, 114, 115, 3):
    print(n, type(OSError(n, 'x')).__name__)
