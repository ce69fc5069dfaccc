"""Abstract base classes, and what counts as a subclass of those in collections.abc."""

from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): pass
    @abstractmethod
    def g(self): pass
class B(A):
    def f(self): return 1
class C(B):
    def g(self): return 2
for k in (A,B,C):
    try: print(k().g())
    except TypeError as e: print(type(e).__name__, 'abstract' in str(e))
from collections.abc import *
print(isinstance([],Iterable), isinstance(3,Iterable), isinstance({},Mapping), isinstance([],Sequence), isinstance((),Hashable), isinstance([],Hashable), issubclass(dict,MutableMapping), isinstance(len,Callable), isinstance(iter([]),Iterator), isinstance({1},Set), isinstance({}.keys(),Set))
class S(Sequence):
    def __len__(self): return 3
    def __getitem__(self,i):
        if i>=3: raise IndexError
        return i*i
s=S(); print(list(s), 4 in s, s.index(4), list(reversed(s)), s.count(1))
