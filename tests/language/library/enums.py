"""What enumerations and flags do."""

from enum import *
def f(fn):
    try: return fn()
    except Exception as e: return type(e).__name__+': '+str(e)
class C(Enum):
    RED=1
    GREEN=2
    BLUE=auto()
    ALIAS=1
    def hello(self): return self.name+'!'
    @classmethod
    def first(cls): return next(iter(cls))
print(C.RED, repr(C.RED), C(2), C['BLUE'], C.BLUE.value, list(C), len(C), C.ALIAS is C.RED, C.RED.hello(), C.first())
print(f(lambda: C(9)), f(lambda: C['X']), f(lambda: setattr(C,'RED',3)), C.RED==1, C.RED==C.RED, C.RED!=C.GREEN, isinstance(C.RED,C), C.RED in C)
print(C.__members__, {C.RED:1}[C.RED], hash(C.RED)==hash(C.RED), C.RED.name, f"{C.RED}", "%s"%C.GREEN, repr(C), f(lambda: C.RED<C.GREEN))
def g():
    class D(C): pass
print(f(g))
class I(IntEnum):
    A=1
    B=5
print(I.A, repr(I.A), I.A+1, I.B>I.A, I(5), I.A==1, f"{I.B:03d}", sorted(I), int(I.B), [10,20][I.A], str(I.A))
class S(StrEnum):
    X=auto()
    Y='why'
print(S.X, repr(S.X), S.Y.upper(), S('why'), S.X=='x', f"{S.Y:>5}")
class P(Enum):
    EARTH=(5.9,6.3)
    MARS=(6.4,3.3)
    def __init__(self,mass,radius): self.mass=mass; self.radius=radius
    @property
    def g(self): return self.mass/self.radius
print(P.EARTH.mass, P.MARS.value, round(P.EARTH.g,3), P((6.4,3.3)))
class F(Flag):
    R=auto()
    W=auto()
    X=auto()
    RW=R|W
print(F.R|F.X, repr(F.R|F.X), F.RW, F.R in F.RW, ~F.R, F(0), repr(F(0)), bool(F(0)), list(F.RW), F(5), F.R^F.RW, F.RW&F.W, len(F.RW), list(F))
class IF(IntFlag):
    A=1
    B=2
print(IF.A|IF.B, repr(IF.A|IF.B), repr(IF.A|8), IF.A|2, IF.B+1, repr(IF(0)))
E2=Enum('E2','A B C'); print(list(E2), E2.B.value)
E3=Enum('E3',{'P':'x','Q':'y'}); print(E3.P.value, IntEnum('E4','A B').B)
@unique
class U(Enum):
    A=1
print(f(lambda: unique(C)))
class M(Enum):
    A=1
    @classmethod
    def _missing_(cls,v): return cls.A
print(M(77))
class N(str, Enum):
    A='a'
    B='b'
print(N.A=='a', N.A, repr(N.A), N('b').upper(), isinstance(N.A,str))
class K(Enum):
    def __new__(cls, v, label):
        o=object.__new__(cls); o._value_=v; o.label=label; return o
    ONE=1,'one'
    TWO=2,'two'
print(K.ONE.label, K(2), K.TWO.value)
import copy
print(copy.copy(C.RED) is C.RED, copy.deepcopy([C.RED])[0] is C.RED)
class W(Enum):
    A=[1]
    B={2}
print(W([1]), W.B)
class Z(Enum):
    def __str__(self): return 'z'+self.name
    A=1
print(str(Z.A), f"{Z.A}", Z.A)
for m in C: print(m, end=' ')
print()
