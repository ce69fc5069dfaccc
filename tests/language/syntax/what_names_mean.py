# Which variable a name means, in functions, classes and comprehensions.
def show(f, *a):
    try:
        print(f.__name__, f(*a))
    except Exception as e:
        print(f.__name__, type(e).__name__, e)

def class_and_function_have_x():
    x = 1
    class C:
        x = 2
        def get(self): return x
        @staticmethod
        def change():
            nonlocal x
            x += 10
            return x
    return C.x, C().get(), C.change(), x
show(class_and_function_have_x)

def class_reads_from_outside():
    value = 'outer'
    class A:
        seen = value
        class B:
            nonlocal value
            value = 'changed'
            also = value
    return A.seen, A.B.also, value, hasattr(A.B, 'value')
show(class_reads_from_outside)

y = 'global'
def class_has_it_perhaps(own):
    y = 'outer'
    class A:
        if own: y = 'own'
        z = y
        def f(self): return y
    return A.z, A().f()
show(class_has_it_perhaps, True)
show(class_has_it_perhaps, False)

class Reads:
    names = [y for y in 'ab']
    y = y + '!'
    inner = (lambda: y)()
print(Reads.names, Reads.y, Reads.inner)

def class_passes_names_on():
    a, b = 1, 2
    class A:
        a = 'A'
        class B:
            b = 'B'
            def f(self): return a, b
    return A.B().f(), A.a, A.B.b
show(class_passes_names_on)

# ---- deleting what others share ----
def deleted(again):
    shared = 1
    def get(): return shared
    print(get())
    del shared
    if again: shared = 2
    return get()
show(deleted, True)
show(deleted, False)

def deleted_twice():
    shared = 1
    def get(): return shared
    del shared
    del shared
show(deleted_twice)

def deleted_inside():
    shared = 1
    def remove():
        nonlocal shared
        del shared
    remove()
    return shared
show(deleted_inside)

def inner_before_outer():
    def get(): return later
    return get()
    later = 1
show(inner_before_outer)

def handler_unbinds():
    def get(): return e
    try: raise ValueError('x')
    except ValueError as e: print(repr(get()))
    return get()
show(handler_unbinds)

def global_deleted():
    global gone
    gone = 1
    del gone
    del gone
show(global_deleted)

def local_unbound(b):
    if b: a = 1
    a += 1
    return a
show(local_unbound, True)
show(local_unbound, False)

def local_deleted_twice():
    a = 1
    del a
    del a
show(local_deleted_twice)

class Body:
    try:
        del nothing
    except NameError as e:
        print(e)
    a = 1
    del a
    try: print(a)
    except NameError as e: print(e)

# ---- annotations that are starred, walrus, comprehensions ----
def starred(*args: *(int,)): return starred.__annotations__
show(starred)
try:
    def wrong(*args: *(int, str)): pass
except ValueError as e:
    print(e)

def walrus():
    found = [last := i for i in range(4)]
    any((hit := n) > 2 for n in range(9))
    return found, last, hit
show(walrus)

def walrus_shared():
    total = 0
    def get(): return total
    sums = [total := total + n for n in range(5)]
    return sums, get()
show(walrus_shared)

def walrus_global():
    global total
    [total := n for n in range(3)]
walrus_global()
print(total)

def nested():
    rows = [[(a, b) for b in range(a)] for a in range(3)]
    makers = [lambda: (n, m) for n in range(2) for m in 'xy']
    return rows, [f() for f in makers], {k: {v for v in k} for k in ('a', 'bb')}
show(nested)

class Private:
    __x = 1
    def get(self, __y=2): return self.__x, __y, [__z for __z in 'a'], (lambda __k=3: __k)()
    def keywords(self): return self.named(__a=5)
    def named(self, **k): return k
    def names(self):
        import os as __os
        return sorted(locals())
print(Private().get(), Private().keywords(), Private().names(), sorted(n for n in vars(Private) if 'x' in n))

class _: # nothing is left of its name, so nothing is mangled
    __x = 1
print(_.__x)

def star_assign():
    *a, b = 1, 2, 3
    c, *(d, *e) = 'abcd'
    (f, (g, *h)), i = ('x', 'yzw'), 1
    for j, *k in [(1, 2, 3)]: pass
    [*l] = 'ab'
    return a, b, c, d, e, f, g, h, i, j, k, l
show(star_assign)
for targets, value in (('a, b', (1,)), ('a, b', (1, 2, 3)), ('a, *b', ()), ('a, *b, c', (1,)), ('a, b', 5), ('a, *b', None), ('a, b', 'xyz'), ('a, b', {1}), ('a, b', iter([1])), ('[a]', [1, 2]), ('(a, b), c', (1, 2))):
    try:
        exec(targets + ' = value')
        print('fine')
    except Exception as e:
        print(targets, type(e).__name__, e)

# ---- many of them ----
def many():
    names = [f'v{i}' for i in range(240)]
    text = ', '.join(names) + ' = range(240)\n'
    inner = 'def outer():\n' + ''.join(f' {n} = {i}\n' for i, n in enumerate(names[:60])) + ' def inner(): return ' + ' + '.join(names[:60]) + '\n return inner()\n'
    space = {}
    exec(text + inner, space)
    yield len(eval('[' + ', '.join(names) + ']', space)), len(eval('{' + ', '.join(names) + '}', space))
    yield eval('max(' + ', '.join(names) + ')', space), space['outer']()
    yield len(eval('dict(' + ', '.join(f'v{i}={i}' for i in range(300)) + ')', space))
    exec('import ' + ', '.join(['sys'] * 300) + '\nfrom math import ' + ', '.join(f'pi as p{i}' for i in range(240)), space)
    exec('def f(' + ', '.join(names) + '): return v0 + v239', space)
    yield space['p239'], space['f'](*range(240))
    class B:
        def __init_subclass__(cls, **k): print(len(k))
    exec('class C(*bases, ' + ', '.join(f'k{i}={i}' for i in range(100)) + '): pass', dict(space, bases=(B,)))
    yield len(eval("f'" + '{v1}' * 3000 + "'", space)), len(eval('{' + ', '.join(f'{i}: v{i}' for i in range(240)) + '}', space))
    yield eval('0' + ' < v2' + ' < v3 <= v3' * 1 + ' <= v3' * 300, space)
for line in many():
    print(line)
