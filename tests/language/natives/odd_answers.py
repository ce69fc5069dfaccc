# Special methods that answer what they should not, and methods called with what is not theirs.
import operator
def show(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except Exception as e:
        print(type(e).__name__, e)

def of(**methods): return type('Odd', (), {n: (lambda v: lambda self, *a: v)(v) for n, v in methods.items()})()
show(len, of(__len__='x')); show(len, of(__len__=-1)); show(len, of(__len__=1 << 70)); show(bool, of(__len__=-1)); show(bool, of(__bool__=2)); show(bool, of(__len__='x'))
show(repr, of(__repr__=5)); show(str, of(__str__=5)); show(str, of(__repr__=None)); show(format, of(__format__=5)); show(format, of(__format__=5), 'x'); show(lambda: f'{of(__format__=5)}'); show('{}'.format, of(__format__=None))
show(hash, of(__hash__='x')); show(hash, of(__hash__=1 << 80)); show(int, of(__int__='x')); show(int, of(__index__=1.5)); show(float, of(__float__=1)); show(complex, of(__complex__=1)); show(bytes, of(__bytes__='x')); show(operator.index, of(__index__='x'))
show(operator.length_hint, of(__length_hint__='x')); show(operator.length_hint, of(__length_hint__=-1)); show(operator.length_hint, of(__length_hint__=NotImplemented), 7); show(operator.length_hint, of(__length_hint__=1 << 70)); show(operator.length_hint, of(__length_hint__=True)); show(operator.length_hint, 5, 9); show(operator.length_hint, of(__len__=3))
class Hint:
    def __init__(self, hint): self.hint = hint
    def __iter__(self): return iter('ab')
    def __length_hint__(self):
        if isinstance(self.hint, Exception): raise self.hint
        return self.hint
for hint in (5, 'x', -1, TypeError('no hint'), ValueError('bad')):
    show(list, Hint(hint)); show(lambda: [*Hint(hint)])
show(iter, of(__iter__=5)); show(iter, of(__iter__=None)); show(next, of(__iter__=5)); show(list, of(__iter__=of(__next__=1)).__iter__() and of(__getitem__=5) and of(__iter__='x')); show(reversed, of(__len__=3)); show(reversed, {1}); show(reversed, of(__reversed__=5))
show(lambda: 1 in of()); show(lambda: 1 in of(__contains__='yes')); show(lambda: 1 in of(__iter__=iter([1]))); show(lambda: of()[0]); show(lambda: of() < of()); show(lambda: of(__lt__='less') < of()); show(lambda: of() <= of(__ge__='more')); show(lambda: of() + 1); show(lambda: -of()); show(lambda: of()()); show(lambda: 1 + of(__radd__='r')); show(lambda: of(__add__=NotImplemented) + of()); show(sorted, [of(), of()]); show(lambda: 1 < 'a'); show(lambda: [1] < [1, 'a']); show(lambda: [1, 2] < [1, 'a']); show(lambda: (1,) >= ('a',)); show(lambda: {1} < [1]); show(lambda: 1j < 2j); show(lambda: None < None); show(lambda: {} >= {}); show(lambda: range(2) < range(3)); show(lambda: object() < object())
class Instance:
    def __instancecheck__(cls, o): return 'truthy'
show(isinstance, 1, of(__instancecheck__='x')); show(setattr, of(), 5, 1); show(getattr, of(), 'x' * 3); show(delattr, of(), 'x')
show(of().__dir__) if 0 else None
show(dir, of(__dir__=5)); show(dir, of(__dir__=['b', 'a'])); show(round, of()); show(round, of(__round__='r')); show(divmod, of(), 1); show(pow, of(), 1, 1); show(abs, of()); show(sum, [of()]); show(max, of(), of())

# ---- methods of built-in types, found in the type ----
show(dict.fromkeys, 5); show(dict.__dict__['fromkeys']); show(dict.__dict__['fromkeys'].__get__(None, dict), 'ab')
raw = dict.__dict__['fromkeys']
show(raw); show(raw, 5); show(raw, int, 'a'); show(raw, dict, 'ab'); show(raw, dict)
show(list.append.__get__([1]), 2) ; show(list.append.__get__, 5); show(str.upper, 5); show(str.upper); show(int.__add__, 1, 'a'); show(int.__add__, 'a', 1); show(int.__add__, 1); show(list.__len__, ()); show(list.__getitem__, [1], 'a')
class M:
    def m(self): return 'm'
Method = type(M().m)
show(Method); show(Method, 1); show(Method, 5, M()); show(Method, len, None); show(Method(len, 'abc')); show(Method, len, 'abc', 1) ; show(Method(M.m, M()))
print(repr(Method(len, [])).split(' of ')[0], Method(len, 'a') == Method(len, 'a'), len.__self__.__name__, [].append.__self__, list.append.__objclass__)
class Callable:
    def __call__(self, *a): return 'called', a[1:]
bound = Method(Callable(), 5)
print(bound(1), repr(bound).split(' ')[:2])

# methods of operators answer for less than the operators do
for a in (1, True, 1.5, 1j, 2**70, 'a', b'a', [1], (1,), {1: 2}, range(3), None, slice(1)):
    for b in (2, False, 2.5, 2j, 2**71, 'b', b'b', [2], (2,), {2: 3}, range(3), None):
        row = []
        for name in 'add sub mul truediv floordiv mod divmod pow lshift rshift and or xor eq ne lt le gt ge'.split():
            for side in ('', 'r'):
                method = getattr(a, '__%s%s__' % (side, name), None)
                if method is None or name in ('pow', 'lshift') and isinstance(a, int) and isinstance(b, int):
                    continue
                try:
                    row.append('%s%s %.30r' % (side, name, method(b)))
                except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
                    row.append(type(error).__name__)
        print(type(a).__name__, type(b).__name__, *row)


class MyInt(int):
    def __add__(self, other):
        result = super().__add__(other)
        return result if result is NotImplemented else MyInt(result)

    def __radd__(self, other):
        result = super().__radd__(other)
        return result if result is NotImplemented else MyInt(result)


print(MyInt(3) + 1.5, type(MyInt(3) + 1).__name__, 1.5 + MyInt(3), type(2 + MyInt(2)).__name__)
show(lambda: (2).__pow__(2.5)); show(lambda: (2).__pow__(2.5, None)); show(lambda: (2).__rpow__(2.5)); show(lambda: (2).__lt__(2.5)); show(lambda: True.__and__(1.5)); show(lambda: (7).__divmod__(2.0))
