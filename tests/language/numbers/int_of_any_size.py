# Operators on ints around the borders between their layouts.
edges = [0, 1, -1, 7, -7, 255, 2**31, 2**62, 2**62 - 1, -2**62, -2**62 - 1, 2**63 - 1, 2**63,
         -2**63, -2**63 - 1, 2**64 - 1, 2**64, -2**64, 3**80, -3**80, 10**60 + 7]


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for a in edges:
    print(a, -a, +a, ~a, abs(a), bool(a), hash(a), a.bit_length(), a.bit_count())
    for b in edges:
        print(a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a <= b, a == b, a != b)
        print(attempt(divmod, a, b), attempt(lambda: a // b), attempt(lambda: a % b),
              attempt(lambda: a / b))
    for count in (0, 1, 31, 62, 63, 64, 65, 127, 128, 200):
        print(a << count, a >> count)
    for exponent in (0, 1, 2, 5, 63):
        print(a ** exponent)

for a in (5, -5, 0, 2**70, 3**50):
    for b in (0, 1, -1, 10, 2**66, -7):
        for m in (1, -1, 7, -7, 2**61 - 1, -2**80, 0):
            print(attempt(pow, a, b, m))

x = 1
for i in range(2000):
    x = x * 3 + i
print(x % 10**40, (x // 7) % 10**40, (x // 3**1000) % 10**40, (x * x - x // 11) % 10**40)
