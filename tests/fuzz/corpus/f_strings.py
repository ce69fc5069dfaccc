f''
f'a{b}c'
f'{a!r:>{width}.{precision}}' rf'\d{x}' "plain"
f'{{}}' f'{a=}' f'{a = !s}'
f'{x:{"a" "b"}}'
f'''{
    a  # comment
    + b
}'''
f"{f'{f"{1}"}'}"
f'{lambda_: 3}' f'{(lambda x: x)(1)}'
f'{a:%Y-%m-%d {b}}'
f'{*a, b}' f'{yield_}' f'{a if b else c}' f'{d["k"]}'
f'\N{DIGIT ONE}{1}\x41'
fr'{a!a}'
f'{1:{2}{3}}'
