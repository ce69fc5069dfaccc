"""Small ints and one-character strings are made at the start."""
print(all(int(str(n)) is int(str(n)) for n in range(-5, 257)))
print(int("257") is int("257"))
print("abc"[1] is "xbz"[1])
