# Threads read a property and call a classmethod and a staticmethod, while another one gives
# the class others: each answer is one of those that there were, and belongs to its caller.
import threading


class A:
    pass


class B:
    pass


# Functions of the module: what they are bound to may be remembered where it is used.
getters, makers, plains = [], [], []
for n in range(8):
    def getter(self, n=n):
        return type(self), n

    def maker(cls, n=n):
        return cls, n

    def plain(n=n):
        return n

    getters.append(getter)
    makers.append(maker)
    plains.append(plain)


def give(n):
    for c in A, B:
        c.value = property(getters[n % 8])
        c.made = classmethod(makers[n % 8])
        c.plain = staticmethod(plains[n % 8])


ROUNDS = 303
give(0)
done = threading.Event()
wrong = []


def answers_of(c, o):
    return o.value, c.made(), (c, c.plain())


def reader():
    while not done.is_set():
        for c in A, B:
            for _ in range(3):
                for i, (owner, n) in enumerate(answers_of(c, c())):
                    if owner is not c or not isinstance(n, int) or not 0 <= n < 8:
                        wrong.append((i, owner, n))


threads = [threading.Thread(target=reader) for _ in range(3)]
for t in threads:
    t.start()
for n in range(1, ROUNDS + 1):
    give(n)
done.set()
for t in threads:
    t.join()
print(wrong)
for c in A, B:
    print(answers_of(c, c()) == ((c, ROUNDS % 8), (c, ROUNDS % 8), (c, ROUNDS % 8)))
