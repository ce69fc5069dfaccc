"""What programs ask the system for: files and directories by path, the process, the
environment. The calls themselves are in C (core/modules/posix.c)."""

import sys
from posix import *
from posix import _exit, _putenv, _stat, _unsetenv, environ as _environ
import os.path as path

name = 'posix'
sep = path.sep
altsep = None
extsep = '.'
curdir = '.'
pardir = '..'
pathsep = ':'
linesep = '\n'
devnull = '/dev/null'
error = OSError

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


# ---- the environment ----

class _Environ(dict):
    """A dict of the environment: what is set in it is set for the process, too."""

    def __setitem__(self, key, value):
        for text in (key, value):
            if not isinstance(text, str):
                raise TypeError('str expected, not %s' % type(text).__name__)
        _putenv(key, value)
        super().__setitem__(key, value)

    def __delitem__(self, key):
        super().__delitem__(key)
        _unsetenv(key)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def pop(self, key, *default):
        if key in self:
            _unsetenv(key)
        return super().pop(key, *default)

    def update(self, other=(), /, **more):
        for key, value in dict(other, **more).items():
            self[key] = value

    def clear(self):
        for key in list(self):
            del self[key]

    def copy(self):
        return dict(self)

    def __repr__(self):
        return 'environ(%s)' % super().__repr__()


environ = _Environ(_environ)


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    _putenv(key, value)


def unsetenv(key):
    _unsetenv(key)


# ---- files ----

def stat(path, *, follow_symlinks=True):
    return _stat(fspath(path) if not isinstance(path, int) else path, follow_symlinks)


def lstat(path):
    return _stat(fspath(path), False)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode('utf-8', 'surrogateescape') if isinstance(filename, str) \
        else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode('utf-8', 'surrogateescape') if isinstance(filename, bytes) \
        else filename


class PathLike:
    """Of objects with __fspath__."""

    __class_getitem__ = classmethod(type(list[int]))

    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, '__fspath__')


def makedirs(name, mode=0o777, exist_ok=False):
    """mkdir, with all directories above that are missing."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        makedirs(head, mode, True)
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Yields (directory, names of directories, names of files) of all below `top`."""
    try:
        names = listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    directories, files = [], []
    for name in names:
        (directories if path.isdir(path.join(top, name)) else files).append(name)
    if topdown:
        yield top, directories, files
    for name in directories:
        below = path.join(top, name)
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, directories, files


class DirEntry:
    def __init__(self, directory, name):
        self.name = name
        self.path = path.join(directory, name)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) and (follow_symlinks or not path.islink(self.path))

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) and (follow_symlinks or not path.islink(self.path))

    def is_symlink(self):
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return _stat(self.path, follow_symlinks)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return '<DirEntry %r>' % self.name


class _Scan:
    def __init__(self, directory):
        self.entries = iter([DirEntry(directory, name) for name in listdir(directory)])

    def __iter__(self):
        return self.entries

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *about):
        pass

    def close(self):
        pass


def scandir(path='.'):
    return _Scan(path)


def get_terminal_size(fd=1):
    return int(environ.get('COLUMNS', 80)), int(environ.get('LINES', 24))


def sched_getaffinity(pid):
    return set(range(cpu_count() or 1))


process_cpu_count = cpu_count
