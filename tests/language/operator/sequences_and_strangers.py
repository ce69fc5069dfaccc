# What sequences say of operands that they do not know, and that do not know them.
class R:
    def __radd__(s,o): return NotImplemented
    def __rmul__(s,o): return NotImplemented
class N: pass
def t(f):
    try: print(f())
    except Exception as e: print(e)
for x in ('x',[1],(1,),b'x',bytearray(b'x')):
    for y in (N(),R(),1,1.5,[],(),b'',''):
        t(lambda: x+y); t(lambda: x*y); t(lambda: y*x)
