a + b - c * d / e // f % g @ h ** -i
~a & b | c ^ d << e >> f
not a and b or c
a < b <= c == d != e > f >= g
a is b is not c in d not in e
x if y else z if v else w
lambda: 0
lambda a, b=1, /, c=2, *d, e, f=3, **g: (a, b)
lambda *, k: k
-5 ** -2
1 + 2 * 3 - 4 << 2
"a" "b" 'c' + "d" * 3
"x" % 3 % (1, 2)
(1, 2)[0][1:2](3).x
