from __future__ import annotations
def f(x: undefined[1:2] -> 3) -> (a, *b): pass
y: 1 +
