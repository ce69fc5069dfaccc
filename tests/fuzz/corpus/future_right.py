"""doc"""
from __future__ import annotations, division
def f(x: undefined[1:2], *y: (yield_)) -> lambda: z: pass
class C:
    a: b.c = 1
    d: f"{e}"
z: not_there
