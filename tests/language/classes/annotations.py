# What stands in annotations is evaluated: list[int], int | None.
def f(x: int | None, y: list[int] = None) -> dict[str, int]: return x
print(f(1), f.__annotations__)
class A:
    x: int | str = 5
    y: list[int]
print(A.__annotations__)
print(int | None, None | int, int | str | int, (int | str) == (str | int), int | int)
print(list[int], tuple[int, ...], dict[str, list[int]], type[A], list[A] | None)
print(isinstance(5, int | str), isinstance(None, int | None), isinstance(1.5, int | str))
print(issubclass(bool, int | str), list[int](range(3)), list[int].__origin__, list[int].__args__)
print(list[int] == list[int], list[int] == list[str], hash(list[int]) == hash(list[int]))
class L(list[int]): pass
print(L.__mro__, L([1]))
for bad in (lambda: isinstance([], list[int]), lambda: int | 5, lambda: int[5], lambda: A[5]):
    try:
        bad()
    except TypeError as e:
        print(e)
