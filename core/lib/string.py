"""Names for sets of characters, templates, and a formatter that can be inherited."""

__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits',
           'hexdigits', 'octdigits', 'printable', 'punctuation', 'whitespace', 'Formatter',
           'Template']

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Each word capitalised; by default joined by single blanks."""
    return (sep or ' ').join(word.capitalize() for word in s.split(sep))


class Template:
    """A text in which $name and ${name} stand for values, and $$ for a dollar sign."""

    delimiter = '$'

    def __init__(self, template):
        self.template = template

    def _parts(self):
        """Yields (text, None, 0), and (what stands there, name, where): name '' if there is
        none."""
        text = self.template
        at = 0
        while True:
            dollar = text.find(self.delimiter, at)
            if dollar < 0:
                yield text[at:], None, 0
                return
            yield text[at:dollar], None, 0
            name, end = self._name(dollar + 1)
            if name == self.delimiter:
                yield name, None, 0
            else:
                yield text[dollar:end], name, dollar
            at = end

    def _name(self, at):
        """The name behind a dollar sign, '' if there is none, and where it ends."""
        text = self.template
        if text[at:at + 1] == self.delimiter:
            return self.delimiter, at + 1
        braces = text[at:at + 1] == '{'
        start = end = at + braces
        while end < len(text) and text[end].isascii() and (text[end].isalnum()
                                                           or text[end] == '_'):
            end += 1
        name = text[start:end]
        if not name or name[0].isdigit() or (braces and text[end:end + 1] != '}'):
            return '', at
        return name, end + braces

    def _fail(self, at):
        before = self.template[:at]
        raise ValueError('Invalid placeholder in string: line %d, col %d'
                         % (before.count('\n') + 1, at - before.rfind('\n')))

    def substitute(self, mapping=(), /, **more):
        mapping = {**dict(mapping), **more}
        result = []
        for text, name, at in self._parts():
            if name == '':
                self._fail(at)
            result.append(text if name is None else str(mapping[name]))
        return ''.join(result)

    def safe_substitute(self, mapping=(), /, **more):
        """Leaves what is not in the mapping, or makes no sense, as it is."""
        mapping = {**dict(mapping), **more}
        return ''.join(str(mapping[name]) if name and name in mapping else text
                       for text, name, _ in self._parts())

    def is_valid(self):
        return all(name != '' for _, name, _ in self._parts())

    def get_identifiers(self):
        return list(dict.fromkeys(name for _, name, _ in self._parts() if name))


class Formatter:
    """What str.format does, in steps that an heir may replace."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._format(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _format(self, text, args, kwargs, used, depth, number):
        if depth < 0:
            raise ValueError('Max string recursion exceeded')
        result = []
        for literal, name, spec, conversion in self.parse(text):
            result.append(literal)
            if name is None:
                continue
            first = name.replace('[', '.').split('.')[0]
            if first == '':
                if number is False:
                    raise ValueError('cannot switch from manual field specification to '
                                     'automatic field numbering')
                name = str(number) + name
                number += 1
            elif first.isdigit():
                if number:
                    raise ValueError('cannot switch from manual field specification to '
                                     'automatic field numbering')
                number = False
            value, key = self.get_field(name, args, kwargs)
            used.add(key)
            value = self.convert_field(value, conversion)
            spec, number = self._format(spec, args, kwargs, used, depth - 1, number)
            result.append(self.format_field(value, spec))
        return ''.join(result), number

    def parse(self, format_string):
        """Yields the literal text, and the name, format and conversion of the field behind
        it; the latter None if there is none."""
        text = format_string
        at = 0
        literal = ''
        while at < len(text):
            c = text[at]
            if c not in '{}':
                literal += c
                at += 1
            elif text[at + 1:at + 2] == c:
                yield literal + c, None, None, None
                literal = ''
                at += 2
            elif c == '}':
                raise ValueError("Single '}' encountered in format string")
            else:
                end = self._end_of_field(text, at + 1)
                yield (literal,) + self._field(text[at + 1:end])
                literal = ''
                at = end + 1
        if literal:
            yield literal, None, None, None

    def _end_of_field(self, text, at):
        depth = 1
        while at < len(text):
            depth += (text[at] == '{') - (text[at] == '}')
            if depth == 0:
                return at
            at += 1
        raise ValueError("expected '}' before end of string" if text[-1] != '{'
                         else "Single '{' encountered in format string")

    def _field(self, field):
        """Name, format and conversion of what stands in braces."""
        brackets = 0
        for i, c in enumerate(field):
            brackets += (c == '[') - (c == ']')
            if brackets <= 0 and c in '!:':
                break
        else:
            return field, '', None
        name, rest = field[:i], field[i:]
        if rest[0] == ':':
            return name, rest[1:], None
        if len(rest) < 2 or rest[2:3] not in ('', ':'):
            raise ValueError("expected ':' after conversion specifier")
        return name, rest[3:], rest[1]

    def get_field(self, field_name, args, kwargs):
        """The object that the name of a field means, and its first part."""
        at = 0
        while at < len(field_name) and field_name[at] not in '.[':
            at += 1
        first = field_name[:at]
        key = int(first) if first.isdigit() else first
        value = self.get_value(key, args, kwargs)
        while at < len(field_name):
            if field_name[at] == '.':
                end = at + 1
                while end < len(field_name) and field_name[end] not in '.[':
                    end += 1
                value = getattr(value, field_name[at + 1:end])
            else:
                end = field_name.index(']', at)
                index = field_name[at + 1:end]
                value = value[int(index) if index.isdigit() else index]
                end += 1
            at = end
        return value, key

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion not in ('s', 'r', 'a'):
            raise ValueError('Unknown conversion specifier %s' % conversion)
        return {'s': str, 'r': repr, 'a': ascii}[conversion](value)
