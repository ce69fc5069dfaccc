"""Memoryviews: items, slices, casts, comparison, release, and their errors."""
b=bytearray(8)
for code in 'bBhHiIlLqQnNfd?c':
  m=memoryview(b).cast(code)
  for v in (-1,200,300,2**70,-2**70,1.5,'a',b'a',b'ab',None,True):
    try:
        m[0]=v
        print(code, v, m[0], end='; ')
    except Exception as e: print(code, v, type(e).__name__, e)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
m=memoryview(b)
import array
t(lambda: memoryview())
t(lambda: memoryview(1))
t(lambda: memoryview('a'))
t(lambda: m[8]); t(lambda: m['a']); t(lambda: m[None]); t(lambda: m[1.5])
t(lambda: m[1,2]); t(lambda: m[...]); t(lambda: m[()]); t(lambda:m[1:3,2:3])
t(lambda: memoryview(b'a').__setitem__(0,1))
t(lambda: m.__delitem__(0)); 
t(lambda: memoryview(b'a').__delitem__(0)); 
t(lambda: m.__setitem__(slice(0,2),b'a'))
t(lambda: m.__setitem__(slice(0,2),'ab'))
t(lambda: m.__setitem__(slice(0,2),[1,2]))
t(lambda: m.__setitem__(slice(0,2),array.array('h',[1])))
t(lambda: m.__setitem__(slice(0,2),array.array('b',[1,1])))
t(lambda: hash(m)); t(lambda: hash(m.toreadonly())==hash(bytes(b)))
t(lambda: hash(memoryview(array.array('i',[1])).toreadonly()))
t(lambda: hash(memoryview(array.array('b',[1])).toreadonly()))
t(lambda: m.cast('z')); t(lambda: m.cast('i').cast('h')); t(lambda: m[1:].cast('i')); t(lambda: m[::2].cast('b')); t(lambda:m.cast('@i').format);t(lambda:m.cast('<i'))
t(lambda: (m.cast('i')==m, m==b, b==m, m==bytes(b), bytes(b)==m, m!=b, m=='a', m==[0]*8))
t(lambda: m<m)
t(lambda: (m.itemsize,m.format,m.nbytes,m.readonly,m.ndim,m.shape,m.strides,m.suboffsets,m.c_contiguous,m.f_contiguous,m.contiguous, m.obj is b))
t(lambda: (m[::2].strides, m[::-1].strides, m[::2].contiguous, m[::2].tobytes(), m[::-1].tolist(), len(m[5:2])))
t(lambda: m.hex()); t(lambda: m.hex(':',2))
m.release(); m.release()
t(lambda: bytes(memoryview(array.array('i',[1,2])))); t(lambda: memoryview(array.array('f',[1,2])).tolist())
t(lambda: memoryview(array.array('f',[1,2]))==array.array('d',[1,2]))
t(lambda: memoryview(memoryview(b)).obj is b)
t(lambda: bool(memoryview(b'')))
