"""A name is a label, and an object can have many."""
x = [300]
y = x
print(x is y, x == y)
y.append(1)
print(x)  # the same object under another name
z = [300, 1]
print(x == z, x is z)
