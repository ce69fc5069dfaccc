# gilt only: what Python 3.12 refuses and 3.11 does not, or in other words.
def refused(text, why, kind=SyntaxError):
    try:
        compile(text, 'f', 'exec')
    except kind as e:
        assert str(e).split(' (f, line')[0] == why, (text, e)
    else:
        assert False, text

refused('a\0b', 'source code string cannot contain null bytes')
refused('{a: **b}', 'cannot use dict unpacking in a dictionary value')
refused('x.__debug__ += 1', 'cannot assign to __debug__')
refused('(**a)', 'cannot use double starred expression here')
refused('{**a for a in b}', 'dict unpacking cannot be used in dict comprehension')

# ---- f-strings: PEP 701 ----
refused("f'{a'", "f-string: expecting '}'")
refused("f'{}'", "f-string: valid expression required before '}'")
refused("f'{!r}'", "f-string: valid expression required before '!'")
refused("f'{=}'", "f-string: valid expression required before '='")
refused("f'{:x}'", "f-string: valid expression required before ':'")
refused("f'{a!}'", "f-string: missing conversion character")
refused("f'{a!:}'", "f-string: missing conversion character")
refused("f'{a!5}'", "f-string: invalid conversion character")
refused("f'{a! r}'", "f-string: conversion type must come right after the exclamation mark")
refused("f'{a!x}'", "f-string: invalid conversion character 'x': expected 's', 'r', or 'a'")
refused("f'{a!rr}'", "f-string: invalid conversion character 'rr': expected 's', 'r', or 'a'")
refused("f'}'", "f-string: single '}' is not allowed")
refused("f'{a)}'", "f-string: unmatched ')'")

x, w = 'x', 5
assert f'{x!r:>{w}}|{f"{x}"}|{'same quotes'}' == "  'x'|x|same quotes"
assert f'{x=}|{x = !s}|{x  =  :>3}|{'a\tb'=}' == "x='x'|x = x|x  =    x|'a\\tb'='a\\tb'"
assert f'''{x # a comment
}''' == 'x'
assert f'''{x  # a comment with "quotes"
= }''' == "x  \n= 'x'", ascii(f'''{x  # a comment
= }''')
assert f'{'"' + "\n" =}' == '\'"\' + "\\n" =' + repr('"\n')
