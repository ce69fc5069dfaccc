"""In which order the items of containers and variables of functions die."""
class E:
    def __init__(self, n): self.n = n
    def __del__(self): print(self.n, end=' ')
    def __hash__(self): return self.n
l = [E(i) for i in range(3)]; del l; print('list')
l = [E(i) for i in range(3)]; l.clear(); print('clear')
l = [E(i) for i in range(5)]; del l[1:3]; print('slice'); l[:] = []; print('all')
l = [E(i) for i in range(3)]; l[0:2] = [1]; print('assign'); l = None; print()
t = tuple(E(i) for i in range(3)); del t; print('tuple')
d = {i: E(i) for i in range(3)}; del d; print('dict')
d = {i: E(i) for i in range(3)}; d.clear(); print('dict clear')
s = {E(i) for i in range(3)}; del s; print('set')
class C: pass
c = C(); c.a = E(1); c.b = E(2); del c; print('instance')
class S: __slots__ = ('a', 'b')
c = S(); c.a = E(1); c.b = E(2); del c; print('slots')
from collections import deque
q = deque(E(i) for i in range(3)); del q; print('deque')
def f(a, b): c = E(3); d = E(4); print('in', end=' ')
f(E(1), E(2)); print('function')
E(1), E(2); print('exprs')
x = E(1); x = E(2); print('rebind'); del x; print()
for x in [E(1), E(2)]: print('loop', end=' ')
print(); del x; print()
