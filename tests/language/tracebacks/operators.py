# The operator is marked.
# with stderr
def a(x, y): return x + y
def t(f, *args):
    import sys
    try:
        f(*args)
    except Exception as e:
        pass
    return f(*args)
class X: pass
t(lambda x: (x + 1) * [2][0] - foo(x)['a'] , 3)
