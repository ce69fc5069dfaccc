# The queues of the module queue.
import queue, threading
q = queue.Queue(2); q.put(1); q.put(2)
try: q.put(3, False)
except queue.Full: print('full')
try: q.put(3, timeout=0.01)
except queue.Full: print('full')
print(q.get(), q.get(), q.qsize(), q.empty(), q.full())
try: q.get_nowait()
except queue.Empty: print('empty')
q = queue.Queue(); res = []
def worker():
    while True:
        i = q.get()
        if i is None: q.task_done(); break
        res.append(i * i); q.task_done()
ts = [threading.Thread(target=worker) for _ in range(3)]; [t.start() for t in ts]
for i in range(100): q.put(i)
for _ in ts: q.put(None)
q.join(); [t.join() for t in ts]; print(sum(res))
l = queue.LifoQueue(); [l.put(i) for i in range(3)]; print([l.get() for i in range(3)])
p = queue.PriorityQueue(); [p.put(i) for i in (3, 1, 2)]; print([p.get() for i in range(3)])
sq = queue.SimpleQueue(); sq.put(4); print(sq.get(), sq.empty())
try: q.task_done(); 
except ValueError as e: print(e)
