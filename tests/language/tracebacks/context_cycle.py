# So does one of contexts.
# with stderr
a = ValueError('a'); b = ValueError('b'); c = ValueError('c')
a.__context__ = b; b.__context__ = c; c.__context__ = b
try: raise a
except ValueError: raise b
