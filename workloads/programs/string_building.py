"""string_building.py: making strs: join, format, replace, slices, encoding.

The problems: a report with aligned columns; a text wrapped and justified; words turned into
Pig Latin; run lengths packed and unpacked; a cipher that shifts letters (Caesar's); long
strs put together bit by bit. Everyday tasks, with nothing to cite but every textbook.
"""

EXPECTED = {1: 796793008}

VOWELS = "aeiou"
WORDS = ("the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog", "while", "every",
         "good", "boy", "does", "fine", "and", "some", "of", "us", "are", "still", "counting",
         "sheep", "in", "the", "middle", "of", "an", "endless", "night")


def report(rows):
    lines = ["%-12s|%10s|%8s" % ("name", "amount", "share"), "-" * 32]
    for name, amount, share in rows:
        lines.append(f"{name:<12}|{amount:>10,d}|{share:8.2%}")
    lines.append("{0:=<32}".format("end "))
    return "\n".join(lines)


def justify(words, width):
    """Lines of just this width, but for the last."""
    lines = []
    line = []
    length = 0
    for word in words:
        if line and length + len(line) + len(word) > width:
            gaps = max(1, len(line) - 1)
            spaces, more = divmod(width - length, gaps)
            text = ""
            for i, each in enumerate(line[:-1]):
                text += each + " " * (spaces + (i < more))
            lines.append((text + line[-1]).ljust(width))
            line, length = [], 0
        line.append(word)
        length += len(word)
    lines.append(" ".join(line))
    return lines


def pig_latin(word):
    for i, c in enumerate(word):
        if c in VOWELS:
            return word[i:] + word[:i] + "ay"
    return word + "ay"


def pack(text):
    """'aaab' -> '3a1b'."""
    packed = ""
    i = 0
    while i < len(text):
        end = i
        while end < len(text) and text[end] == text[i] and end - i < 9:
            end += 1
        packed += str(end - i) + text[i]
        i = end
    return packed


def unpack(packed):
    return "".join(packed[i + 1] * int(packed[i]) for i in range(0, len(packed), 2))


def shifted(text, by):
    letters = []
    for c in text:
        if "a" <= c <= "z":
            c = chr((ord(c) - ord("a") + by) % 26 + ord("a"))
        letters.append(c)
    return "".join(letters)


def sum_of(text, checksum=0):
    for byte in text.encode():
        checksum = (checksum * 257 + byte) % 1000000007
    return checksum


def run(scale, thread, threads):
    checksum = 0
    number = 1
    for turn in range(60 * scale):
        words = []
        for _ in range(120):
            number = (number * 1103515245 + 12345) % 2147483648
            words.append(WORDS[(number >> 16) % len(WORDS)])
        text = " ".join(words)
        rows = [(word.title(), len(word) * number, len(word) / 7) for word in words[:20]]
        checksum = sum_of(report(rows), checksum)
        for line in justify(words, 50 + turn % 9):
            checksum = sum_of(line, checksum)
        checksum = sum_of(" ".join(map(pig_latin, words)), checksum)
        blocks = text.replace("e", "\u00e9\u00e9\u00e9").replace("o", "oo").upper()
        packed = pack(blocks[:300])
        if unpack(packed) != blocks[:300] or shifted(shifted(text, 7), -7) != text:
            raise AssertionError("not what it was")
        checksum = sum_of(packed, checksum)
        checksum += text.count("the") + text.find("sheep") + len(text.partition("dog")[2])
        checksum += len(repr(blocks)) + len("%r %s %5.1f" % (words[:2], words[2], turn / 3))
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
