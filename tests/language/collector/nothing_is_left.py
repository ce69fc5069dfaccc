# What a piece of code makes is gone when it is over: each is run often, and then as many
# objects live as before. Tokens stand for what the collector does not see.
import contextlib
import copy
import functools
import gc
import itertools
from collections import Counter, deque, defaultdict, OrderedDict


class Token:
    alive = 0

    def __init__(self, value=0):
        Token.alive += 1
        self.value = value

    def __del__(self):
        Token.alive -= 1

    def __lt__(self, other):
        return self.value < other.value

    def __add__(self, other):
        return Token(self.value + other.value)

    def __iadd__(self, other):
        return Token(self.value + other.value)

    def __getitem__(self, i):
        return Token(i)

    def __setitem__(self, i, v):
        pass

    def __delitem__(self, i):
        pass

    def __contains__(self, o):
        return False

    def __call__(self, *args, **named):
        return Token()

    def __enter__(self):
        return Token()

    def __exit__(self, *args):
        return True

    @property
    def other(self):
        return Token()

    @classmethod
    def of(cls, t):
        return cls(t.value)

    @staticmethod
    def two(t):
        return t, Token()

    def method(self, t, *rest, key=None, **named):
        return t


def one(t):
    yield t


def several(t, *rest, key=None, **named):
    yield t
    yield rest
    yield key
    got = yield named
    yield got


def closing(t):
    try:
        yield t
        yield t
    finally:
        t = Token()


def nested(n, t):
    if n:
        yield from nested(n - 1, Token())
    yield t


def returns(t):
    yield
    return t


def takes(t, *rest, key=None, **named):
    return t


def closure(t):
    def inner(u):
        nonlocal t
        t, u = u, t
        return t, u
    return inner


def raises(t):
    raise ValueError(t)


def deep(n, t):
    return deep(n - 1, Token()) if n else t


class Sub(Token):
    __slots__ = ('slot',)

    def __init__(self, t):
        super().__init__()
        self.slot = t
        self.kept = [t, Token()]

    def method(self, t, *rest, **named):
        return super().method(Token(), t, key=Token())


def sent():
    g = several(Token(), Token(), key=Token(), x=Token())
    next(g), next(g), next(g), next(g)
    g.send(Token())


def thrown():
    g = closing(Token())
    next(g)
    try:
        g.throw(ValueError(Token()))
    except ValueError as e:
        pass
    closing(Token()).close()
    h = closing(Token())
    next(h)
    h.close()


def delegated():
    got = yield from returns(Token())
    yield got


def caught():
    try:
        raises(Token())
    except ValueError as error:
        e = error.args[0]
    try:
        try:
            raises(Token())
        finally:
            t = Token()
    except ValueError:
        pass
    try:
        raise KeyError(Token()) from ValueError(Token())
    except (KeyError, IndexError):
        pass
    try:
        raise ExceptionGroup('g', [ValueError(Token()), TypeError(Token())])
    except* ValueError as g:
        pass
    except* TypeError:
        pass
    try:
        takes()
    except TypeError:
        pass
    try:
        takes(Token(), t=Token(), **{'t': Token()})
    except TypeError:
        pass


def unpacked():
    a, b = Token(), Token()
    a, b = b, a
    c, *d = Token(), Token(), Token()
    (e, f), g = (Token(), Token()), [Token()]
    *h, i = [Token() for _ in range(4)]
    a = b = Token()
    a += Token()
    try:
        x, y = Token(), Token(), Token()
    except ValueError:
        pass
    try:
        x, y, z = one(Token())
    except ValueError:
        pass
    for x, (y, z) in [(Token(), (Token(), Token()))] * 3:
        pass
    del a, x


def with_blocks():
    with Token() as a, Token() as b:
        raise ValueError(Token())
    with contextlib.suppress(ValueError):
        raises(Token())
    with contextlib.closing(closing(Token())) as g:
        next(g)
    for x in range(2):
        with Token():
            continue
    return Token()


def lists():
    a = [Token(), Token()]
    a.append(Token()), a.extend([Token()]), a.insert(0, Token()), a.pop(), a.sort(), a.reverse(), a.copy()
    a[0] = Token()
    a[1:2] = [Token(), Token()]
    a[::2] = a[::2]
    del a[0]
    b = a + [Token()]
    b += [Token()]
    b *= 2
    a.sort(key=lambda t: t.value)
    sorted(a, key=lambda t: t.value, reverse=True), min(a), max(a, key=lambda t: t.value), list(reversed(a)), a.index(a[0])
    try:
        a.remove(5)
    except (ValueError, TypeError):
        pass
    [t for t in a if t.value], [*a, *b], (*a,), {*()}, a[-1], a[0:2]


def dicts():
    d = {1: Token(), 'a': Token()}
    d[Token()] = Token()
    d['b'] = d['a']
    d.pop(1), d.get('a'), d.get('z', Token()), d.setdefault('y', Token()), d.setdefault('y', Token()), d.popitem()
    d.update(x=Token(), **{'w': Token()})
    d |= {'q': Token()}
    e = {'r': Token()} | {'p': Token()}
    list(d.items()), list(d.values()), list(d), {k: v for k, v in d.items()}, dict(d), d.copy(), dict.fromkeys('ab', Token())
    {**d, 'n': Token()}, takes(Token(), **e)
    del d['w']
    try:
        d['none']
    except KeyError:
        pass
    f = defaultdict(Token)
    f[1], f[2]
    o = OrderedDict(a=Token())
    o.move_to_end('a')
    Counter([Token(), Token()]).most_common(1)


def sets():
    s = {Token(), Token()}
    s.add(Token()), s.discard(Token()), s.pop(), s | {Token()}, s & {Token()}, s ^ {Token()}, s - {Token()}, frozenset(s), {t for t in s}
    s |= {Token()}
    s.update([Token()]), s.union([Token()]), Token() in s


def texts():
    t = Token()
    f'{t!r:>60} {t.value:{5}} {Token().value}', '%s %r' % (t, Token().value), '{} {x}'.format(Token(), x=Token()), str(t), repr([t])
    'a'.join(str(x.value) for x in [Token()]), print(Token().value, end='', file=open('/dev/null', 'w'))


def iterators():
    list(map(takes, [Token()], [Token()])), list(filter(None, [Token(), 0])), list(zip([Token()], [Token()])), list(enumerate([Token()]))
    list(itertools.chain([Token()], [Token()])), list(itertools.product([Token()], repeat=2)), list(itertools.zip_longest([Token()], [1, 2], fillvalue=Token()))
    list(itertools.islice(one(Token()), 1)), list(itertools.accumulate([Token(), Token()])), [list(g) for k, g in itertools.groupby([Token()])], list(itertools.tee([Token()])[0])
    next(one(Token())), next(iter([]), Token()), functools.reduce(lambda a, b: a + b, [Token(), Token()]), any(t for t in [Token()]), all(t for t in [Token()])
    sum((t.value for t in [Token()]), 0), sum([Token()], Token()), functools.partial(takes, Token(), key=Token())(Token()), deque([Token()] * 3, 2)
    min(t for t in [Token(1), Token(2)]), tuple(t for t in [Token()]), set(t for t in [Token()]), dict((t, t) for t in [Token()]), list(iter(Token, 0) if 0 else [])


def classes():
    class Inner(Token):
        kept = Token()

        def method(self):
            return __class__, super().other
    Inner().method()
    Sub(Token()).method(Token())
    s = Sub(Token())
    s.slot = Token()
    s.other, s.of(s), s.two(Token()), getattr(s, 'none', Token()), hasattr(s, 'none'), setattr(s, 'x', Token()), vars(s), copy.copy(s.kept), s.__dict__
    del s.slot, s.x
    type('Made', (Token,), {'t': Token()})()
    m = s.method
    m(Token())
    Token.method(s, Token())


def generators():
    list(one(Token())), list(several(Token(), Token())), list(nested(5, Token())), list(delegated()), sum(1 for t in [Token()]), list(t for t in one(Token()))
    for t in one(Token()):
        break
    for t in nested(3, Token()):
        if t.value:
            break
    g = nested(2, Token())
    next(g)
    h = (x for x in [Token()] for y in one(x))
    next(h)


def functions():
    takes(Token(), Token(), key=Token(), x=Token()), takes(*[Token(), Token()], **{'x': Token()}), deep(20, Token()), closure(Token())(Token()), (lambda t=Token(): t)()
    Token()(Token(), a=Token()), Token() + Token(), Token()[5], 3 in Token()
    t = Token()
    t[0] = Token()
    del t[1]
    t += Token()
    exec('x = t', {'t': Token()}), eval('t.value', {'t': Token()})
    (u := Token()), u if u else t, u and t, u or t, not u, u is t, u < t
    assert t, Token()
    global kept
    kept = Token()
    del kept


def counted():
    gc.collect()
    return Token.alive, Counter(type(o).__name__ for o in gc.get_objects())


something = False
for work in (sent, thrown, caught, unpacked, with_blocks, lists, dicts, sets, texts, iterators, classes, generators, functions):
    for _ in range(3):
        work()
    tokens, objects = counted()
    for _ in range(20):
        work()
    tokens_now, objects_now = counted()
    left = {name: n for name, n in (objects_now - objects).items() if n >= 20}
    print(work.__name__, tokens_now - tokens, left)
    something = something or left or tokens_now != tokens
if something:
    raise SystemExit('something is left')
