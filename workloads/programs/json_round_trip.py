"""json_round_trip.py: a parser and a printer: strs by index, dicts, recursion.

The problem: print nested data as JSON and read it again (RFC 8259); what comes out must be
what went in. Parser and printer are those of this file.
"""

EXPECTED = {1: 278087224}

ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r",
           "t": "\t"}
ESCAPED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r",
           "\t": "\\t"}
WORDS = {"true": True, "false": False, "null": None}


# ---- printing ----

def print_text(text, parts):
    parts.append('"')
    for c in text:
        escaped = ESCAPED.get(c)
        if escaped is not None:
            parts.append(escaped)
        elif " " <= c <= "~":
            parts.append(c)
        elif c <= "\uffff":
            parts.append("\\u%04x" % ord(c))
        else:
            code = ord(c) - 0x10000
            parts.append("\\u%04x\\u%04x" % (0xD800 + (code >> 10), 0xDC00 + (code & 1023)))
    parts.append('"')


def print_value(value, parts):
    if isinstance(value, str):
        print_text(value, parts)
    elif value is None:
        parts.append("null")
    elif value is True:
        parts.append("true")
    elif value is False:
        parts.append("false")
    elif isinstance(value, (int, float)):
        parts.append(repr(value))
    elif isinstance(value, dict):
        separator = "{"
        for key, item in value.items():
            parts.append(separator)
            print_text(key, parts)
            parts.append(": ")
            print_value(item, parts)
            separator = ", "
        parts.append("}" if value else "{}")
    elif isinstance(value, (list, tuple)):
        separator = "["
        for item in value:
            parts.append(separator)
            print_value(item, parts)
            separator = ", "
        parts.append("]" if value else "[]")
    else:
        raise TypeError("not JSON: " + type(value).__name__)


def to_json(value):
    parts = []
    print_value(value, parts)
    return "".join(parts)


# ---- parsing ----

class Parser:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def fail(self, what):
        raise ValueError("%s expected at %d" % (what, self.at))

    def peek(self):
        """The next character that is no white space; '' at the end."""
        text = self.text
        at = self.at
        end = len(text)
        while at < end and text[at] in " \t\r\n":
            at += 1
        self.at = at
        return text[at] if at < end else ""

    def value(self):
        c = self.peek()
        if c == '"':
            return self.string()
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == "-" or c.isdigit():
            return self.number()
        for word, value in WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.fail("a value")

    def object(self):
        result = {}
        self.at += 1
        if self.peek() == "}":
            self.at += 1
            return result
        while True:
            if self.peek() != '"':
                self.fail("a key")
            key = self.string()
            if self.peek() != ":":
                self.fail("':'")
            self.at += 1
            result[key] = self.value()
            c = self.peek()
            self.at += 1
            if c == "}":
                return result
            if c != ",":
                self.fail("',' or '}'")

    def array(self):
        result = []
        self.at += 1
        if self.peek() == "]":
            self.at += 1
            return result
        while True:
            result.append(self.value())
            c = self.peek()
            self.at += 1
            if c == "]":
                return result
            if c != ",":
                self.fail("',' or ']'")

    def number(self):
        text = self.text
        start = at = self.at
        is_float = False
        while at < len(text) and text[at] in "+-.0123456789eE":
            if text[at] in ".eE":
                is_float = True
            at += 1
        self.at = at
        return float(text[start:at]) if is_float else int(text[start:at])

    def string(self):
        text = self.text
        parts = []
        start = at = self.at + 1
        while True:
            if at >= len(text):
                self.fail("'\"'")
            c = text[at]
            if c == '"':
                parts.append(text[start:at])
                self.at = at + 1
                return "".join(parts)
            if c != "\\":
                at += 1
                continue
            parts.append(text[start:at])
            c = text[at + 1]
            at += 2
            if c == "u":
                at = self.escape(at, parts)
            elif c in ESCAPES:
                parts.append(ESCAPES[c])
            else:
                self.fail("an escape")
            start = at

    def escape(self, at, parts):
        code = int(self.text[at:at + 4], 16)
        at += 4
        if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", at):
            low = int(self.text[at + 2:at + 6], 16)
            code = 0x10000 + ((code - 0xD800) << 10 | (low - 0xDC00))
            at += 6
        parts.append(chr(code))
        return at


def from_json(text):
    parser = Parser(text)
    value = parser.value()
    if parser.peek():
        parser.fail("the end")
    return value


# ---- the work ----

def make_data(count):
    people = []
    number = 7
    for i in range(count):
        number = (number * 1103515245 + 12345) % 2147483648
        people.append({
            "id": i,
            "name": "Name \"%d\"\tof \u00e9t\u00e9 \U0001f600" % (number % 1000),
            "balance": number / 64.0,
            "active": number & 8 != 0,
            "parent": None if number & 16 else number % (i + 1),
            "tags": ["t%d" % (number >> shift & 7) for shift in range(0, 20, 5)],
            "place": {"x": number % 360 - 180, "y": -(number % 90) * 0.5, "empty": [{}, []]},
        })
    return {"version": 1, "people": people}


def run(scale, thread, threads):
    data = make_data(250 * scale)
    checksum = 0
    for turn in range(2):
        text = to_json(data)
        again = from_json(text)
        if again != data:
            raise AssertionError("not what went in")
        for c in text[::7]:
            checksum = (checksum * 131 + ord(c)) % 1000000007
        checksum += len(text)
        data = again
        data["people"].reverse()
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
