# Threads read from instances what other threads change in the class, or hide in an instance:
# always a value that was there, and of what is only in the class never an older one after a
# newer.
import sys
import threading

sys.setswitchinterval(1e-4)

ROUNDS = 20000
READERS = 3


class Base:
    inherited = (0, 0.0)


class Class(Base):
    own = (0, 0.0)
    hidden = (0, 0.0)


def together(*runs):
    failed = []

    def guarded(run):
        try:
            run()
        except BaseException as e:
            failed.append(e)
    threads = [threading.Thread(target=guarded, args=(run,)) for run in runs]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for e in failed:
        raise e


shared = Class()
over = [False]


def writer():
    for i in range(1, ROUNDS):
        Base.inherited = (i, float(i))
        Class.own = (i, float(i))
        if i % 2:
            shared.hidden = (i, float(i))
        else:
            Class.hidden = (i, float(i))
            del shared.hidden
    over[0] = True


def whole(pair, least):
    n, same = pair
    assert n == same and n >= least, (pair, least)
    return n


def reader():
    mine = Class()
    inherited = own = mines = 0
    while not over[0]:
        inherited = whole(shared.inherited, inherited)
        own = whole(shared.own, own)
        mines = whole(mine.own, mines)
        whole(shared.hidden, 0)


together(writer, *[reader] * READERS)
print(shared.inherited, shared.own, shared.hidden)


# Each thread makes classes, and lets them die.
def maker():
    for i in range(300):
        made = type('Made', (Class,), {'number': i, 'text': str(i)})
        first, second = made(), made()
        for o in (first, second, first):
            assert o.number == i and o.text == str(i) and o.own is Class.own
            o.number
        first.number = -1
        assert first.number == -1 and second.number == i


together(*[maker] * 3)
print('made')
