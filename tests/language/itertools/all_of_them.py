# Everything of itertools.
from itertools import *
import operator
print(list(accumulate([1,2,3])), list(accumulate([1,2,3], operator.mul)), list(accumulate([1,2,3], initial=10)), list(accumulate([])), list(accumulate([3,1,2], max)), list(accumulate([], initial=3)))
print(list(chain([1],(2,),"ab")), list(chain()), list(chain.from_iterable([[1],[2,3],[]])), list(chain.from_iterable("ab")))
for n in range(5):
    for r in range(6):
        print(n, r, list(combinations(range(n), r)), list(permutations(range(n), r)), list(combinations_with_replacement(range(n), r)))
    print(list(permutations(range(n))))
    print(list(product(range(n), repeat=2)), list(product(range(n), "ab")))
print(list(product()), list(product(repeat=2)), list(product([1],[2],repeat=2)), list(product([1,2],repeat=0)))
print(list(compress("abcdef", [1,0,1,0,1])), list(islice(count(), 5)), list(islice(count(5,3), 3)), list(islice(count(1.5,.5),3)), list(islice(count(2**62), 2)), list(islice(count(-2),4)), list(islice(count(2**70),2)))
print(list(islice(cycle("ab"), 5)), list(cycle([])), list(dropwhile(lambda x:x<3,[1,2,3,1])), list(takewhile(lambda x:x<3,[1,2,3,1])), list(filterfalse(lambda x:x%2,range(5))), list(filterfalse(None,[0,1,'',2])))
print([(k,list(g)) for k,g in groupby("aaabbc")], [(k,list(g)) for k,g in groupby(range(10),lambda x:x//3)], [k for k,g in groupby([1,1,2])])
g = groupby("aab"); k, a = next(g); k2, b = next(g); print(k, k2, list(a), list(b), list(g))
for args in [(3,),(None,),(1,4),(1,None),(0,10,3),(2,None,3),(5,2),(0,),(4,2,1),(100,)]:
    print(args, list(islice(range(8), *args)))
it = iter(range(10)); print(list(islice(it, 3)), next(it)); print(list(islice(it,1,5,2)), list(it))
print(list(pairwise("abcd")), list(pairwise("a")), list(pairwise("")), list(repeat(1,3)), list(islice(repeat(2),3)), repeat(1,3), repeat('a'), count(3), count(3,2), count(), count(1.0,2))
print(list(starmap(pow,[(2,3),(3,2)])), list(starmap(max,["ab","cd"])))
a, b = tee([1,2,3]); print(list(a), list(b)); a, b, c = tee(iter("xyz"), 3); print(next(a), next(a), next(b), list(c), list(b), list(a)); print(tee([1],0), len(tee([1],1)))
a, = tee([1,2],1); a2, a3 = tee(a); print(next(a2), list(a3), list(a2))
print(list(zip_longest([1,2,3],"ab")), list(zip_longest([1],[],fillvalue='-')), list(zip_longest()), list(zip_longest([],[])), list(zip_longest(range(2),range(4),range(1),fillvalue=0)))
print(operator.length_hint(repeat(1,5)), repeat(1, times=2), list(repeat(object=3, times=2)))
print(list(islice(permutations(range(20)), 2))[1])
print(list(islice(combinations(range(50), 3), 1000))[-1], sum(1 for _ in combinations(range(20),5)), sum(1 for _ in product(range(10),repeat=4)))
print(chain.__name__, type(chain()).__name__, chain)
def gen():
    yield from [1,2,3]
print(list(chain(gen(), gen())), [list(x) for x in tee(gen())])
