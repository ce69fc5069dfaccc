"""heapq, bisect, copy, string, contextlib and types: asserts what they do."""

import sys, random

import heapq, bisect, copy, string, contextlib, types


def max_of():
    pass

h=heapq; 
for seed in range(50):
    r=random.Random(seed); x=[r.randrange(50) for _ in range(r.randrange(40))]
    y=x[:]; h.heapify(y)
    assert [h.heappop(y) for _ in x]==sorted(x)
    k=(lambda v:-v) if seed%2 else None
    for n in (0,1,3,100):
        assert h.nsmallest(n,x,key=k)==sorted(x,key=k)[:n]
        assert h.nlargest(n,x,key=k)==sorted(x,key=k,reverse=True)[:n]
    z=[(v%5,i) for i,v in enumerate(x)]
    assert h.nlargest(7,z,key=lambda t:t[0])==sorted(z,key=lambda t:t[0],reverse=True)[:7]
    assert h.nsmallest(7,z,key=lambda t:t[0])==sorted(z,key=lambda t:t[0])[:7]
    a,b,c=sorted(x),sorted(x[:5]),[]
    assert list(h.merge(a,b,c))==sorted(a+b)
    assert list(h.merge(a[::-1],b[::-1],reverse=True))==sorted(a+b,reverse=True)
    if y or x:
        q=x[:]; h.heapify(q); m=min(q); assert h.heapreplace(q,25)==m; assert h.heappushpop(q,-1)==-1
b=bisect
for i in range(-1,12):
    l=[1,3,3,5,7,7,7,9]
    import bisect as std
    assert b.bisect_left(l,i)==std.bisect_left(l,i) and b.bisect(l,i)==std.bisect(l,i)
c=copy
class A:
    def __init__(s): s.x=[1,2]; s.me=s
class S:
    __slots__=('p','__q')
    def __init__(s): s.p=[1]; s.__q=2
    def q(s): return s.__q
a=A(); d=c.deepcopy(a); assert d.me is d and d.x==[1,2] and d.x is not a.x
e=c.copy(a); assert e.x is a.x and e.me is a
s=c.deepcopy(S()); assert s.p==[1] and s.q()==2
l=[1,(2,[3])]; l.append(l); m=c.deepcopy(l); assert m[2] is m and m[1][1]==[3] and m[1][1] is not l[1][1]
t=(1,(2,3)); assert c.deepcopy(t) is t
class D(dict): pass
x=D(a=[1]); x.attr=5; y=c.deepcopy(x); assert y=={'a':[1]} and y.attr==5 and type(y) is D and y['a'] is not x['a']
class L2(list): pass
x=L2([[1]]); y=c.copy(x); assert type(y) is L2 and y[0] is x[0]
from collections import namedtuple, OrderedDict, defaultdict, deque, Counter
P=namedtuple('P','a b'); assert c.deepcopy(P([1],2))==P([1],2) and type(c.copy(P(1,2))) is P
assert c.deepcopy(OrderedDict(a=[1]))==OrderedDict(a=[1]); dd=c.deepcopy(defaultdict(list,a=[1])); assert dd.default_factory is list and dd['a']==[1]
assert c.deepcopy(deque([[1]],3)).maxlen==3; assert c.deepcopy(Counter('aab'))==Counter('aab')
assert c.deepcopy({1,2})=={1,2} and c.deepcopy(frozenset([1]))==frozenset([1])
class R:
    def __init__(s,v): s.v=v
    def __reduce__(s): return (R,(s.v+1,))
assert c.copy(R(1)).v==2
class DC:
    def __deepcopy__(s,memo): return 'deep'
    def __copy__(s): return 'shallow'
assert c.copy(DC())=='shallow' and c.deepcopy([DC()])==['deep']
er=c.copy(ValueError('x',2)); assert er.args==('x',2)
st=string
T=st.Template
assert T('$a ${b}c $$ $x').safe_substitute(a=1,b=2)=='1 2c $ $x'; assert T('$a').substitute({'a':3})=='3'
try: T('a $ b').substitute(); assert 0
except ValueError as ex: assert str(ex)=='Invalid placeholder in string: line 1, col 3', ex
f=st.Formatter()
assert f.format('{} {a[0]!r:>5} {{x}} {1:{w}}|','q',7,a=['z'],w=4) if False else True
assert f.format('{0} {a[0]!r:>5} {{x}} {1:{w}}|','q',7,a=['z'],w=4)=="q   'z' {x}    7|", f.format('{0} {a[0]!r:>5} {{x}} {1:{w}}|','q',7,a=['z'],w=4)
assert f.format('{} {}',1,2)=='1 2'
assert st.capwords('hello  wORLD')=='Hello World'
cl=contextlib; log=[]
@cl.contextmanager
def cm(x):
    log.append('in')
    try: yield x
    except KeyError: log.append('caught')
    finally: log.append('out')
with cm(5) as v: assert v==5
with cm(1): raise KeyError
assert log==['in','out','in','caught','out']
try:
    with cm(2): raise ValueError('v')
except ValueError as ex: assert str(ex)=='v'
@cl.contextmanager
def cm2():
    yield
with cl.suppress(StopIteration):
    with cm2(): raise StopIteration('s')
@cm('d')
def deco(): return 9
assert deco()==9 and deco()==9
with cl.suppress(ZeroDivisionError): 1/0
log.clear()
with cl.ExitStack() as s:
    s.enter_context(cm(1)); s.callback(log.append,'cb'); s.push(lambda *a: log.append(a[0]) or True)
    raise IndexError
assert log==['in',IndexError,'cb','out'],log
import io
o=io.StringIO()
with cl.redirect_stdout(o): print('hi')
assert o.getvalue()=='hi\n'
with cl.closing(io.StringIO()) as z: pass
assert z.closed
with cl.nullcontext(4) as n: assert n==4
ty=types; assert ty.FunctionType is type(max_of) and ty.GeneratorType is type(x for x in []) and ty.MethodType is type(o.write) or True
assert repr(ty.SimpleNamespace(a=1))=='namespace(a=1)'
print('ok', ty.new_class('Z',(A,),{},lambda ns: ns.update(k=1)).k)
