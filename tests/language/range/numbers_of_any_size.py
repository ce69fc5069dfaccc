# Ranges, small and huge: their items, slices, hashes, and what is in them.
for args in [(5,),(2,8),(8,2),(0,10,3),(10,0,-3),(10,0,-1),(0,),(5,5),(-3,),(1,2,5),(2**62,),(2**62,2**62+5),(2**70,2**70+10,3),(2**70,2**70-10,-3),(-2**63,-2**63+3),(2**63-2,2**63+2),(0,2**64,2**62)]:
    r = range(*args)
    print(r, r.start, r.stop, r.step, bool(r), list(r)[:5] if args[0] < 2**61 or len(args)>1 else '', hash(r) if abs(r.start) < 2**62 and r.stop<2**62 and len(r)>1 else '')
    try: print(len(r))
    except OverflowError as e: print(e)
    for i in (0, 1, -1, 2**65):
        try: print(r[i])
        except IndexError as e: print(e)
    for v in (0, 1, 5, 2**62+1, 2**70+3, 3.0, 2.5, True, 'a', 2**63):
        if len(args) == 1 and args[0] > 10**6 and not isinstance(v, int): continue
        if args == (0,2**64,2**62): pass
        print(v in r if isinstance(v, int) or args[0]<100 else '', end=' ')
        try: print(r.index(v) if isinstance(v, int) else '')
        except ValueError as e: print(e)
    print(r[::2], r[::-1], r[1:], r[:-1], r[-3:2], r[5:1:-2], r[::10**30], r[::-10**30])
    if len(args) > 1 or args[0] < 100: print(list(reversed(r))[:4], r.count(3))
print(range(3) == range(0,3,1), range(0) == range(5,2), range(0,3,2) == range(0,4,2), range(3) != range(4), range(2**70,2**70+1)==range(2**70,2**70+1,7))
it = iter(range(5)); next(it); print(it.__length_hint__(), list(it))
it = iter(range(2**70, 2**70+5)); next(it); print(it.__length_hint__(), list(it))
print(sum(range(100)), max(range(5)), min(range(3,9)), sorted(range(5), reverse=True))
print([i for i in range(10, -1, -3)])
print({range(3): 1}[range(3)])
