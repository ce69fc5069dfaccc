# bytes and bytearray share their methods; each answers with its own type.
pieces = [b"", b"a", b"Hello World", b"  x y  z ", b"\t\n x\r\n", b"\xe9\xff\x00", b"12345", b"+12",
          b"a\tbc\td", b"aaaa", b"a,b,,c", b'"q\'', b"x\n\ry\r\nz\x0b"]
parts = [b"", b"a", b"l", b"lo", b" ", b"aa", 97, 300, "a", None, 1.5, bytearray(b"a")]


def show(o, name, *arguments):
    try:
        result = getattr(o, name)(*arguments)
    except Exception as error:
        result = type(error).__name__ + ": " + str(error)
    print(o, name, arguments, result)


for piece in pieces:
    for o in (piece, bytearray(piece)):
        for name in ("capitalize isalnum isalpha isascii isdigit islower isspace istitle isupper "
                     "lower lstrip rstrip strip split rsplit splitlines swapcase title upper "
                     "expandtabs hex").split():
            show(o, name)
        for part in parts:
            for name in ("find rfind index count startswith endswith partition rpartition split "
                         "rsplit strip removeprefix removesuffix").split():
                show(o, name, part)
            show(o, "replace", part, b"XY")
            show(o, "split", part, 1)
            show(o, "find", part, -3, 100)
        for width in (0, 5, 12):
            show(o, "center", width, b"*")
            show(o, "zfill", width)
        show(o, "hex", ":", 2)
        show(o, "hex", "-", -2)
        show(o, "translate", bytes(range(255, -1, -1)), b"al")
        show(o, "join", [b"x", bytearray(b"y"), b"z"])
        print(o[1:], o[::-1], o[5:1:-2], o + b"!", o * 2, list(o), b"l" in o, 108 in o, o == piece,
              o < b"b")
for text in ("", "00ff", "0 1", "01 02\n03", "abc", "zz", "1g"):
    show(b"", "fromhex", text)
    show(bytearray(), "fromhex", text)
show(b"", "maketrans", b"ab", b"x")
show(b"", "join", [1])
show(b"", "join", 1)
