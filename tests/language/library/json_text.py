"""JSON to text and back, and what is wrong with text that is none."""

import json, random, math
def f(fn):
    try: return fn()
    except Exception as e: return type(e).__name__+': '+str(e)
for v in [1,-2.5,1e100,'a"b\\c\n\x01é😀\u2028',[],{},[1,[2,{'a':None,'b':[True,False]}]],{'1':2},{1:2,2.5:3,None:4,True:5},(1,2),float('inf'),-0.0,10**30,'\x7f','/']:
    for kw in [{},{'indent':2},{'ensure_ascii':False},{'separators':(',',':')},{'indent':'\t','sort_keys':False}]:
        s=json.dumps(v,**kw); print(s, json.loads(s)==v)
print(json.dumps({'b':1,'a':[1,2]},sort_keys=True,indent=4))
for t in ['','[','[1','[1,','[1,]','{','{"a"','{"a":','{"a":1','{"a":1,','{"a":1,}','nul','"abc','"a\nb"','"\\x"','"\\u12g4"','"\\ud83d\\ude00"','"\\ud83d"','01','1.','-','1e','1e5','-0','-0.0','1E+2','NaN','-Infinity','[1] 2','  [ 1 , 2 ]  ','{"a":1,"a":2}',"{'a':1}",'\ufeff1','[1 2]','{"a" 1}','"\t"','1.5e-3','tru','{1:2}','"\\','"\\u00','[NaN]']:
    print(repr(t), ascii(f(lambda: json.loads(t))))
print(json.loads('[1.5,2]',parse_float=str,parse_int=lambda x:x+'i'), json.loads('{"a":{"b":1}}',object_hook=lambda d: list(d.items())), json.loads('{"a":1,"a":2}',object_pairs_hook=list))
print(f(lambda: json.dumps(object)), f(lambda: json.dumps({(1,):2})), json.dumps({(1,):2,'a':1},skipkeys=True), f(lambda: json.dumps(float('nan'),allow_nan=False)), json.dumps({1},default=list), json.loads(b'[1]'))
a=[]; a.append(a); print(f(lambda: json.dumps(a)))
class E(json.JSONEncoder):
    def default(self,o): return repr(o) if isinstance(o,complex) else super().default(o)
print(json.dumps([1j],cls=E), f(lambda: json.dumps([{1}],cls=E)))
r=random.Random(1)
def gen(d):
    k=r.randrange(8 if d<4 else 5)
    if k==0: return r.randrange(-10**6,10**6)
    if k==1: return r.random()*10**r.randrange(-5,5)
    if k==2: return ''.join(chr(r.choice([34,92,65,97,10,233,0x4e2d,0x1f600])) for _ in range(r.randrange(6)))
    if k==3: return r.choice([None,True,False])
    if k==4: return ''
    if k in (5,6): return [gen(d+1) for _ in range(r.randrange(5))]
    return {str(i)+'k':gen(d+1) for i in range(r.randrange(5))}
h=0
for i in range(300):
    v=gen(0); s=json.dumps(v,indent=r.choice([None,1])); assert json.loads(s)==v; h=(h*31+sum(map(ord,s)))%1000003
print(h)
