# The texts of the exceptions of itertools.
def t(e, ns=None):
    try: print(e, "=>", repr(eval(e, globals())))
    except BaseException as x: print(e, "!!", type(x).__name__, x)
from itertools import *
for e in ["accumulate()","accumulate(1)","list(accumulate([1,2],5))","list(accumulate([1,'a']))","list(chain(1))","chain.from_iterable(1)","combinations()","combinations([1],-1)","combinations([1],'a')","combinations([1])","permutations([1],-1)","permutations([1],'a')","product(1)","product([1],repeat=-1)","product([1],repeat='a')","product([1],a=2)","compress()","compress([1])","count('a')","count(1,'a')","cycle(1)","cycle([1],a=2)","dropwhile(None,1)","groupby()","groupby(1)","groupby([1],a=3)","islice()","islice([1])","islice([1],-1)","islice([1],'a')","islice([1],1,2,0)","islice([1],-1,2)","islice([1],0,-2)","islice([1],0,2,-1)","islice([1],0,2,'a')","islice([1],0,'a')","islice([1],1,2,3,4)","islice([1],stop=3)","pairwise(1)","repeat()","repeat(1,'a')","repeat(1,times=2.5)","list(starmap(len,[1]))","tee([1],-1)","tee([1],'a')","tee(1)","repeat(1).__length_hint__()","zip_longest(1)","list(takewhile(5,[1]))","list(groupby([1],5))","list(map(lambda x:1/x,[1,0]))"]: t(e)
