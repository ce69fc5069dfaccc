"""Texts of exceptions and their tracebacks, as the runtime prints them."""

import sys
from _traceback import last_text, place, places_text, text

_HEAD = 'Traceback (most recent call last):\n'
_missing = object()


def _lines(whole):
    return whole.splitlines(keepends=True)


def _exception(exc, value):
    return exc if value is _missing else value


def _put(whole, file):
    print(whole, file=sys.stderr if file is None else file, end='')


def _plain(value, chain):
    """The text, without what the exception came after if chain is false."""
    if value is None:
        return 'NoneType: None\n'
    if chain:
        return text(value)
    tb = value.__traceback__
    return (_HEAD + places_text(tb) if tb else '') + last_text(value)


def format_exception(exc, /, value=_missing, tb=_missing, limit=None, chain=True):
    return _lines(_plain(_exception(exc, value), chain))


def format_exception_only(exc, /, value=_missing):
    value = _exception(exc, value)
    return _lines('NoneType: None\n' if value is None else last_text(value))


def print_exception(exc, /, value=_missing, tb=_missing, limit=None, file=None, chain=True):
    _put(_plain(_exception(exc, value), chain), file)


def format_exc(limit=None, chain=True):
    return _plain(sys.exc_info()[1], chain)


def print_exc(limit=None, file=None, chain=True):
    _put(format_exc(limit, chain), file)


def format_tb(tb, limit=None):
    return format_list(extract_tb(tb, limit)) if tb else []


def print_tb(tb, limit=None, file=None):
    if tb:
        _put(places_text(tb), file)


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


class FrameSummary:
    """A place in a program."""

    def __init__(self, filename, lineno, name, *, end_lineno=None, colno=None,
                 end_colno=None, line=None, text=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self._line = line
        self._text = text

    @property
    def line(self):
        if self._line is None:
            try:
                with open(self.filename) as file:
                    self._line = file.read().split('\n')[self.lineno - 1].strip()
            except (OSError, IndexError, ValueError):
                self._line = ''
        return self._line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __len__(self):
        return 4

    def __getitem__(self, at):
        return (self.filename, self.lineno, self.name, self.line)[at]

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return tuple(self) == tuple(other)
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'


class StackSummary(list):
    """The places of a traceback, in order."""

    def format(self):
        return format_list(self)


def extract_tb(tb, limit=None):
    summary = StackSummary()
    while tb is not None and (limit is None or len(summary) < limit):
        filename, line, name, end_line, column, end_column = place(tb)
        nearer, tb = tb.tb_next, tb
        summary.append(FrameSummary(filename, line, name, end_lineno=end_line, colno=column,
                                    end_colno=end_column, text=_first_text(tb)))
        tb = nearer
    return summary


def _first_text(tb):
    """The lines of the first place alone."""
    whole = places_text(tb).split('\n  File ', 1)[0]
    return whole if whole.endswith('\n') else whole + '\n'


def format_list(extracted_list):
    found = []
    for frame in extracted_list:
        if isinstance(frame, FrameSummary) and frame._text is not None:
            found.append(frame._text)
            continue
        filename, line, name, shown = frame
        entry = f'  File "{filename}", line {line}, in {name}\n'
        found.append(entry + f'    {shown.strip()}\n' if shown else entry)
    return found

