# Two functions that call each other are not folded.
# with stderr
def f(n):
    if n: g(n-1)
    raise KeyError('deep')
def g(n):
    f(n)
f(6)
