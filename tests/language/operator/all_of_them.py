# Everything of operator.
import operator
from operator import *


def f(*a, **k): return a, k


print(itemgetter(1)([5,6]), itemgetter(1,0)("ab"), itemgetter('x')({'x':3}), attrgetter('real')(3), attrgetter('real','imag')(3), attrgetter('real.imag')(5), methodcaller('upper')('a'), methodcaller('split', ',', maxsplit=1)('a,b,c'))
print(itemgetter(1,2), attrgetter('a.b','c'), methodcaller('x',1,y=2), itemgetter(slice(1,3))([1,2,3,4]))
print(add(1,2), sub(5,3), mul(2,3), truediv(7,2), floordiv(7,2), mod(7,3), pow(2,5), lshift(1,4), rshift(16,2), and_(6,3), or_(6,3), xor(6,3), neg(1), pos(1), invert(5), inv(5), abs(-3), not_(1), truth([]), is_(None,None), is_not(1,2), lt(1,2), le(2,2), eq(1,1), ne(1,1), gt(2,1), ge(1,2), contains([1],1), countOf([1,1,2],1), indexOf([1,2],2), concat([1],[2]), getitem([1,2],1), index(5), call(len,[1]), call(f,1,x=2))
l = [1]; setitem(l,0,5); print(l); delitem(l,0); print(l); l = iadd(l,[1,2]); l = iconcat(l,[3]); l = imul(l,2); print(l, isub(5,2), ior({1},{2}), operator.__add__(1,2), operator.__and__(1,3), operator.__not__(0), operator.__lt__(1,2), operator.__iadd__(1,2), length_hint([1,2]))
