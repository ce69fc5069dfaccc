# What +, *, comparisons, copies and iteration make of lists and tuples.
print([1,2] < [1,3], [1,2] <= [1,2], [1] < [1,0], [1,2] > [1], [] == [], [1]!=[1], [1]>=[2], [[1],[2]] < [[1],[3]])
print((1,2) < (1,3), (1,2) <= (1,2), (1,) < (1,0), (1,2) > (1,), () == (), (1,)!=(1,), (1,)>=(2,))
print(hash((1,2,3)), hash(()), hash((1,)), hash((1,(2,3))), hash(range(5)))
print([1,2]+[3], (1,2)+(3,), [1]*3, 3*[1], (1,)*3, 3*(1,), [1]*0, [1]*-1, ()*5, []*5)
x = [1,2]; y = x; x += [3]; x *= 2; print(x, y, x is y)
x = [1]; x.extend(x); print(x); x += x; print(x); x[1:1] = x; print(x)
print(list("abc"), list((1,2)), list({1:2}), list(range(3)), tuple("abc"), tuple([1]), tuple(), list())
print([1,2,3].copy(), [3,1].__len__(), [5].__contains__(5))
r = [1,2,3]; print(list(reversed(r)), [x for x in reversed((1,2,3))], list(reversed("abc")), list(reversed(range(3,10,2))))
it = iter([1,2,3]); next(it); print(it.__length_hint__(), list(it), it.__length_hint__(), list(it))
l = [1]; it = iter(l); print(list(it)); l.append(2); print(list(it))
l = [1,2,3]
for v in l:
    if v < 6: l.append(v+3)
print(l)
print([1, [2, [3]]], [(1,), ()], [[]]*2)
l = [1]; l.append(l); print(l)
t = (l,); print(t)
# Hashes of tuples: of numbers that are their own hash, and of the few that are not.
for v in (-1, 0, -2, 2**61 - 1, 1 - 2**61, 2**61, 2**61 - 2, 2 - 2**61, 2**63 - 1, -2**63, True, 1.0, -1.0, ()):
    print(v, hash((v,)), hash((v, 1, v)), hash((1, (v, 2))))
