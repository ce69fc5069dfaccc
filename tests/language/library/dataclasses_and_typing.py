"""What @dataclass writes, and names of typing in annotations and as bases."""

from dataclasses import *
from typing import *
import typing
def f(fn):
    try: return fn()
    except Exception as e: return type(e).__name__+': '+str(e)
@dataclass
class A:
    x:int
    y:int=3
    z:list=field(default_factory=list)
    c:ClassVar[int]=7
    def total(self): return self.x+self.y
a=A(1); b=A(1,3,[])
print(a, a==b, a is b, a.total(), A.c, f(lambda: hash(a)), f(lambda: A()), A(x=5,y=6,z=[1]), a!=A(2))
a.z.append(4); print(b.z, asdict(a), astuple(a), replace(a,x=9), [q.name for q in fields(A)], is_dataclass(a), is_dataclass(3))
@dataclass(order=True, frozen=True)
class P:
    a:int
    b:str='q'
print(P(1)<P(2), sorted([P(3),P(1),P(2)]), hash(P(1))==hash(P(1)), f(lambda: setattr(P(1),'a',2)), {P(1):5}[P(1)], f(lambda: delattr(P(1),'a')))
@dataclass
class B(A):
    w:int=0
    def __post_init__(self): self.sum=self.x+self.w
print(B(1,w=4), B(1,2,[],3).sum)
@dataclass
class C:
    i: InitVar[int]
    v: int = field(init=False, default=0)
    s: str = field(default='s', repr=False, compare=False)
    def __post_init__(self,i): self.v=i*2
print(C(4), C(4).v, C(4,'a')==C(4,'b'))
@dataclass(kw_only=True)
class K:
    a:int
    b:int=2
print(K(a=1), f(lambda: K(1)))
@dataclass
class K2:
    a:int
    _:KW_ONLY
    b:int=2
    c:int
print(K2(1,c=3), K2.__match_args__)
@dataclass(slots=True)
class S:
    a:int
    b:int=5
s=S(1); print(s, f(lambda: setattr(s,'q',1)), S.__slots__)
def bad():
    @dataclass
    class X:
        l: list = []
print(f(bad))
def bad2():
    @dataclass
    class X:
        a: int = 1
        b: int
print(f(bad2)[:60])
M=make_dataclass('M',['a',('b',int),('c',int,field(default=5))]); print(M(1,2))
@dataclass
class N:
    n: 'N' = None
    d: Dict[str, List[int]] = field(default_factory=dict)
n=N(N()); print(asdict(n))
n.n=n; print(n)
@dataclass(eq=False)
class E: 
    a:int=1
print(E()==E(), hash(E()) is not None)
@dataclass(unsafe_hash=True)
class H: a:int=1
print(hash(H())==hash(H(1)))
class NT(NamedTuple):
    x:int
    y:int=2
    def s(self): return self.x+self.y
print(NT(1), NT(1).s(), NT._fields)
class TD(TypedDict):
    a:int
print(TD(a=1), Optional[int], List[int], Dict[str,int], Callable[[int],str], Union[int,str], Tuple[int,...])
T=TypeVar('T')
class G(Generic[T]):
    def get(self)->T: return 1
print(G().get(), G[int]().get(), cast(int,'3'), isinstance([],typing.Sequence), T)
@runtime_checkable
class Pr(Protocol):
    def go(self): ...
class Im:
    def go(self): pass
print(isinstance(Im(),Pr), isinstance(3,Pr))
def func(a: Optional[List[int]] = None, *b: 'x') -> Iterator[Tuple[int, str]]: pass
print(sorted(func.__annotations__))
