# Which part of a line is marked: one expression after the other, each raised while the one
# before is handled.
# with stderr


def f0():
    a=1;b=None
    try:
        raise ValueError
    finally:
        x = a + b


def f1():
    a=1;b=None
    try:
        f0()
    finally:
        x = a+b


def f2():
    a=1;b=None
    try:
        f1()
    finally:
        x = a * 3 + b


def f3():
    a=1;b=None
    try:
        f2()
    finally:
        x = a + b * 3


def f4():
    a=[1]
    try:
        f3()
    finally:
        x = a[5]


def f5():
    a=[[1]]
    try:
        f4()
    finally:
        x = a[0][5]


def f6():
    a={}
    try:
        f5()
    finally:
        x = a['x']['y']


def f7():
    a={'x':{}}
    try:
        f6()
    finally:
        x = a['x']['y']


def f8():
    a=None
    try:
        f7()
    finally:
        x = a.foo


def f9():
    a=None
    try:
        f8()
    finally:
        x = a.foo.bar(1)


def f10():
    a=None
    try:
        f9()
    finally:
        x = a()


def f11():
    a=len
    try:
        f10()
    finally:
        x = a(1, 2)


def f12():
    a=2
    try:
        f11()
    finally:
        x = -a ** 'x'


def f13():
    a=2
    try:
        f12()
    finally:
        x = a // 0


def f14():
    a=2
    try:
        f13()
    finally:
        x = a % 0 + 3


def f15():
    a=2
    try:
        f14()
    finally:
        x = 3 + a % 0


def f16():
    a=2
    try:
        f15()
    finally:
        x = a << 'x'


def f17():
    a=2
    try:
        f16()
    finally:
        x = a @ a


def f18():
    a=2
    try:
        f17()
    finally:
        x = a & 'x'


def f19():
    a='x'
    try:
        f18()
    finally:
        x = -a


def f20():
    a='x'
    try:
        f19()
    finally:
        x = ~a


def f21():
    a='x'
    try:
        f20()
    finally:
        x = a < 3


def f22():
    a='x'
    try:
        f21()
    finally:
        x = 3 in a


def f23():
    a=2
    try:
        f22()
    finally:
        x = 3 in a


def f24():
    a=2
    try:
        f23()
    finally:
        x = f'{a + "x"}'


def f25():
    a=2
    try:
        f24()
    finally:
        x = (lambda q: q + 'x')(a)


def f26():
    a=2
    try:
        f25()
    finally:
        x = print(a, a.b, a[2])


def f27():
    a=2
    try:
        f26()
    finally:
        x = {'k': a + 'x'}


def f28():
    a=2
    try:
        f27()
    finally:
        x = a[1:2]


def f29():
    a=2
    try:
        f28()
    finally:
        x = not a.b


def f30():
    a=2
    try:
        f29()
    finally:
        x = a if a.b else 3


def f31():
    a=2
    try:
        f30()
    finally:
        x = a and a.b


def f32():
    a=2
    try:
        f31()
    finally:
        x = undefined_name


def f33():
    a=2
    try:
        f32()
    finally:
        x = '%d' % 'x'


def f34():
    a=2
    try:
        f33()
    finally:
        x = len(5)


def f35():
    a=2
    try:
        f34()
    finally:
        x = int('x')


def f36():
    é='x'
    try:
        f35()
    finally:
        x = é + 1


def f37():
    a=2
    try:
        f36()
    finally:
        x = (a
  + 'x')


def f38():
    a=2
    try:
        f37()
    finally:
        x = print(
  a + 'x',
 3)


def f39():
    a=2
    try:
        f38()
    finally:
        x = a +\
 'x'


f39()
