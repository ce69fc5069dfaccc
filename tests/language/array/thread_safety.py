"""Threads that change and read one array at once; nothing is torn, nothing is lost."""
import threading
from array import array

numbers = array('q', [0] * 100)
wrong = []
ONES = -1


def write(value):
    for i in range(3000):
        numbers[i % 100] = value
        if i % 50 == 0:
            numbers.append(value)
            numbers.pop(0)


def read():
    for i in range(3000):
        value = numbers[i % 50]
        if value not in (0, ONES, 1 << 40):
            wrong.append(value)
        for one in numbers[10:20]:
            if one not in (0, ONES, 1 << 40):
                wrong.append(one)


threads = [threading.Thread(target=write, args=(ONES,)), threading.Thread(target=write, args=(1 << 40,)),
           threading.Thread(target=read), threading.Thread(target=read)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(wrong, len(numbers))

shared = array('i')


def grow(start):
    for i in range(start, start + 2000):
        shared.append(i)


threads = [threading.Thread(target=grow, args=(n * 2000,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared), sorted(shared) == list(range(8000)))

data = bytearray(64)


def views(value):
    for i in range(1000):
        with memoryview(data) as view:
            view[i % 64] = value
            part = view[:64].cast('Q')[i % 8]
            view[0:8] = bytes([value]) * 8
            part = view[::2].tobytes()
        try:
            data.append(1)
            data.pop()
        except BufferError:
            pass


threads = [threading.Thread(target=views, args=(n + 1,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
while len(data) > 64:
    data.pop()
print(len(data), data[0] in (1, 2, 3, 4), set(data[0:8]) <= {1, 2, 3, 4})
