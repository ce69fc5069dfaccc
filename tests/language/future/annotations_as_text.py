"""from __future__ import annotations: they are kept as text, and never evaluated."""
from __future__ import annotations, division, generator_stop
import __future__
from dataclasses import dataclass, fields
from typing import ClassVar


def f(a: int, b: Dict[str, int | None] = None, *rest: 'quoted', k: lambda x, /, y=1, *z, w, **v: x = 0,
      **more: (1, 2)) -> List[Tuple[int, ...]]:
    return a


print(f.__annotations__)


class C:
    x: not_there.at_all
    y: -1 ** (2 + 3) * 4 - (5 - 6) = 2
    z: a if b else c and d or not e
    p: f(1, *q, r=2, **s)
    q: [i for i in j if k if l]
    r: {a: 1, **b}
    s: {1, 2}
    t: x[1:2, ::3]
    u: x[()]
    v: (yes, )
    w: a < b <= c is not d not in e
    m: (a | b) & c ^ ~d << 2
    n: "it's" 'so'
    o: f'{a!r:>{w}}x{{}}'
    g: (i for i in x)
    h: {k: v for k, v in x}
    i: 1 .real
    j: 1.5e300 + 2j
    k: None if True else ...
    l: b'bytes'
    (aa): int
    bb: sum(i for i in x)
    cc: x[a, *b]
    dd: (2 ** 3) ** 4 ** -5
    ee: not (a and b)
    ff: lambda: 0


for name, text in C.__annotations__.items():
    print(name, text)
print(C.y)


@dataclass
class Point:
    x: int
    y: float = 0.5
    n: ClassVar[int] = 3


print(Point(1), [(one.name, one.type) for one in fields(Point)])
here: int = 1
print(__annotations__)
print(__future__.division, __future__.annotations.getMandatoryRelease())
print(__future__.all_feature_names)


def local():
    x: undefined = 1
    return x


print(local())
