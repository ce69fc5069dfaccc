# Encodings, and the ways to treat what they cannot express.
encodings = ["utf-8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32-be", "UTF8",
             "L1", "us-ascii", "utf-8-sig"]
ways = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass"]
texts = ["", "abc", "\xe9\xff", "\u0391b", "\U0001f600", "\ud800", "a\udcffb", "\u4e00\u4e01x"]
pieces = [b"", b"abc", b"\xe9", b"\xc3\xa9", b"\xff\xfea\x00", b"\xed\xa0\x80", b"\xe2\x82", b"a\x80b\xf5",
          b"\x00\xd8a\x00", b"\xf0\x9f\x98\x80"]


def show(o, *arguments):
    try:
        result = (o.encode if isinstance(o, str) else o.decode)(*arguments)
    except Exception as error:
        result = type(error).__name__ + ": " + str(error)
    print(ascii(o), arguments, ascii(result))


for encoding in encodings:
    for way in ways:
        for o in texts + pieces:
            show(o, encoding, way)
for text in texts:
    show(text, "ascii", "xmlcharrefreplace")
    show(text, "ascii", "namereplace")
show("a", "no such")
show(b"a", "no such")
show("\xe9", "ascii", "no such")
show("a", 1)
try:
    "x\u0391\u0392y".encode("latin-1")
except UnicodeEncodeError as error:
    print(error.encoding, ascii(error.object), error.start, error.end, error.reason)
try:
    b"x\xff".decode()
except UnicodeDecodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason)
