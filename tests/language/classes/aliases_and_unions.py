# Aliases and unions of types, as annotations have them: shown, compared, hashed, asked.
import functools
import itertools
import os
import queue
import types
import weakref
from collections import ChainMap, Counter, OrderedDict, abc, defaultdict, deque


def attempt(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(list[int], dict[str, int], set[int], frozenset[str], tuple[int, ...], type[int], deque[int], defaultdict[str, int], OrderedDict[str, int], list[list[int]], list["text"], tuple[()], enumerate[int])
print(list.__class_getitem__(int), dict.__class_getitem__((str, int)), set.__class_getitem__(5), deque.__class_getitem__(int), tuple.__class_getitem__(int))
a = list[int]
print(a.__origin__, a.__args__, a.__parameters__, a == list[int], a != list[str], a == list, hash(a) == hash(list[int]), a(), a("ab"), type(a([1])))
class Heir(list):
    pass
print(Heir[int].__origin__, Heir[int].__args__, Heir[int]((1, 2)), a.append is list.append, a.__name__, a.__doc__ == list.__doc__)
print(attempt(isinstance, [], a), attempt(issubclass, list, a), attempt(lambda: int[str]), attempt(lambda: str[0]))
u = int | str | None
print(u, int | None, None | int, int | int, int | str | int, u == (str | None | int), hash(u) == hash(None | str | int), int | str != int | float, u == 5)
print(u.__args__, u.__parameters__, isinstance(5, u), isinstance(None, u), isinstance(1.5, u), issubclass(bool, u), issubclass(float, u), list[int] | None, (int | str) | (float | int))
print(attempt(lambda: int | 5), attempt(lambda: 5 | int), attempt(lambda: "x" | int), attempt(isinstance, 5, list[int] | int)[:9], attempt(isinstance, [], int | list[int]), attempt(u), {u: 1}[str | int | None])
class Unhashable(type):
    __hash__ = None
class U(metaclass=Unhashable): pass
print(attempt(lambda: hash(list[U])), attempt(lambda: hash(list[[]])), list[[]], list[...], dict[int, "a"], list[1.5], list[lambda: 1].__args__[0]())
def f(x: list[int], y: "int | None" = None) -> dict[str, list[int | None]]: pass
print(f.__annotations__)
class C(list[int]): pass
print(C.__bases__, C.__orig_bases__, C([1]))
print(types.GenericAlias, types.GenericAlias(list, int), types.GenericAlias(dict, (int, str)), type(a) is types.GenericAlias, isinstance(a, types.GenericAlias), attempt(types.GenericAlias, list)[:9])
class Generic:
    __class_getitem__ = classmethod(types.GenericAlias)
class Special(Generic[int]): pass
print(Generic[int], Generic[int, str].__args__, Special.__mro__)
for some in ChainMap, Counter, queue.Queue, weakref.WeakSet, os.PathLike, functools.partial, functools.cached_property, itertools.chain, types.MappingProxyType, BaseExceptionGroup, abc.Iterable, abc.Mapping, Exception, map, slice:
    print(some.__name__, attempt(lambda: some[int]))
