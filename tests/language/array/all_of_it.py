"""Arrays: making, items, slices, operators, methods and their errors."""
import array
from array import array as A
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: A()); t(lambda: A('x')); t(lambda: A(1)); t(lambda: A('ii')); t(lambda: A('i',1)); t(lambda: A('i','abc')); t(lambda:A('i',b'abc')); t(lambda:A('i',b'abcd')); t(lambda: A('i',bytearray(b'abcd'))); t(lambda: A('i',[1],2)); t(lambda: A('i', x=1)); t(lambda:A('b',A('d',[1.5]))); t(lambda: A('d',A('b',[1]))); t(lambda: A('u','abc')); t(lambda: A('i',('a',)));t(lambda: A('u','abc')[1])
a=A('i',range(6))
t(lambda: a[10]); t(lambda: a['a']); t(lambda: a[1.5]); t(lambda: a.__setitem__(10,1)); t(lambda: a.__setitem__(0,'a')); t(lambda: a.__delitem__(10)); t(lambda:a.pop(10)); t(lambda: A('i').pop()); t(lambda: a.remove(99)); t(lambda: a.index(99)); t(lambda: a.index(3,4)); t(lambda:a.index(3,-4,5)); t(lambda: a.count(3.0)); t(lambda: a.extend([1,'a'])); print(a); t(lambda: a.extend(A('h',[1]))); t(lambda:a.extend(1)); t(lambda: a.fromlist((1,))); t(lambda: a.fromlist([1,'a'])); print(a)
t(lambda: a.frombytes(b'abc')); t(lambda: a.frombytes('abc')); t(lambda: a.__setitem__(slice(0,1),[1])); t(lambda: a.__setitem__(slice(0,1),A('h',[1]))); t(lambda: a.__setitem__(slice(0,4,2),A('i',[1]))); a[0:2]=A('i',[7,8,9]); print(a); del a[::2]; print(a); a[::-1]=a; print(a); a[1:1]=a; print(a)
t(lambda: a+[1]); t(lambda: a+A('h')); t(lambda: a*2); t(lambda: 2*a); t(lambda: a*'a'); t(lambda: a*-1); t(lambda: a*1.5); t(lambda: a+A('i',[5]))
def iadd(x):
    global a
    a+=x; return a
t(lambda: iadd([1])); t(lambda: iadd(A('i',[77]))); t(lambda: iadd(A('h',[77])));
a*=2; print(a); 
t(lambda: A('i',[1,2])<A('i',[1,3])); t(lambda: A('i',[1,2])==A('d',[1,2])); t(lambda: A('i',[1,2])<[1]); t(lambda: A('i',[1,2])==[1,2]); t(lambda: A('i',[1,2])>=A('b',[1])); t(lambda: A('b',b'ab')==b'ab')
t(lambda: hash(a)); print(A('b'), A('f',[1.1]), repr(A('i'))); t(lambda: A('h',[1,256]).tobytes())
b=A('h',[1,256]); b.byteswap(); print(b, b.itemsize, b.typecode, len(b.buffer_info()), b.tolist(), b.reverse(), b)
import copy; c=copy.copy(b); c[0]=5; print(b,c, copy.deepcopy(b)); 
class H(A):
    def __new__(cls, *k, **w): return super().__new__(cls, *k)
    def __init__(self, *k): self.x=1
h=H('i',[1,2]); print(h,h.x,type(h[:1]),h+h,type(h+h), h==A('i',[1,2]))
m=memoryview(h); t(lambda: h.append(1)); t(lambda: h.pop()); m.release(); h.append(3); print(h)
print(array.typecodes if 0 else '', array.ArrayType is A, A)
t(lambda: a.itemsize.__class__); t(lambda: setattr(a,'itemsize',1)); t(lambda: setattr(a,'x',1))
import io
f=io.BytesIO(); b.tofile(f); f.seek(0); z=A('h'); z.fromfile(f,2); print(z); 
t(lambda: z.fromfile(f, 10)); print(z)
t(lambda: A('i',(x for x in range(3)))); t(lambda: A('f',[1])+A('f',[2])); t(lambda: A('d',[float('nan')]).index(1)); t(lambda: A('B',b'xyz').tobytes().decode()); t(lambda: bytes(A('i',[1]))); t(lambda: b''.join([A('B',b'a'),memoryview(b'b')])); t(lambda: int.from_bytes(A('B',[1,2]),'big')); t(lambda: bytearray(A('h',[1]))); t(lambda: sum(A('d',[1,2]))); t(lambda: sorted(A('i',[3,1]))); t(lambda: str(A('B',b'abc'),'ascii')); t(lambda: A('I',[2**32-1])[0]); t(lambda: max(A('h',[3,5]))); t(lambda: '%s' % A('i',[1]));t(lambda: tuple(A('i',[1])))
