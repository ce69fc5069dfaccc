while a: break
while a:
    continue
else: pass
for x in y: pass
for x, (y, *z) in a, b:
    if x: break
    elif y: continue
    else:
        for w in z:
            try: break
            finally: continue
else:
    pass
for a.b in c: pass
for a[b], in c: pass
for i in range(10): i
for i in range(a, b, -1):
    for j in *a, *b:
        while True:
            with c: break
while not (a and b or c): a += 1
while 1: pass
