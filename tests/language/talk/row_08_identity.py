"""id(x) is the same as long as the object lives; `x is y` asks for it."""
x = [1]
y = x
print(id(x) == id(y), x is y)
n = int("1000")
m = n
print(id(n) == id(m), n is m, id(n) == id(n))
a = int("5")
b = int("5")
print(a is b)  # small ints are made at the start
