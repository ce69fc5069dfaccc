# What would be larger than any memory is an error, at once.
import collections
import itertools
import math
import random
import sys
import time

CASES = """
1 << (1 << 62)
0 << (1 << 70)
1 >> (1 << 70)
-1 >> (1 << 70)
1 << -1
1 >> -1
(-1) ** (1 << 64)
1 ** (1 << 64)
0 ** (1 << 64)
2.0 ** (1 << 64)
pow(3, 1 << 64, 1000)
'x' * (1 << 62)
'x' * (1 << 63)
'x' * (1 << 64)
'\\xe9' * (1 << 62)
'\\U0001F600' * (1 << 61)
'' * (1 << 62)
'' * (1 << 64)
'x' * -(1 << 64)
'x'.__mul__(1 << 62)
b'x' * (1 << 62)
b'xx' * (1 << 62)
b'x' * (1 << 64)
bytearray(b'x') * (1 << 62)
bytearray(b'xx') * (1 << 62)
[0] * (1 << 62)
[0] * (1 << 60)
[0] * (1 << 64)
[0, 0, 0] * (1 << 62)
[0].__imul__(1 << 62)
(0,) * (1 << 62)
(0,) * (1 << 60)
(0, 0, 0) * (1 << 62)
(0,) * (1 << 64)
() * (1 << 64)
[] * (1 << 64)
bytearray(1 << 62)
bytearray(1 << 63)
bytearray(1 << 64)
bytearray(-1)
bytes(1 << 62)
bytes(1 << 64)
bytes(-1)
len(range(10**18))
len(range(10**19))
len(range(1 << 63))
len(range((1 << 63) - 1))
len(range(-(1 << 63), 1 << 63))
list(range(10**18))
list(range(10**19))
list(range(1 << 62))
sorted(range(10**18))
[*range(10**18)]
range(10**30)[10**29]
range(10**18)[10**18]
list(itertools.repeat(1, 1 << 62))
itertools.repeat(1, 1 << 64)
itertools.islice([], 1 << 64)
itertools.product([1], repeat=1 << 62)
itertools.product([1], repeat=1 << 64)
collections.deque(maxlen=1 << 64)
'{:9223372036854775807}'.format(1)
'{:9223372036854775808}'.format(1)
'{:9223372036854775800}'.format('x')
'{:.9223372036854775807}'.format('x')
'{:.9223372036854775808}'.format('x')
'{:.9223372036854775807f}'.format(1.0)
'{:.9999999999f}'.format(1.0)
'{:.2147483648f}'.format(1.0)
'{:99999999999999999999999}'.format(1)
'{99999999999999999999999}'.format(1)
'{0[99999999999999999999999]}'.format([1])
format(1, '1000000000000000000000')
format(1.0, '.100000000000000f')
'%99999999999999999999d' % 1
'%9223372036854775800d' % 1
'%.99999999999999999999f' % 1
'%.2147483648f' % 1
'%*d' % (1 << 64, 1)
'%*d' % (1 << 62, 1)
'%.*f' % (1 << 62, 1)
'x'.ljust(1 << 62)
'x'.rjust(1 << 62)
'x'.center((1 << 63) - 1)
'x'.zfill(1 << 62)
'x'.ljust(1 << 64)
'x'.expandtabs(1 << 62)
b'x'.expandtabs(1 << 64)
b'x'.ljust(1 << 62)
b'x'.zfill(1 << 62)
b'x'.center(1 << 62)
(1 << 62).to_bytes(1 << 62, 'big')
(5).to_bytes(1 << 64, 'big')
(5).to_bytes(-1, 'big')
round(5, 1 << 64)
round(5.5, 1 << 40)
chr(1 << 64)
chr(-1)
'abc'[1 << 64]
'abc'[1 << 64:]
[1, 2][1 << 64]
[1, 2][:1 << 64]
(1, 2)[-1 << 64]
[1].insert(1 << 64, 2)
[1].pop(1 << 64)
math.factorial(1 << 64)
math.comb(1 << 70, 1 << 69)
math.perm(1 << 70, 1 << 69)
math.ldexp(1.0, 1 << 64)
math.ldexp(1.0, -(1 << 64))
time.sleep(1 << 64)
time.sleep(1e300)
time.sleep(-1)
random.getrandbits(1 << 40)
random.getrandbits(1 << 64)
sys.setrecursionlimit(1 << 40)
sys.setrecursionlimit(0)
"""


def attempt(text):
    try:
        value = eval(text)
        print(text, "->", value if isinstance(value, (int, float, str)) else type(value).__name__)
    except Exception as error:
        print(text, "->", type(error).__name__ + ":", error)


for line in CASES.strip().split("\n"):
    attempt(line)
