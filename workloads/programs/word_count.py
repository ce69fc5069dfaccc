"""word_count.py: count words: str methods, dicts, sorting.

The problem: how often does each word occur in a text, and which are the most frequent? After
J. Bentley, D. Knuth and D. McIlroy, 'Programming Pearls: A Literate Program' (CACM 29(6),
1986). The text is made of syllables, some words much oftener than others.
"""

EXPECTED = {1: 975374850}

HEADS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br", "ch",
         "dr", "gr", "kl", "pl", "sh", "st", "tr")
TAILS = ("a", "e", "i", "o", "u", "an", "el", "in", "on", "ar", "em", "ist", "ung", "ould")


def make_text(words):
    """Lines of words; the frequency of a word falls with its number."""
    number = 42
    parts = []
    for i in range(words):
        number = (number * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        which = (number >> 33) % 4000
        which = which * which // 4000 * which // 4000
        word = ""
        while True:
            word += HEADS[which % 24] + TAILS[which // 24 % 14]
            which //= 24 * 14
            if not which:
                break
        if number >> 60 == 3:
            word = word.capitalize()
        if number >> 59 & 15 == 7:
            word += ",.;!"[number >> 40 & 3]
        parts.append(word)
        parts.append("\n" if i % 12 == 11 else " ")
    return "".join(parts)


def count_words(text):
    counts = {}
    for line in text.splitlines():
        for word in line.split():
            word = word.strip(",.;!").lower()
            counts[word] = counts.get(word, 0) + 1
    return counts


def count_pairs(text):
    """Words that follow each other."""
    counts = {}
    before = None
    for word in text.lower().split():
        counts.setdefault(before, []).append(word)
        before = word
    return {word: len(set(after)) for word, after in counts.items()}


def run(scale, thread, threads):
    text = make_text(40000 * scale)
    counts = count_words(text)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    checksum = len(order)
    for word, count in order:
        for letter in word:
            checksum = (checksum * 33 + ord(letter)) % 1000000007
        checksum += count
    followers = count_pairs(text)
    for word, count in order[:100]:
        checksum = (checksum * 31 + followers.get(word, 0)) % 1000000007
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
