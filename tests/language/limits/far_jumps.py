# Loops, conditions and handlers whose ends are far from their beginnings.
def program(statement, times):
    body = ''.join(f'        {statement}\n' for _ in range(times))
    return (
        'def f(n, fail=None):\n'
        '    total = 0\n'
        '    for i in range(n):\n'
        '        if i == 3: break\n'
        '        if i == 1: continue\n'
        + body +
        '    else:\n'
        '        total = -total\n'
        '    while total > 0:\n'
        '        total -= 1000000\n'
        '        if fail and total < fail < 10 and (n or total): raise ValueError(total)\n'
        + body +
        '    try:\n'
        '        assert n != 7, "seven"\n'
        '        x = [total for t in range(3) if t or n]\n'
        + body +
        '    except AssertionError as e:\n'
        '        return str(e)\n'
        '    finally:\n'
        + body +
        '        total += 1\n'
        '    return total, x, n if n > 5 else -n\n')

for times in (1, 5000):
    space = {}
    exec(program('total += i if i < 2 else n', times), space)
    f = space['f']
    print(f(2), f(3), f(5), f(7))
    try:
        f(5, 3)
    except ValueError as e:
        print(e, e.__traceback__.tb_next.tb_lineno)

# An expression with very many parts.
many = range(20000)
print(sum(eval('[' + ','.join(map(str, many)) + ']')), len(eval('{' + ','.join(f'{i}: "{i}"' for i in many) + '}')))
print(len(eval("f'" + '{1} ' * 5000 + "'")), eval(' and '.join(['1'] * 20000) + ' and 7'), eval('0' + ' or 0' * 20000 + ' or 8'))
