class A: pass
class B(A, metaclass=M, **k):
    """doc"""
    x = 1
    y: int = x
    __slots__ = ('a', '__b')
    def __init__(self, __p=1):
        super().__init__()
        self.__private = __p
        __class__
    @property
    def z(self): return [self for x in self.__b]
    @z.setter
    def z(self, value): ...
    class C:
        def m(self): return __class__, __private
    a, b = [x for i in y], (x for j in y)
    def x(self): nonlocal_ = x
    global t
    t = 3
class D(*bases, **{}): x = lambda self: super()
def f():
    x = 1
    class E:
        x = x
        nonlocal x
