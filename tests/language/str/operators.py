# What operators do with strs, what they refuse, and how a text is shown.
def attempt(what):
    try:
        print(ascii(what()))
    except Exception as error:
        print(type(error).__name__, ascii(str(error)))


attempt(lambda: "a" + "\u0391" + "\U0001f600")
attempt(lambda: "a" + 1)
attempt(lambda: "a" + b"a")
attempt(lambda: 1 + "a")
attempt(lambda: "ab" * 3)
attempt(lambda: True * "ab")
attempt(lambda: "ab" * -1)
attempt(lambda: "ab" * "c")
attempt(lambda: "ab" * 1.5)
attempt(lambda: "ab" * 2**62)
attempt(lambda: "ab" * 2**70)
attempt(lambda: "b" in "abc")
attempt(lambda: 1 in "abc")
attempt(lambda: "a" < 1)
attempt(lambda: "abc"[3])
attempt(lambda: "abc"[-3])
attempt(lambda key="a": "abc"[key])
attempt(lambda: "abc"[2**70])
attempt(lambda: "abc"[::0])
attempt(lambda: "abc" - "a")
attempt(lambda: str(1, "utf-8"))
attempt(lambda: str("a", "utf-8"))
attempt(lambda: str(b"\xc3\xa9", "utf-8"))
attempt(lambda: str(object=5))
attempt(lambda: str(1, 2, 3, 4))
print(sorted(["b", "a", "\xe9", "ab", "\U0001f600", "\u0391", ""]) ==
      ["", "a", "ab", "b", "\xe9", "\u0391", "\U0001f600"])
for text in ("it's", '"q"', "'\"", "\\", "\n\t\r\x00\x7f\xa0\xad", "\xe9\u0391\U0001f600", "\ud800",
             "\u2028\ufeff\U000e0001"):
    print(ascii(repr(text)), ascii(text))


class Text(str):
    def __str__(self):
        return "shown"


text = Text("abc")
text.mark = 1
print(text, repr(text), text.mark, text + "d", type(text + "d"), type(text[:]), type(text.strip()))
print(text == "abc", {text: 1}["abc"], f"{text:>6}", "%s" % text, "-".join([text, text]))
print(str(text), type("".join([text])), isinstance(text, str), Text(), Text(5))

# Building in place is seen by nobody else.
grown = ""
kept = []
for i in range(2000):
    grown += "ab\u0391\U0001f600"[i % 4]
    if i % 500 == 7:
        kept.append(grown)
        alias = grown
        grown += "x"
        print(len(alias), len(grown), alias == kept[-1], hash(alias) == hash(kept[-1][:]))
print(len(grown), [len(k) for k in kept], grown.count("x"), ascii(grown[:12]))
letters = iter("ab\u0391")
print(next(letters), ascii(list(letters)), list(letters), list(reversed("abc")), max("hello"))
