f()
f(a, b)
f(a, *b, c=1, *d, **e, g=2)
f(x for x in y)
f(a)(b)[c].d(e)
f(a := 1)
f(**{}, **a)
@decorator
@other.one(1)
def g(): pass
super().x(1)
print(*a, sep='')
a.b.c(d)(e)
