"""numbers: the abstract classes of numbers (PEP 3141), each a subclass of the one before:
Number, Complex, Real, Rational, Integral. The built-in numbers are registered with them.
"""

from abc import ABCMeta, abstractmethod

__all__ = ['Number', 'Complex', 'Real', 'Rational', 'Integral']


def _abstract(name):
    def method(*arguments):
        raise NotImplementedError
    method.__name__ = name
    return abstractmethod(method)


class Number(metaclass=ABCMeta):
    """What any number is."""
    __slots__ = ()
    __hash__ = None


class Complex(Number):
    """Numbers with a real and an imaginary part."""
    __slots__ = ()

    for name in ('__complex__', '__add__', '__radd__', '__neg__', '__pos__', '__mul__',
                 '__rmul__', '__truediv__', '__rtruediv__', '__pow__', '__rpow__', '__abs__',
                 '__eq__', 'conjugate'):
        locals()[name] = _abstract(name)
    del name
    real = property(_abstract('real'))
    imag = property(_abstract('imag'))

    def __bool__(self):
        return self != 0

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


class Real(Complex):
    """Numbers in order, without an imaginary part."""
    __slots__ = ()

    for name in ('__float__', '__trunc__', '__floor__', '__ceil__', '__round__',
                 '__floordiv__', '__rfloordiv__', '__mod__', '__rmod__', '__lt__', '__le__'):
        locals()[name] = _abstract(name)
    del name

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def __complex__(self):
        return complex(float(self))

    @property
    def real(self):
        return +self

    @property
    def imag(self):
        return 0

    def conjugate(self):
        return +self


class Rational(Real):
    """Ratios of two whole numbers without a common factor, the second positive."""
    __slots__ = ()

    numerator = property(_abstract('numerator'))
    denominator = property(_abstract('denominator'))

    def __float__(self):
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    """Whole numbers, which may be an index and have bits."""
    __slots__ = ()

    for name in ('__int__', '__lshift__', '__rlshift__', '__rshift__', '__rrshift__',
                 '__and__', '__rand__', '__xor__', '__rxor__', '__or__', '__ror__',
                 '__invert__'):
        locals()[name] = _abstract(name)
    del name

    def __pow__(self, exponent, modulus=None):
        raise NotImplementedError

    __pow__ = abstractmethod(__pow__)

    def __index__(self):
        return int(self)

    def __float__(self):
        return float(int(self))

    @property
    def numerator(self):
        return +self

    @property
    def denominator(self):
        return 1


Complex.register(complex)
Real.register(float)
Integral.register(int)
