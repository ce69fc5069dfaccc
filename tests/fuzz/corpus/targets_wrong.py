[x, 1] = y
(a + b) += 1
for 1 in x: pass
with a as 1: pass
del f()
