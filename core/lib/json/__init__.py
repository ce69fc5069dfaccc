"""JSON (RFC 8259): to text and back. decoder.py reads, encoder.py writes."""

from json.decoder import JSONDecodeError, JSONDecoder
from json.encoder import JSONEncoder

__all__ = ['dump', 'dumps', 'load', 'loads', 'JSONDecoder', 'JSONDecodeError',
           'JSONEncoder']


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True,
          cls=None, indent=None, separators=None, default=None, sort_keys=False, **more):
    """The object as a str."""
    return (cls or JSONEncoder)(
        skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
        allow_nan=allow_nan, indent=indent, separators=separators, default=default,
        sort_keys=sort_keys, **more).encode(obj)


def dump(obj, fp, **options):
    """Writes the object to a file."""
    fp.write(dumps(obj, **options))


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None,
          parse_constant=None, object_pairs_hook=None, **more):
    """The object that a str or bytes says."""
    if isinstance(s, str):
        if s.startswith('\ufeff'):
            raise JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = s.decode(_encoding_of(s), 'surrogatepass')
    else:
        raise TypeError('the JSON object must be str, bytes or bytearray, not '
                        + type(s).__name__)
    options = {'object_hook': object_hook, 'object_pairs_hook': object_pairs_hook,
               'parse_float': parse_float, 'parse_int': parse_int,
               'parse_constant': parse_constant}
    more.update((name, value) for name, value in options.items() if value is not None)
    return (cls or JSONDecoder)(**more).decode(s)


def load(fp, **options):
    """Reads all of a file."""
    return loads(fp.read(), **options)


def _encoding_of(data):
    """By where the zeros of the first two characters, which are ASCII, stand."""
    if data.startswith((b'\xff\xfe\0\0', b'\0\0\xfe\xff')):
        return 'utf-32'
    if data.startswith((b'\xff\xfe', b'\xfe\xff')):
        return 'utf-16'
    if data.startswith(b'\xef\xbb\xbf'):
        return 'utf-8-sig'
    zeros = [i for i, byte in enumerate(data[:4]) if byte == 0]
    if len(data) >= 4 and 0 in zeros:
        return 'utf-16-be' if 1 not in zeros else 'utf-32-be'
    if len(data) >= 4 and 1 in zeros:
        return 'utf-32-le' if 2 in zeros and 3 in zeros else 'utf-16-le'
    if len(data) == 2 and zeros:
        return 'utf-16-be' if zeros[0] == 0 else 'utf-16-le'
    return 'utf-8'
