def f(): pass
def f(a, b=1, /, c: int = 2, *args: str, d, e=3, **kw) -> None:
    """doc"""
    return a, b
def g(*, a): return
def h(a, (b)=1 if 0 else 2, c=3): return
