# Ints to bytes and back, in both orders, with and without sign.
for value in (0, 1, 127, 128, 255, 256, 2**63, 2**64 - 1, 2**64, 10**40):
    size = (value.bit_length() + 8) // 8 + 1
    for order in ("little", "big"):
        data = value.to_bytes(size, order)
        print(data, int.from_bytes(data, order), int.from_bytes(data, order, signed=True))
        data = (-value).to_bytes(size, order, signed=True)
        print(data, int.from_bytes(data, order), int.from_bytes(data, order, signed=True))
print(int.from_bytes(b"", "big"), int.from_bytes([1, 2, 3], "big"), (5).to_bytes(1, "big"))
print((-128).to_bytes(1, "big", signed=True), int.from_bytes(bytearray(b"\x01\x00"), "big"))


class Count(int):
    def __repr__(self):
        return f"Count({int(self)})"


for value in (5, 2**100):
    count = Count(value)
    print(count, count + 1, type(count + 1), -count, Count.from_bytes(b"\x07", "big"))
    print(count == value, hash(count) == hash(value), {value: "found"}[count], +count, ~count)
    print(isinstance(count, int), type(int(count)), count.real, count.numerator, count * 2)
