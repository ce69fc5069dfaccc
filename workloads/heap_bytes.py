# heap_bytes.py: bytes of memory for each object of a kind, in this Python: gilt or any other.
#
#     build/nogil/gilt workloads/heap_bytes.py [KIND...]
#
# By how much the resident memory of the process grows while a list that is there already is
# filled with so many of them: the list itself does not count. All that is made is kept, so
# no kind is made in the memory of another.
import sys

COUNT = 200_000
FIRST = 1_000  # made before it begins to count: pages and tables of the kind are there then


class Plain:
    def __init__(self):
        self.a = self.b = None


class Slots:
    __slots__ = 'a', 'b'

    def __init__(self):
        self.a = self.b = None


kinds = {
    'int over 2^30': lambda i: i + (1 << 30),
    'float': lambda i: i + 0.5,
    'str of 8': lambda i: '%08d' % i,
    'tuple of 2': lambda i: (None, i & 1),
    'list, empty': lambda i: [],
    'list of 2': lambda i: [None, None],
    'dict, empty': lambda i: {},
    'dict of 1': lambda i: {'a': None},
    'set of 1': lambda i: {None},
    'instance, 2 attributes': lambda i: Plain(),
    'instance, 2 __slots__': lambda i: Slots(),
    'object()': lambda i: object(),
}


def resident():
    with open('/proc/self/statm') as file:
        return int(file.read().split()[1]) * 4096


def measure(make):
    objects = [None] * COUNT
    kept.append(objects)
    for i in range(FIRST):
        objects[i] = make(i)
    before = resident()
    for i in range(FIRST, COUNT):
        objects[i] = make(i)
    return (resident() - before) / (COUNT - FIRST)


kept = []
for kind in sys.argv[1:] or kinds:
    if kind not in kinds:
        sys.exit('heap_bytes.py: unknown kind %r; there are: %s' % (kind, '; '.join(kinds)))
    print('%-24s %6.1f' % (kind, measure(kinds[kind])), flush=True)
