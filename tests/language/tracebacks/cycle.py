# A chain of causes that comes back to itself ends.
# with stderr
a = ValueError('a'); b = ValueError('b')
a.__cause__ = b; b.__cause__ = a
raise a
