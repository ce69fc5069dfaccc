# for x, y in ...: of iterators that give pairs, or not.
def f():
    for i, c in enumerate("abc", 1000):
        print(i, c)
    for k, v in {"a": 1, "b": 2.5}.items():
        print(k, v)
    for a, b in zip([1, 2, 3], "xy"):
        print(a, b)
    for a, b in zip(["ab", "cd"]):
        print("never", a, b)
try:
    f()
except ValueError as e:
    print(e)
def g():
    try:
        for a, b in zip([1, 2], [3], strict=True):
            print(a, b)
    except ValueError as e:
        print(e)
    d = {1: 2, 3: 4}
    try:
        for k, v in d.items():
            d[k + 100] = v
    except RuntimeError as e:
        print(e)
    try:
        for k, v in enumerate(x // (2 - x) for x in range(5)):
            print(k, v)
    except ZeroDivisionError as e:
        print(e)
    for i, (a, b) in enumerate(zip("ab", [1.5, 2.5])):
        print(i, a, b)
    for i, i in enumerate("ab"):
        print(i)
    pairs = [(i, x) for i, x in enumerate([10 ** 20, 257, 1.5, None])]
    print(pairs)
    class E(enumerate):
        def __next__(self):
            return 1, 2
    for a, b in E("ab"):
        print(a, b)
        break
    it = enumerate([5])
    for a, b in it:
        print(a, b)
    for a, b in it:
        print("never")
    else:
        print("else")
g()
