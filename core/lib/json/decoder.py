"""Reads JSON. Each function gets the text and a place in it, and gives what it found and the
place behind that."""

__all__ = ['JSONDecoder', 'JSONDecodeError']


class JSONDecodeError(ValueError):
    """The text is not JSON: what is wrong, and where."""

    def __init__(self, msg, doc, pos):
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = doc.count('\n', 0, pos) + 1
        self.colno = pos - doc.rfind('\n', 0, pos)
        super().__init__('%s: line %d column %d (char %d)'
                         % (msg, self.lineno, self.colno, pos))

    def __reduce__(self):
        return type(self), (self.msg, self.doc, self.pos)


_CONSTANTS = {'NaN': float('nan'), 'Infinity': float('inf'), '-Infinity': float('-inf')}
_WORDS = {'t': ('true', True), 'f': ('false', False), 'n': ('null', None)}
_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r',
            't': '\t'}
_SPACE = ' \t\n\r'
_DIGITS = '0123456789'


def skip_space(text, at):
    end = len(text)
    while at < end and text[at] in _SPACE:
        at += 1
    return at


# ---- strings ----

def _read_hex(text, at):
    digits = text[at:at + 4]
    if len(digits) == 4 and digits[1] not in 'xX':
        try:
            if digits.isalnum():
                return int(digits, 16)
        except ValueError:
            pass
    raise JSONDecodeError('Invalid \\uXXXX escape', text, at - 1)


def _read_escape(text, at, begin):
    """`at` is behind the backslash."""
    c = text[at:at + 1]
    if not c:
        raise JSONDecodeError('Unterminated string starting at', text, begin)
    if c != 'u':
        if c not in _ESCAPES:
            raise JSONDecodeError('Invalid \\escape', text, at - 1)
        return _ESCAPES[c], at + 1
    code = _read_hex(text, at + 1)
    at += 5
    if 0xD800 <= code < 0xDC00 and text.startswith('\\u', at):
        low = _read_hex(text, at + 2)
        if 0xDC00 <= low < 0xE000:
            return chr(0x10000 + (code - 0xD800 << 10 | low - 0xDC00)), at + 6
    return chr(code), at


def read_string(text, at, strict):
    """`at` is behind the quote."""
    begin = at - 1
    quote = text.find('"', at)
    if quote >= 0:
        whole = text[at:quote]  # most have neither escapes nor control characters
        if '\\' not in whole and (not strict or whole.isprintable()):
            return whole, quote + 1
    parts = []
    start = at
    end = len(text)
    while True:
        if at >= end:
            raise JSONDecodeError('Unterminated string starting at', text, begin)
        c = text[at]
        if c == '"':
            parts.append(text[start:at])
            return ''.join(parts), at + 1
        if c == '\\':
            parts.append(text[start:at])
            c, at = _read_escape(text, at + 1, begin)
            parts.append(c)
            start = at
            continue
        if strict and c < ' ':
            raise JSONDecodeError('Invalid control character at', text, at)
        at += 1


# ---- the decoder ----

class JSONDecoder:
    """Reads a value; what hooks are given get objects and numbers first."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None,
                 parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook = object_hook
        self.object_pairs_hook = object_pairs_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict

    def decode(self, s):
        """The value that is all of the text."""
        value, end = self.raw_decode(s, skip_space(s, 0))
        end = skip_space(s, end)
        if end != len(s):
            raise JSONDecodeError('Extra data', s, end)
        return value

    def raw_decode(self, s, idx=0):
        """A value that begins the text, and where it ends."""
        if idx < 0:
            raise ValueError('idx cannot be negative')
        self._names = {}  # keys that are the same are one object
        return self._value(s, idx)

    def _value(self, text, at):
        c = text[at:at + 1]
        if c == '"':
            return read_string(text, at + 1, self.strict)
        if c == '{':
            return self._object(text, at + 1)
        if c == '[':
            return self._array(text, at + 1)
        if c in _WORDS and text.startswith(_WORDS[c][0], at):
            word, value = _WORDS[c]
            return value, at + len(word)
        if c == '-' or (c and c in _DIGITS):
            found = self._number(text, at)
            if found is not None:
                return found
        for word in _CONSTANTS:
            if text.startswith(word, at):
                return self.parse_constant(word), at + len(word)
        raise JSONDecodeError('Expecting value', text, at)

    def _number(self, text, at):
        """None if it is none."""
        start = at
        end = len(text)
        if text[at] == '-':
            at += 1
        digits = at
        while at < end and text[at] in _DIGITS:
            at += 1
        if at == digits:
            return None
        if text[digits] == '0':
            at = digits + 1
        whole = at
        if at + 1 < end and text[at] == '.' and text[at + 1] in _DIGITS:
            at += 2
            while at < end and text[at] in _DIGITS:
                at += 1
        if at < end and text[at] in 'eE':
            power = at + 1
            if power < end and text[power] in '+-':
                power += 1
            if power < end and text[power] in _DIGITS:
                at = power
                while at < end and text[at] in _DIGITS:
                    at += 1
        parse = self.parse_int if at == whole else self.parse_float
        return parse(text[start:at]), at

    def _array(self, text, at):
        values = []
        at = skip_space(text, at)
        if text[at:at + 1] == ']':
            return values, at + 1
        while True:
            value, at = self._value(text, at)
            values.append(value)
            at = skip_space(text, at)
            c = text[at:at + 1]
            if c == ']':
                return values, at + 1
            if c != ',':
                raise JSONDecodeError("Expecting ',' delimiter", text, at)
            at = skip_space(text, at + 1)

    def _object(self, text, at):
        pairs = []
        at = skip_space(text, at)
        if text[at:at + 1] == '}':
            return self._finish(pairs), at + 1
        while True:
            if text[at:at + 1] != '"':
                raise JSONDecodeError(
                    'Expecting property name enclosed in double quotes', text, at)
            key, at = read_string(text, at + 1, self.strict)
            key = self._names.setdefault(key, key)
            at = skip_space(text, at)
            if text[at:at + 1] != ':':
                raise JSONDecodeError("Expecting ':' delimiter", text, at)
            value, at = self._value(text, skip_space(text, at + 1))
            pairs.append((key, value))
            at = skip_space(text, at)
            c = text[at:at + 1]
            if c == '}':
                return self._finish(pairs), at + 1
            if c != ',':
                raise JSONDecodeError("Expecting ',' delimiter", text, at)
            at = skip_space(text, at + 1)

    def _finish(self, pairs):
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        result = dict(pairs)
        return result if self.object_hook is None else self.object_hook(result)
