# Several threads at one generator: each value is given once, to one of them; who comes while
# it runs gets a ValueError. And generators that leave the thread that made them.
import sys
import threading

sys.setswitchinterval(1e-4)

COUNT = 20000
THREADS = 4


def numbers(n):
    for i in range(n):
        yield i


def delegated(n):
    yield from numbers(n)


def together(run):
    threads = [threading.Thread(target=run, args=(i,)) for i in range(THREADS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def shared(make):
    generator, got, texts = make(COUNT), [[] for _ in range(THREADS)], set()
    start = threading.Barrier(THREADS)

    def take(i):
        mine = got[i]
        start.wait()
        while True:
            try:
                for n in generator:
                    mine.append(n)
                return
            except ValueError as e:
                texts.add(str(e))
    together(take)
    assert sorted(sum(got, [])) == list(range(COUNT)), 'lost, or given twice'
    assert texts <= {'generator already executing'}, texts
    assert all(mine == sorted(mine) for mine in got)
    print(make.__name__)


shared(numbers)
shared(delegated)


# It is nobody else's until it shows itself, while it runs.
def shows_itself(shelf):
    me = yield
    for i in range(200):
        if i == 100:
            shelf.append(me)
        yield i
    shelf.append(None)


def begun(shelf):
    generator = shows_itself(shelf)
    next(generator)
    generator.send(generator)
    return generator


def thief(shelf, stolen):
    while not shelf:
        pass
    generator = shelf[0]
    while generator is not None:
        try:
            for n in generator:
                stolen.append(n)
            return
        except ValueError:
            pass


def maker(shelf, kept):
    while True:
        try:
            for n in begun(shelf) if not shelf else shelf[0]:
                kept.append(n)
            return
        except ValueError:
            pass


for _ in range(50):
    shelf, stolen, kept = [], [], []
    threads = [threading.Thread(target=thief, args=(shelf, stolen)),
               threading.Thread(target=maker, args=(shelf, kept))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(stolen + kept) == list(range(1, 200)), 'lost, or given twice'
print('shown')


# Handed on after each value.
def hand_on(rounds):
    places = [[] for _ in range(THREADS)]
    sums = [0] * THREADS
    places[0].append(numbers(rounds))
    over = threading.Event()

    def run(i):
        here, there = places[i], places[(i + 1) % THREADS]
        while not over.is_set():
            if here:
                generator = here.pop()
                for n in generator:
                    sums[i] += n
                    break
                else:
                    over.set()
                there.append(generator)
                del generator
    together(run)
    assert sum(sums) == sum(range(rounds))
    print('handed on')


hand_on(400)
