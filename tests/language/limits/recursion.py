# Recursion that is too deep is a RecursionError, in C as in Python, in any thread.
import copy
import functools
import json
import threading

N = 300000  # frames of C may be as small as 30 bytes


def attempt(name, function):
    try:
        print(name, "->", type(function()).__name__)
    except RecursionError as error:
        print(name, "-> RecursionError")


def nest(make, count=N):
    value = make(None)
    for _ in range(count):
        value = make(value)
    return value


LISTS, LISTS_2 = nest(lambda x: [x]), nest(lambda x: [x])
TUPLES, TUPLES_2 = nest(lambda x: (x,)), nest(lambda x: (x,))
DICTS, DICTS_2 = nest(lambda x: {1: x}), nest(lambda x: {1: x})


def containers():
    attempt("repr of lists", lambda: repr(LISTS))
    attempt("str of tuples", lambda: str(TUPLES))
    attempt("ascii of dicts", lambda: ascii(DICTS))
    attempt("lists ==", lambda: LISTS == LISTS_2)
    attempt("lists <", lambda: LISTS < LISTS_2)
    attempt("tuples ==", lambda: TUPLES == TUPLES_2)
    attempt("dicts ==", lambda: DICTS == DICTS_2)
    attempt("in", lambda: LISTS in [LISTS_2])
    attempt("max", lambda: max(LISTS, LISTS_2))
    attempt("sorted", lambda: sorted([LISTS, LISTS_2]))
    attempt("f-string", lambda: f"{LISTS}")
    attempt("percent", lambda: "%s %r" % (LISTS, TUPLES))
    attempt("format", lambda: "{}".format(DICTS))
    attempt("deepcopy", lambda: copy.deepcopy(LISTS))
    attempt("json", lambda: json.dumps(LISTS))
    attempt("json back", lambda: json.loads("[" * N + "]" * N))


class Own:
    def __repr__(self):
        return repr(self)

    def __str__(self):
        return str(self)

    def __format__(self, spec):
        return format(self, spec)

    def __eq__(self, other):
        return self == other

    def __lt__(self, other):
        return self < other

    def __hash__(self):
        return hash(self)

    def __bool__(self):
        return bool(self)

    def __len__(self):
        return len(self)

    def __iter__(self):
        return iter(self)

    def __contains__(self, item):
        return item in self

    def __getattr__(self, name):
        return getattr(self, name)

    def __setattr__(self, name, value):
        setattr(self, name, value)

    def __getitem__(self, key):
        return self[key]

    def __call__(self):
        return self()

    def __add__(self, other):
        return self + other

    def __index__(self):
        return [1][self]

    def __int__(self):
        return int(self)

    def __enter__(self):
        with self:
            pass

    def __exit__(self, *details):
        pass


def special_methods():
    own = Own()
    for name, function in [
            ("repr", lambda: repr(own)), ("str", lambda: str(own)),
            ("format", lambda: f"{own}"), ("==", lambda: own == own),
            ("<", lambda: own < own), ("hash", lambda: hash(own)),
            ("bool", lambda: bool(own)), ("len", lambda: len(own)),
            ("iter", lambda: iter(own)), ("in", lambda: 1 in own),
            ("getattr", lambda: own.x), ("setattr", lambda: setattr(own, "x", 1)),
            ("getitem", lambda: own[0]), ("call", lambda: own()), ("+", lambda: own + 1),
            ("index", lambda: [1][own]), ("int", lambda: int(own)),
            ("enter", lambda: own.__enter__())]:
        attempt("own " + name, function)


def calls():
    def function(n):
        return function(n + 1)

    def through_map(n):
        return list(map(through_map, [n]))

    def through_reduce(n):
        return functools.reduce(lambda a, b: through_reduce(b), [1, 2])

    def numbers(n):
        yield n
        yield from numbers(n + 1)

    class New:
        def __new__(cls):
            return cls()

    class Init:
        def __init__(self):
            Init()

    class Property:
        x = property(lambda self: self.x)

    attempt("function", lambda: function(0))
    attempt("through map", lambda: through_map(0))
    attempt("through reduce", lambda: through_reduce(0))
    attempt("yield from", lambda: list(numbers(0)))
    attempt("__new__", New)
    attempt("__init__", Init)
    attempt("property", lambda: Property().x)


def evaluate():
    return eval("evaluate()")


def execute():
    exec("execute()")


def all_of_it():
    containers()
    special_methods()
    calls()
    attempt("eval in eval", evaluate)
    attempt("exec in exec", execute)


all_of_it()
thread = threading.Thread(target=all_of_it)
thread.start()
thread.join()
ring, other = [], []
ring.append(ring)
other.append(other)
print(repr(ring))
attempt("rings ==", lambda: ring == other)
