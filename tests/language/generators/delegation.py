# yield from: what goes in and out of every kind of iterator, and what throw and close do.
def run(name, f):
    try:
        print(name, f())
    except BaseException as e:
        print(name, type(e).__name__, e)

class Plain:
    """Only __next__."""
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration('plain result')
        return self.n

class Full(Plain):
    def send(self, value):
        print('send', value)
        if value == 'stop': raise StopIteration('sent')
        if value == 'fail': raise ValueError('send failed')
        return ('sent', value)
    def throw(self, error):
        print('throw', repr(error))
        if isinstance(error, KeyError): raise StopIteration('thrown')
        if isinstance(error, OSError): raise ValueError('throw failed')
        return 'went on'
    def close(self):
        print('close')

def outer(it):
    try:
        result = yield from it
        print('result', result)
        return 'end'
    finally:
        print('finally')

run('plain', lambda: list(outer(Plain())))
def sent(it, *values):
    g = outer(it)
    out = [next(g)]
    for v in values:
        out.append(g.send(v))
    return out
run('full', lambda: sent(Full(), 'a', None, 1, 1.5))
run('full stops', lambda: sent(Full(), 'stop'))
run('full fails', lambda: sent(Full(), 'fail'))
run('plain gets a value', lambda: sent(Plain(), None, 'x'))
run('list gets a value', lambda: sent([1, 2, 3], None, 'x'))
def thrown(it, *errors):
    g = outer(it)
    out = [next(g)]
    for e in errors:
        out.append(g.throw(e))
    return out
run('throw goes on', lambda: thrown(Full(), TypeError('x'), TypeError))
run('throw stops', lambda: thrown(Full(), KeyError('k')))
run('throw fails', lambda: thrown(Full(), OSError('o')))
run('plain has no throw', lambda: thrown(Plain(), TypeError('x')))
run('GeneratorExit closes', lambda: thrown(Full(), GeneratorExit))
def closed(it):
    g = outer(it)
    next(g)
    return g.close()
run('close', lambda: closed(Full()))
run('close plain', lambda: closed(Plain()))
class BadClose(Full):
    def close(self): raise ValueError('close failed')
run('close fails', lambda: closed(BadClose()))
class Attribute(Plain):
    @property
    def throw(self): raise KeyError('no throw for you')
g = outer(Attribute())
next(g)
run('property fails', lambda: g.throw(TypeError('x')))
run('  and then', lambda: list(g))

def inner():
    while True:
        try:
            got = yield 'inner'
            print('inner got', got)
        except ValueError as e:
            print('inner caught', e)
        if got == 'end':
            return 'inner result'
def deep(n):
    if n: return (yield from deep(n - 1))
    return (yield from inner())
g = deep(20)
print(next(g), g.send(1), g.throw(ValueError('far')), g.gi_yieldfrom is not None)
run('end', lambda: g.send('end'))
run('for what has ended', lambda: g.send('more'))
run('not iterable', lambda: next(outer(5)))
def itself():
    yield from me
me = itself()
run('itself', lambda: next(me))
def sends_to_itself():
    yield next(me2)
me2 = sends_to_itself()
run('sends to itself', lambda: next(me2))
def throws_in_itself():
    yield me3.throw(ValueError)
me3 = throws_in_itself()
run('throws in itself', lambda: next(me3))
def closes_itself():
    yield me4.close()
me4 = closes_itself()
run('closes itself', lambda: next(me4))

# ---- throw ----
def g1(): yield 1
for args in ((ValueError,), (ValueError('v'),), (ValueError, 'v'), (ValueError, ('a', 'b')), (ValueError, None), (ValueError, ValueError('w')), (KeyError, ValueError('w')), (5,), (int,), ('text',), (None,), (StopIteration,), (StopIteration(5),), (GeneratorExit,), (KeyboardInterrupt,)):
    g = g1(); next(g)
    run(f'throw {args}', lambda: g.throw(*args))
    run('  and then', lambda: next(g, 'nothing'))
g = g1(); run('throw before it began', lambda: g.throw(ValueError('early'))); run('  and then', lambda: next(g, 'nothing'))
run('throw after the end', lambda: g.throw(ValueError('late')))
g = g1(); run('send before it began', lambda: g.send(1)); run('send None', lambda: g.send(None))
def stops(): yield next(iter(()))
run('StopIteration inside', lambda: next(stops()))
def stops2():
    raise StopIteration('x')
    yield
try: next(stops2())
except RuntimeError as e: print(e, repr(e.__cause__), repr(e.__context__))
def returns(value):
    return value
    yield
for value in (None, 5, (1, 2), StopIteration(3), ValueError('v')):
    try: next(returns(value))
    except StopIteration as e: print(repr(e), repr(e.value))
    def f(): print('yield from gives', repr((yield from returns(value))))
    list(f())
def catches():
    try: yield 1
    except ValueError: yield 'caught'
    else: yield 'else'
    yield 'after'
g = catches(); next(g); print(g.throw(ValueError), next(g), next(g, 'end'))
g = catches(); print(list(g))
def many(n): 
    for i in range(n): yield i
g = many(5)
print(next(g), list(g), list(g), g.close(), sum(many(4)), max(many(3)), sorted(many(3), reverse=True), dict(zip(many(2), many(3))), [*many(2), *many(1)], (*many(2),), {*many(2)}, list(map(str, many(2))), tuple(many(3)), 2 in many(3), 9 in many(3))
a, b, *c = many(4); print(a, b, c)
def too_deep():
    def recursive(): yield from recursive()
    return next(recursive())
run('too deep', too_deep)
