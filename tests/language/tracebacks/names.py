# The name of a class with its module, and an exception that cannot be shown.
# with stderr
class A:
    class E(Exception):
        def __str__(self): return 'custom'
class F(A.E): 
    def __str__(self): raise ValueError
try:
    raise A.E(1)
except A.E:
    raise F
