# Complex numbers: making, printing, computing.
def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for args in ((), (1,), (1.5, -2), (1j, 1j), (2, 1j), ("1+2j",), (" ( 1-2.5e3j ) ",), ("j",),
             ("-j",), ("1+",), ("1 + 2j",), ("",), ("1e400j",), ("nan+infj",), (1, "2"), ("1", 2),
             ([],), (None,), (True, 2.5)):
    print(args, attempt(complex, *args))
values = [0j, 1j, 1 + 2j, -3.5 + 0.25j, complex(-0.0, -0.0), complex("inf"), complex("nan+1j"), 2, 0.5]
for a in values:
    print(a, -a, +a, abs(a), bool(a), a.real, a.imag, a.conjugate())
    for b in values:
        if isinstance(a, complex) or isinstance(b, complex):
            print(a + b, a - b, a * b, attempt(lambda: a / b), a == b, a != b,
                  attempt(lambda: a ** b) if abs(b) < 3 else None)
for operation in ("1j // 1", "1j % 2", "divmod(1j, 2)", "1j < 2", "int(1j)", "float(1j)", "~1j",
                  "abs(complex(1e308, 1e308))", "(1+2j)**100", "(1+2j)**101", "(1+2j)**-3",
                  "(1e200+1e200j)**3.5", "pow(1j, 2, 3)", "hash(1+0j) == hash(1)", "hash(1j)",
                  "1 + 0j == 1", "1 == 1 + 0j", "2**64 == complex(2**64)", "{1: 'a'}[1+0j]"):
    print(operation, attempt(eval, operation))
