# The texts of the exceptions of functools and operator.
def t(e, ns=None):
    try: print(e, "=>", repr(eval(e, globals())))
    except BaseException as x: print(e, "!!", type(x).__name__, x)
from operator import *
from functools import *
for e in ["itemgetter()","itemgetter(1)()","itemgetter(1)(1,2)","itemgetter(a=1)","attrgetter()","attrgetter(1)","attrgetter('a.b')(1)","methodcaller()","methodcaller(1)","methodcaller('upper')()","methodcaller('upper')(1)","concat(1,2)","indexOf([1],2)","length_hint([],'a')","index('a')","lt(1)","matmul(1,2)","getitem([1],5)","reduce(add,[])","reduce(add,5)","reduce(add)","partial()","partial(5)","lru_cache('a')","cmp_to_key()","sorted([1,2],key=cmp_to_key(5))","cmp_to_key(lambda a,b:0)(1)<5","lru_cache()(len)([1])","lru_cache()(len)([1],x=2)"]: t(e)
