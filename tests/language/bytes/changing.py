# What changes a bytearray: items, slices, methods and operators in place.
def change(how):
    b = bytearray(b"hello world")
    try:
        result = how(b)
    except Exception as error:
        result = type(error).__name__ + ": " + str(error)
    print(b, result)


slices = [slice(None), slice(1, 3), slice(None, -1), slice(None, None, 2), slice(None, None, -1),
          slice(5, 1, -2), slice(8, 2), slice(-2, None), slice(100, 200)]
values = [b"", b"ab", bytearray(b"XYZ"), [1, 2], (), [300], ["a"], "s", 5, None, b"123456", range(3)]
for where in slices:
    for value in values:
        change(lambda b: b.__setitem__(where, value))
    change(lambda b: b.__delitem__(where))
for where in (0, -1, 10, 11, -12, 2**70, "a", True):
    for value in (65, 0, 255, 256, -1, "a", b"x"):
        change(lambda b: b.__setitem__(where, value))
    change(lambda b: b.__delitem__(where))
    change(lambda b: b[where])
    change(lambda b: b.pop(where))
for value in values + [104, 256]:
    change(lambda b: b.append(value))
    change(lambda b: b.extend(value))
    change(lambda b: b.insert(3, value))
    change(lambda b: b.remove(value))
    change(lambda b: b.__iadd__(value))
change(lambda b: b.extend(b))
change(lambda b: b.__imul__(2))
change(lambda b: b.__setitem__(slice(2, 4), b))
change(lambda b: b.pop())
change(lambda b: b.reverse())
change(lambda b: b.clear())
change(lambda b: b.copy() is b)
change(lambda b: bytearray().pop())
b = bytearray()
for i in range(10000):
    b.append(i & 255)
while len(b) > 10:
    b.pop(len(b) // 2)
print(b, len(b))
for i, byte in enumerate(b):
    if i < 3:
        b.append(byte)
print(len(b))
