# A number in a list or an attribute that is replaced is another object for who has read it,
# in the same thread and in others.
import threading

class Place:
    pass

def same_thread():
    items, place = [0.5, 1000], Place()
    place.x, place.n = 0.5, 1000
    kept = [items[0], items[1], place.x, place.n]
    for i in range(300):
        items[0] += 1.0
        items[1] += 1
        place.x += 1.0
        place.n += 1
    for i in range(280):
        items[1] -= 5
        place.n -= 5
    print(kept, items, place.x, place.n)

def writer(items, place, done):
    for i in range(20000):
        items[0] = items[0] + 1.0
        items[1] = items[1] + 1
        place.x = place.x + 1.0
        place.n = place.n + 1
    done.set()

def reader(items, place, done, wrong):
    while not done.is_set():
        kept = [items[0], items[1], place.x, place.n]
        texts = [repr(k) for k in kept]
        for i in range(20):
            if [repr(k) for k in kept] != texts:
                wrong.append(texts)
        if kept[0] > kept[2] + 1e9:
            wrong.append(kept)

same_thread()
items, place, done, wrong = [0.5, 1000], Place(), threading.Event(), []
place.x, place.n = 0.5, 1000
threads = [threading.Thread(target=reader, args=(items, place, done, wrong)) for i in range(2)]
threads.append(threading.Thread(target=writer, args=(items, place, done)))
for t in threads:
    t.start()
for t in threads:
    t.join()
print(items, place.x, place.n, wrong)
