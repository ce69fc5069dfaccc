# Fractions: from numbers and texts, arithmetic with each other and with other numbers.
import copy
import math
import numbers
import operator
import random
from fractions import Fraction as F


def attempt(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r), type(r).__name__)
    except Exception as e:
        print(type(e).__name__, e)


for s in ('1/2',' -3/6 ','+4','1.5','-.25','1.','1e3','1.5E-2','1/0','','1/','/2','a','1.2.3','1e','1e+','1_000/3','1__0','_1','1_','3.14_15','--1','1/-2','1e-5_0','٣/٤','0x1','inf','nan','.','-','+.e1','1/2e3','1.5/2'): print(s,end=' '); attempt(F,s)
for a in ((),(3,),(3,6),(3,-6),(0,5),(5,0),(1.5,),(0.1,),(float('inf'),),(float('nan'),),(F(1,2),F(3,4)),(1.5,2),('1',2),(True,),(None,),(1,None),([],)): attempt(F,*a)
V=[F(1,2),F(-7,3),F(0),F(5),F(10**30,7),3,-2,0,2**70,0.5,-1.25,float('inf'),1+2j,True]
for x in V:
    for y in V:
        if not(isinstance(x,F) or isinstance(y,F)): continue
        for op in (operator.add,operator.sub,operator.mul,operator.truediv,operator.floordiv,operator.mod,divmod,operator.eq,operator.lt,operator.le,operator.gt,operator.ge,operator.ne):
            print(x,y,op.__name__,end=' '); attempt(op,x,y)
        if abs(y)<1000 and abs(x)<1e20: print(x,y,'pow',end=' '); attempt(pow,x,y)
for x in V[:5]+[F(7,2),F(5,2),F(-5,2),F(1,3),F(123456,1000)]:
    for f in (repr,str,int,float,abs,round,math.floor,math.ceil,math.trunc,hash,bool,complex,operator.neg,operator.pos,copy.copy,copy.deepcopy): print(f.__name__,end=' '); attempt(f,x)
    for n in (0,1,2,-1,5): attempt(round,x,n)
    attempt(x.as_integer_ratio); attempt(x.limit_denominator,10); attempt(x.conjugate); print(x.real,x.imag,x.numerator,x.denominator)
    print([x==y for y in V],hash(x)==hash(float(x)))
for n in (1,7,10,57,100,1000,33102): attempt(F(math.pi).limit_denominator,n); attempt(F(-math.e).limit_denominator,n)
attempt(F(1,2).limit_denominator,0)
attempt(F.from_float,0.25); attempt(F.from_float,3); attempt(F.from_float,'x'); attempt(F.from_float,float('nan'))
attempt(lambda: F(1)+'x'); attempt(lambda: 'x'+F(1)); attempt(lambda: F(1)<'x'); attempt(lambda: F(1)=='x'); attempt(lambda: F(1)<1j)
attempt(hash,F(1,2**61-1)); attempt(hash,F(-1)); attempt(hash, F(-1,2**61-1))
attempt(sum,[F(1,n) for n in range(1,30)])
print(F(1,3) in {1/3, F(2,6)}, {F(2):1}[2], {0.5:1}[F(1,2)])
for c in (numbers.Number,numbers.Complex,numbers.Real,numbers.Rational,numbers.Integral):
    print(c.__name__,[isinstance(v,c) for v in (1,True,1.5,1j,F(1),'x')],issubclass(F,c))
class My(F): pass
print(repr(My(1,2)), repr(My(1,2)+1), repr(copy.copy(My(3,4))))
r=random.Random(4)
for _ in range(200):
    a,b=F(r.randrange(-50,50),r.randrange(1,60)),F(r.randrange(-50,50),r.randrange(1,60))
    print(a+b,a-b,a*b,b and a/b, b and a//b, b and a%b, a<b, round(a,1), float(a))
try: F(1)._numerator; F(1).numerator=3
except AttributeError as e: print(e)
