# str methods over texts of all widths, with the errors of wrong arguments.
texts = ["", "a", "Hello World", "  x y  z ", "\t\n x\r\n", "\xe9t\xe9 \xdf", "a\u03a3 b\u03a3",
         "\u01c5\u01c6", "\U0001f600x\U0001f600", "12345", "\u0661\u0662", "\xb2\xbd", "\u4e00",
         "+12", "-7", "a\tbc\td", "aaaa", "a,b,,c", "\ufb01\u0130\u0149", "a_b1", "1a", "\ud800x"]
parts = ["", "a", "l", "lo", " ", "x", "\xe9", "\u0391", "\U0001f600", "aa", ","]


def show(text, name, *arguments):
    try:
        result = getattr(text, name)(*arguments)
    except Exception as error:
        result = type(error).__name__ + ": " + str(error)
    print(ascii(text), name, ascii(arguments), ascii(result))


for text in texts:
    for name in ("capitalize casefold isalnum isalpha isascii isdecimal isdigit isidentifier "
                 "islower isnumeric isprintable isspace istitle isupper lower lstrip rstrip "
                 "strip split rsplit splitlines swapcase title upper expandtabs").split():
        show(text, name)
    for part in parts:
        for name in ("find rfind index rindex count startswith endswith partition rpartition "
                     "split rsplit strip lstrip rstrip removeprefix removesuffix").split():
            show(text, name, part)
        show(text, "find", part, 1, -1)
        show(text, "count", part, -3, 100)
        show(text, "startswith", (part, "x"), 1)
        show(text, "replace", part, "\u0391")
        show(text, "replace", part, "", 1)
        show(text, "split", part, 1)
        show(text, "rsplit", None, 1)
        show(part, "join", [text, text, part])
    for width in (0, 5, 6, 12):
        for name in ("center", "ljust", "rjust"):
            show(text, name, width, "*")
        show(text, "zfill", width)
    show(text, "translate", {97: "XX", 98: None, 0x391: 120})
    print(ascii([text[1:], text[:-1], text[::-1], text[::2], text[5:1:-2]]))

for wrong in (1, None, b"x", 1.5, ("a", 1)):
    for name in ("find count index startswith endswith split partition strip join removeprefix "
                 "center zfill expandtabs translate").split():
        show("abc", name, wrong)
    show("abc", "replace", wrong, "x")
    show("abc", "center", 5, wrong)
    show("abc", "find", "b", wrong)
    show("", "maketrans", wrong)
    show("", "maketrans", "x", wrong)
print("abc".maketrans("ab", "xy", "z"), "".maketrans({"a": 1, 98: "x"}))
