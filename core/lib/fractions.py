"""fractions: exact ratios of whole numbers, of any size.

Sums and products take out common factors before they multiply, so that the numbers stay
small (Knuth, The Art of Computer Programming, volume 2, 4.5.1).
"""

import math
import numbers
import operator
import sys

__all__ = ['Fraction']


# ---- from text: [sign] digits [/ digits | [. digits] [e [sign] digits]] ----

def _digits(text, at):
    """(the digits that begin there, where they end); one _ may stand between two."""
    begin = at
    while at < len(text) and (text[at].isdecimal() or
                              (text[at] == '_' and begin < at < len(text) - 1
                               and text[at - 1] != '_' and text[at + 1].isdecimal())):
        at += 1
    return text[begin:at].replace('_', ''), at


def _parse(text):
    """(numerator, denominator) or None."""
    s = text.strip()
    negative = s[:1] == '-'
    whole, at = _digits(s, int(s[:1] in ('-', '+')))
    over, part, exponent = None, '', 0
    rest = s[at:].lstrip()
    if rest[:1] == '/' and whole:
        rest = rest[1:].lstrip()
        over, at = _digits(rest, 0)
        if not over or at < len(rest):
            return None
    else:
        if s[at:at + 1] == '.':
            part, at = _digits(s, at + 1)
        if not whole and not part:
            return None
        if s[at:at + 1] in ('e', 'E'):
            sign = s[at + 1:at + 2]
            exponent, at = _digits(s, at + 1 + (sign in ('-', '+')))
            if not exponent:
                return None
            exponent = -int(exponent) if sign == '-' else int(exponent)
        if at < len(s):
            return None
    numerator = int((whole or '0') + part)
    denominator = int(over) if over else 10 ** len(part)
    if exponent < 0:
        denominator *= 10 ** -exponent
    else:
        numerator *= 10 ** exponent
    return -numerator if negative else numerator, denominator


# ---- arithmetic: what is exact between Fractions, and how it mixes ----

def _add(a, b):
    na, da, nb, db = a._numerator, a._denominator, b._numerator, b._denominator
    common = math.gcd(da, db)
    if common == 1:
        return _make(na * db + da * nb, da * db)
    part = da // common
    total = na * (db // common) + nb * part
    left = math.gcd(total, common)
    return _make(total // left, part * (db // left))


def _sub(a, b):
    return _add(a, _make(-b._numerator, b._denominator))


def _product(na, da, nb, db):
    x, y = math.gcd(na, db), math.gcd(nb, da)
    return _make((na // x) * (nb // y), (da // y) * (db // x))


def _mul(a, b):
    return _product(a._numerator, a._denominator, b._numerator, b._denominator)


def _div(a, b):
    n, d = b._numerator, b._denominator
    if n == 0:
        sign = (a._numerator > 0) - (a._numerator < 0)
        raise ZeroDivisionError('Fraction(%s, 0)' % sign)
    return _product(a._numerator, a._denominator, *((d, n) if n > 0 else (-d, -n)))


def _floordiv(a, b):
    return (a._numerator * b._denominator) // (a._denominator * b._numerator)


def _divmod(a, b):
    da, db = a._denominator, b._denominator
    whole, left = divmod(a._numerator * db, da * b._numerator)
    return whole, Fraction(left, da * db)


def _mod(a, b):
    da, db = a._denominator, b._denominator
    return Fraction((a._numerator * db) % (b._numerator * da), da * db)


def _pair(exact, plain):
    """The method and its reflection: exact, if both are rational, or as floats or complex
    numbers do it."""
    name = '__%s__' % plain.__name__.strip('_')

    def forward(a, b):
        if isinstance(b, Fraction):
            return exact(a, b)
        if isinstance(b, int):
            return exact(a, _make(int(b), 1))
        if isinstance(b, float):
            return plain(float(a), b)
        if isinstance(b, complex):
            return plain(complex(a), b)
        return NotImplemented

    def reverse(b, a):
        if isinstance(a, int):
            return exact(_make(int(a), 1), b)
        if isinstance(a, numbers.Rational):
            return exact(Fraction(a), b)
        if isinstance(a, numbers.Real):
            return plain(float(a), float(b))
        if isinstance(a, numbers.Complex):
            return plain(complex(a), complex(b))
        return NotImplemented

    forward.__name__ = name
    reverse.__name__ = '__r' + name[2:]
    return forward, reverse


class Fraction(numbers.Rational):
    """Fraction(numerator=0, denominator=1), Fraction(number) or Fraction('3/4')."""
    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None):
        if denominator is None:
            if type(numerator) is int:
                n, d = numerator, 1
            elif isinstance(numerator, numbers.Rational):
                n, d = numerator.numerator, numerator.denominator
            elif isinstance(numerator, str):
                n, d = _parse(numerator) or (None, None)
                if n is None:
                    raise ValueError('Invalid literal for Fraction: %r' % numerator)
                return _reduced(cls, n, d)
            elif hasattr(numerator, 'as_integer_ratio'):
                n, d = numerator.as_integer_ratio()
            else:
                raise TypeError('argument should be a string or a Rational instance')
            return _make(n, d, cls)
        if type(numerator) is int is type(denominator):
            return _reduced(cls, numerator, denominator)
        if (not isinstance(numerator, numbers.Rational)
                or not isinstance(denominator, numbers.Rational)):
            raise TypeError('both arguments should be Rational instances')
        return _reduced(cls, numerator.numerator * denominator.denominator,
                        numerator.denominator * denominator.numerator)

    @classmethod
    def from_float(cls, f):
        """The exact value of a float or an int."""
        if not isinstance(f, (float, numbers.Integral)):
            raise TypeError('%s.from_float() only takes floats, not %r (%s)'
                            % (cls.__name__, f, type(f).__name__))
        return _make(*f.as_integer_ratio(), cls)

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def is_integer(self):
        return self._denominator == 1

    def limit_denominator(self, max_denominator=1000000):
        """The closest Fraction whose denominator is at most that: one of the last two
        convergents of its continued fraction that are in bounds, or what lies between."""
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        n, d = self._numerator, self._denominator
        if d <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        while True:
            whole = n // d
            q2 = q0 + whole * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + whole * p1, q2
            n, d = d, n - whole * d
        steps = (max_denominator - q0) // q1
        # The convergent is closer if its distance, d / (q1 * ours), is at most the other's.
        if 2 * d * (q0 + steps * q1) <= self._denominator:
            return _make(p1, q1)
        return _make(p0 + steps * p1, q0 + steps * q1)

    def __repr__(self):
        return '%s(%s, %s)' % (type(self).__name__, self._numerator, self._denominator)

    def __str__(self):
        if self._denominator == 1:
            return str(self._numerator)
        return '%s/%s' % (self._numerator, self._denominator)

    __add__, __radd__ = _pair(_add, operator.add)
    __sub__, __rsub__ = _pair(_sub, operator.sub)
    __mul__, __rmul__ = _pair(_mul, operator.mul)
    __truediv__, __rtruediv__ = _pair(_div, operator.truediv)
    __floordiv__, __rfloordiv__ = _pair(_floordiv, operator.floordiv)
    __mod__, __rmod__ = _pair(_mod, operator.mod)
    __divmod__, __rdivmod__ = _pair(_divmod, divmod)

    def __pow__(a, b):
        if not isinstance(b, numbers.Rational):
            return float(a) ** b
        if b.denominator != 1:
            return float(a) ** float(b)
        power, n, d = b.numerator, a._numerator, a._denominator
        if power >= 0:
            return _make(n ** power, d ** power)
        if n == 0:
            raise ZeroDivisionError('Fraction(%s, 0)' % d ** -power)
        n, d = n ** -power, d ** -power
        return _make(d, n) if n > 0 else _make(-d, -n)

    def __rpow__(b, a):
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        if b._denominator == 1:
            return a ** b._numerator
        return a ** float(b)

    def __pos__(a):
        return _make(a._numerator, a._denominator)

    def __neg__(a):
        return _make(-a._numerator, a._denominator)

    def __abs__(a):
        return _make(abs(a._numerator), a._denominator)

    def __int__(a):
        n, d = a._numerator, a._denominator
        return -(-n // d) if n < 0 else n // d

    __trunc__ = __int__

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        """To the nearest; of two that are as near, the even one."""
        if ndigits is None:
            d = self._denominator
            floor, left = divmod(self._numerator, d)
            up = left * 2 > d or (left * 2 == d and floor % 2 != 0)
            return floor + up
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __hash__(self):
        """That of the int or float that is equal: the ratio in the field of the hash."""
        modulus = sys.hash_info.modulus
        try:
            inverse = pow(self._denominator, -1, modulus)
        except ValueError:
            size = sys.hash_info.inf
        else:
            size = hash(hash(abs(self._numerator)) * inverse)
        result = size if self._numerator >= 0 else -size
        return -2 if result == -1 else result

    def __eq__(a, b):
        if isinstance(b, Fraction):
            return a._numerator == b._numerator and a._denominator == b._denominator
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            return a == Fraction(b) if math.isfinite(b) else 0.0 == b
        return NotImplemented

    def _compare(a, b, compare):
        if isinstance(b, numbers.Rational):
            return compare(a._numerator * b.denominator, a._denominator * b.numerator)
        if isinstance(b, float):
            return compare(a, Fraction(b)) if math.isfinite(b) else compare(0.0, b)
        return NotImplemented

    def __lt__(a, b):
        return a._compare(b, operator.lt)

    def __gt__(a, b):
        return a._compare(b, operator.gt)

    def __le__(a, b):
        return a._compare(b, operator.le)

    def __ge__(a, b):
        return a._compare(b, operator.ge)

    def __bool__(a):
        return a._numerator != 0

    def __reduce__(self):
        return type(self), (self._numerator, self._denominator)

    def __copy__(self):
        return self if type(self) is Fraction else type(self)(*self.as_integer_ratio())

    def __deepcopy__(self, memo):
        return self.__copy__()


def _make(numerator, denominator, cls=Fraction):
    """From a ratio without a common factor."""
    made = object.__new__(cls)
    made._numerator = numerator
    made._denominator = denominator
    return made


def _reduced(cls, numerator, denominator):
    if denominator == 0:
        raise ZeroDivisionError('Fraction(%s, 0)' % numerator)
    common = math.gcd(numerator, denominator)
    if denominator < 0:
        common = -common
    return _make(numerator // common, denominator // common, cls)
