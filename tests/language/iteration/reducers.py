def f(n):
    print(tuple(i * 2 for i in range(n)), list(x for x in "abc"), set(i % 3 for i in range(n)) == {0, 1, 2})
    print(any(i > 3 for i in range(n)), all(i > 3 for i in range(n)), any(i > 100 for i in range(n)), all(i < 100 for i in range(n)))
    print(sum(i for i in range(n)), sum(i / 2 for i in range(n)), sum(x for x in [True, 2.5, 3]))
    y = sum(x * x for x in range(n)) + 1
    print(y)
    try:
        sum(c for c in "ab")
    except TypeError as e:
        print(e)
    try:
        list(next(iter([])) for i in range(3))
    except RuntimeError as e:
        print(repr(e), repr(e.__cause__))
    try:
        tuple(1 // (3 - i) for i in range(n))
    except ZeroDivisionError as e:
        print(e)
f(10)
def g():
    tuple = list
    return tuple(i for i in range(3))
print(g())
def h():
    return sum(i for i in range(4))
print(h())
sum = lambda it: "mine"
print(h(), sum(i for i in range(4)))
del sum
print(h())
print(max(i for i in range(4)), sorted(-i for i in range(4)))
class C:
    x = tuple(i for i in range(3))
    list = 5
    try:
        y = list(i for i in range(3))
    except TypeError as e:
        print(e)
print(C.x)
print([any(x > y for y in range(3)) for x in range(5)])
