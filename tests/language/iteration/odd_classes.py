# Classes whose special methods raise, or answer something wrong.
def t(e, ns=None):
    try: print(e, "=>", repr(eval(e, globals())))
    except BaseException as x: print(e, "!!", type(x).__name__, x)
from itertools import islice
class Bad:
    def __index__(self): return 'a'
class Idx:
    def __init__(s, n): s.n = n
    def __index__(s): return s.n
for e in ["[1,2,3][Bad()]","[1,2,3][Idx(1)]","[1,2,3][Idx(-1):]","[1,2,3][:Bad()]","range(Idx(3))","range(Bad())","[1]*Idx(2)","Idx(2)*[1]","(1,)*Idx(2)","[1]*Bad()","'abc'[Idx(1)]","[0,1,2].pop(Idx(0))","list(islice(range(9),Idx(2)))", "slice(Idx(1),Idx(5)).indices(3)"]: t(e)
class E:
    def __eq__(self, o): raise ZeroDivisionError("eq")
    def __lt__(self, o): raise ZeroDivisionError("lt")
    __hash__ = None
for e in ["[E()]==[E()]","[E(),E()].sort()","E() in [1]","[E()].index(1)","[1,E()].remove(5)","[E()].count(1)","(E(),)==(E(),)","(E(),)<(E(),)","sorted([E(),E()])","3 in range(3) or E() in range(3)"]: t(e)
class N:
    __iter__ = None
class NoNext:
    def __iter__(self): return 5
class L1:
    def __len__(self): return -1
    def __getitem__(self, i): return i
class L2(L1):
    def __len__(self): raise ValueError("len")
for e in ["list(N())","list(NoNext())","iter(NoNext())","reversed(L1())","list(L2())", "reversed(L2())",  "for_"]: t(e)
