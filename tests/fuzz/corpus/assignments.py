x = 1
x = y = z, w = 1, 2
a, *b = [c, (d, e)] = f()
*a, = b
(a) = 1
a.b = c[d] = e[1:2, ::3] = 0
x: int
x: int = 3
(x): int = 1
x.y: "z" = 1
a += 1; a -= 1; a *= 2; a /= 2; a //= 2; a %= 2; a @= b; a &= 1; a |= 1; a ^= 1
a >>= 1; a <<= 1; a **= 2
a.b += 1
a[i] += yield_
del a, b.c, d[e], (f, [g])
if (n := len(a)) > 10: print(n)
