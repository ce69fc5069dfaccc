# A seed gives the numbers that CPython gives.
import random

for seed in (0, 1, -1, 42, 2**70, "text", "", b"bytes", bytearray(b"x"), 1.5):
    r = random.Random(seed if not isinstance(seed, bytearray) else None)
    r.seed(seed)
    print(seed, r.random(), r.getrandbits(1), r.getrandbits(33), r.getrandbits(100), r.randbytes(5))
    print(r.randrange(10), r.randrange(5, 100, 7), r.randrange(100, 5, -7), r.randint(1, 10**30))
    print(r.choice("abcdef"), r.choices("abc", [1, 2, 3.5], k=6), r.choices(range(9), k=4))
    print(r.choices("abc", cum_weights=[1, 3, 9], k=5), r.sample(range(1000), 7), r.sample("abcdefghij", 5))
    print(r.sample(range(10**9), 30), r.sample("abc", k=4, counts=[3, 2, 5]))
    items = list(range(20))
    r.shuffle(items)
    print(items, r.uniform(1, 5), r.triangular(), r.triangular(1, 5, 2))
    print(r.normalvariate(3, 2), r.gauss(1, 2), r.gauss(1, 2), r.expovariate(1.5), r.lognormvariate(0, 1))
    print(r.betavariate(2, 3), r.gammavariate(2.5, 1), r.gammavariate(1, 2), r.gammavariate(0.3, 2))
    print(r.vonmisesvariate(1, 4), r.vonmisesvariate(0, 0), r.paretovariate(3), r.weibullvariate(1, 1.5))
    state = r.getstate()
    first = [r.random() for i in range(700)]
    r.setstate(state)
    print(first == [r.random() for i in range(700)], len(state[1]), state[0])

random.seed(7)
print(random.random(), random.randint(1, 6), random.choice([1, 2, 3]))
for call in ("random.choice([])", "random.randrange(0)", "random.sample([1], 2)", "random.sample({1}, 1)",
             "random.randrange(1, 5, 0)", "random.choices([1, 2], [0, 0])", "random.choices([1], 2)",
             "random.gammavariate(0, 1)", "random.getrandbits(-1)"):
    try:
        print(eval(call))
    except Exception as error:
        print(call, type(error).__name__)


class Fixed(random.Random):
    def random(self):
        return 0.25


print(Fixed().randrange(100), Fixed().choice("abcd"), Fixed().uniform(0, 4))
