# The same line again and again is folded.
# with stderr
def f(n):
    if n: return f(n-1)
    raise KeyError('deep')
f(6)
