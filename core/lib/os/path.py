"""Paths as text: nothing here asks the system but the questions whether something exists."""

import os
import posix

curdir = '.'
pardir = '..'
sep = '/'
extsep = '.'
pathsep = ':'
altsep = None
devnull = '/dev/null'


def join(path, *more):
    """One path from several: an absolute one starts anew."""
    path = os.fspath(path)
    for part in more:
        part = os.fspath(part)
        if part.startswith('/') or not path:
            path = part
        elif path.endswith('/'):
            path += part
        else:
            path += '/' + part
    return path


def split(path):
    """What is before the last slash, and what is behind it."""
    path = os.fspath(path)
    at = path.rfind('/') + 1
    head, tail = path[:at], path[at:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail


def basename(path):
    return split(path)[1]


def dirname(path):
    return split(path)[0]


def splitext(path):
    """What is before the last dot of the name, and the rest; leading dots do not count."""
    path = os.fspath(path)
    start = path.rfind('/') + 1
    dot = path.rfind('.')
    if dot > start and path[start:dot].strip('.'):
        return path[:dot], path[dot:]
    return path, ''


def splitdrive(path):
    return '', os.fspath(path)


def isabs(path):
    return os.fspath(path).startswith('/')


def normpath(path):
    """Without '.', '..' and double slashes as far as the text tells."""
    path = os.fspath(path)
    if not path:
        return '.'
    slashes = 0
    if path.startswith('/'):
        slashes = 2 if path.startswith('//') and not path.startswith('///') else 1
    parts = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part != '..' or (not slashes and not parts) or (parts and parts[-1] == '..'):
            parts.append(part)
        elif parts:
            parts.pop()
    return '/' * slashes + '/'.join(parts) or '.'


def normcase(path):
    return os.fspath(path)


def abspath(path):
    path = os.fspath(path)
    return normpath(path if isabs(path) else join(posix.getcwd(), path))


realpath = abspath


def relpath(path, start=curdir):
    if not path:
        raise ValueError('no path specified')
    there = [part for part in abspath(path).split('/') if part]
    here = [part for part in abspath(start).split('/') if part]
    same = len(commonprefix([there, here]))
    return '/'.join([pardir] * (len(here) - same) + there[same:]) or curdir


def commonprefix(paths):
    """The longest beginning that all have, item by item."""
    if not paths:
        return ''
    first, last = min(paths), max(paths)
    for i, c in enumerate(first):
        if c != last[i]:
            return first[:i]
    return first


def commonpath(paths):
    paths = [os.fspath(path) for path in paths]
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    absolute = [path.startswith('/') for path in paths]
    if any(absolute) != all(absolute):
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[part for part in path.split('/') if part and part != '.'] for path in paths]
    return '/' * absolute[0] + '/'.join(commonprefix(parts))


def expanduser(path):
    path = os.fspath(path)
    if path == '~' or path.startswith('~/'):
        return (os.environ.get('HOME', '').rstrip('/') + path[1:]) or '/'
    return path


def expandvars(path):
    """$name and ${name} replaced by what is in the environment."""
    from string import Template
    return Template(os.fspath(path)).safe_substitute(os.environ)


# ---- questions to the system ----

def _mode(path, follow=True):
    """The kind and permissions of what is there; 0 if nothing is."""
    try:
        return posix._stat(path if isinstance(path, int) else os.fspath(path),
                           follow).st_mode
    except (OSError, ValueError):
        return 0


def exists(path):
    return _mode(path) != 0


def lexists(path):
    return _mode(path, False) != 0


def isfile(path):
    return _mode(path) & 0o170000 == 0o100000


def isdir(path):
    return _mode(path) & 0o170000 == 0o040000


def islink(path):
    return _mode(path, False) & 0o170000 == 0o120000


def ismount(path):
    return abspath(path) == '/'


def getsize(path):
    return os.stat(path).st_size


def getmtime(path):
    return os.stat(path).st_mtime


def getatime(path):
    return os.stat(path).st_atime


def getctime(path):
    return os.stat(path).st_ctime


def samefile(a, b):
    one, other = os.stat(a), os.stat(b)
    return (one.st_ino, one.st_dev) == (other.st_ino, other.st_dev)
