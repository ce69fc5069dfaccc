f(a=1, b)
f(**a, *b)
f(a=1, a=2)
