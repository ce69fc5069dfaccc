"""Writes JSON."""

__all__ = ['JSONEncoder']

_ESCAPES = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b',
            '\f': '\\f'}


def _escape(c, ensure_ascii):
    if c in _ESCAPES:
        return _ESCAPES[c]
    code = ord(c)
    if code >= 0x20 and (code < 0x7F or not ensure_ascii):
        return c
    if code < 0x10000:
        return '\\u%04x' % code
    code -= 0x10000
    return '\\u%04x\\u%04x' % (0xD800 | code >> 10, 0xDC00 | code & 0x3FF)


def encode_string(text, ensure_ascii=True):
    """In quotes, with escapes."""
    if '"' not in text and '\\' not in text and text.isprintable() \
            and (text.isascii() or not ensure_ascii):
        return '"' + text + '"'
    return '"' + ''.join([_escape(c, ensure_ascii) for c in text]) + '"'


class JSONEncoder:
    """An heir may say in default() what to write for other objects."""

    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True,
                 allow_nan=True, sort_keys=False, indent=None, separators=None,
                 default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = ' ' * indent if isinstance(indent, int) else indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default

    def default(self, o):
        """What to write for an object that JSON does not know: another one."""
        raise TypeError('Object of type %s is not JSON serializable' % type(o).__name__)

    def encode(self, o):
        parts = []
        self._write(o, parts.append, '\n', set())
        return ''.join(parts)

    def iterencode(self, o):
        """The same in pieces."""
        parts = []
        self._write(o, parts.append, '\n', set())
        return iter(parts)

    def _float(self, value):
        if value != value:
            text = 'NaN'
        elif value == float('inf'):
            text = 'Infinity'
        elif value == float('-inf'):
            text = '-Infinity'
        else:
            return float.__repr__(value)
        if not self.allow_nan:
            raise ValueError('Out of range float values are not JSON compliant')
        return text

    def _write(self, o, write, line, inside):
        """`line` is a newline and the indentation of where we are; `inside` has the ids of
        what we are in."""
        if isinstance(o, str):
            write(encode_string(o, self.ensure_ascii))
        elif o is None:
            write('null')
        elif o is True:
            write('true')
        elif o is False:
            write('false')
        elif isinstance(o, int):
            write(int.__repr__(o))
        elif isinstance(o, float):
            write(self._float(o))
        else:
            self._write_nested(o, write, line, inside)

    def _write_nested(self, o, write, line, inside):
        if self.check_circular:
            if id(o) in inside:
                raise ValueError('Circular reference detected')
            inside.add(id(o))
        if isinstance(o, (list, tuple)):
            self._write_array(o, write, line, inside)
        elif isinstance(o, dict):
            self._write_object(o, write, line, inside)
        else:
            self._write(self.default(o), write, line, inside)
        inside.discard(id(o))

    def _layout(self, brackets, line):
        """What opens the brackets, parts the items and closes, and the line of an item."""
        opening, closing = brackets
        if self.indent is None:
            return opening, self.item_separator, closing, line
        below = line + self.indent
        return opening + below, self.item_separator + below, line + closing, below

    def _write_array(self, values, write, line, inside):
        if not values:
            write('[]')
            return
        opening, separator, closing, below = self._layout('[]', line)
        write(opening)
        first = True
        for value in values:
            if not first:
                write(separator)
            first = False
            self._write(value, write, below, inside)
        write(closing)

    def _key(self, key):
        """The key as a str; None if it cannot be one."""
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self._float(key)
        if key is True:
            return 'true'
        if key is False:
            return 'false'
        if key is None:
            return 'null'
        if isinstance(key, int):
            return int.__repr__(key)
        if self.skipkeys:
            return None
        raise TypeError('keys must be str, int, float, bool or None, not '
                        + type(key).__name__)

    def _write_object(self, mapping, write, line, inside):
        if not mapping:
            write('{}')
            return
        opening, separator, closing, below = self._layout('{}', line)
        write(opening)
        first = True
        for key, value in sorted(mapping.items()) if self.sort_keys else mapping.items():
            key = self._key(key)
            if key is None:
                continue
            if not first:
                write(separator)
            first = False
            write(encode_string(key, self.ensure_ascii) + self.key_separator)
            self._write(value, write, below, inside)
        write(closing)
