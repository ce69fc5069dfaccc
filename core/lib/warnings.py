"""Warnings: what is worth telling on stderr, and filters that decide which of them are told.

A filter is (action, message, category, module, line); the first that fits a warning decides.
`message` and `module` are regular expressions where there is a module re, else beginnings.
"""
import sys

__all__ = ['warn', 'warn_explicit', 'showwarning', 'formatwarning', 'filterwarnings',
           'simplefilter', 'resetwarnings', 'catch_warnings']

_ACTIONS = ('default', 'error', 'ignore', 'always', 'module', 'once')

filters = [
    ('default', None, DeprecationWarning, '__main__', 0),
    ('ignore', None, DeprecationWarning, None, 0),
    ('ignore', None, PendingDeprecationWarning, None, 0),
    ('ignore', None, ImportWarning, None, 0),
    ('ignore', None, ResourceWarning, None, 0),
]
defaultaction = 'default'
onceregistry = {}
_version = 0


class WarningMessage:
    """What showwarning is told, as an object."""

    _WARNING_DETAILS = ('message', 'category', 'filename', 'lineno', 'file', 'line', 'source')

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return '{message : %r, category : %r, filename : %r, lineno : %s, line : %r}' % (
            self.message, self._category_name, self.filename, self.lineno, self.line)


def _source_line(filename, number):
    try:
        with open(filename, encoding='utf-8', errors='replace') as file:
            for i, line in enumerate(file, 1):
                if i == number:
                    return line
    except OSError:
        pass
    return ''


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning, with its line of source."""
    text = '%s:%s: %s: %s\n' % (filename, lineno, category.__name__, message)
    if line is None:
        line = _source_line(filename, lineno)
    line = line.strip()
    return text + '  %s\n' % line if line else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to a file, stderr if none is given."""
    file = sys.stderr if file is None else file
    if file is None:
        return
    try:
        file.write(formatwarning(message, category, filename, lineno, line))
    except OSError:
        pass


def _fits(pattern, text, whole):
    if not pattern:
        return True
    try:
        import re
    except ImportError:
        return text == pattern if whole else text.lower().startswith(pattern.lower())
    if whole:
        return re.compile(pattern + r'\Z').match(text) is not None
    return re.compile(pattern, re.I).match(text) is not None


def _action(text, category, module, lineno):
    for action, message, wanted, where, line in filters:
        if (issubclass(category, wanted) and (not line or line == lineno)
                and _fits(message, text, False) and _fits(where, module, True)):
            return action
    return defaultaction


def _is_new(action, registry, text, category, lineno):
    if action == 'always':
        return True
    key = {'once': (text, category), 'module': (text, category, 0)}.get(
        action, (text, category, lineno))
    known = onceregistry if action == 'once' else registry
    if known.get(key):
        return False
    known[key] = 1
    return True


def warn_explicit(message, category, filename, lineno, module=None, registry=None,
                  module_globals=None, source=None):
    """Warns of a place that is given."""
    if module is None:
        module = filename or '<unknown>'
        if module[-3:].lower() == '.py':
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get('version', 0) != _version:
        registry.clear()
        registry['version'] = _version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    action = _action(text, category, module, lineno)
    if action == 'error':
        raise message
    if action == 'ignore' or not _is_new(action, registry, text, category, lineno):
        return
    told = WarningMessage(message, category, filename, lineno, source=source)
    if _record is not None:
        _record.append(told)
    else:
        showwarning(told.message, told.category, told.filename, told.lineno)


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Warns of the caller, or with a higher stacklevel of who called that."""
    if isinstance(message, Warning):
        category = message.__class__
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, not '%s'"
                        % type(category).__name__)
    try:
        frame = sys._getframe(max(stacklevel, 1))
    except ValueError:
        names, filename, lineno = sys.__dict__, 'sys', 1
    else:
        names = frame.f_globals
        filename = frame.f_code.co_filename
        lineno = frame.f_lineno
    module = names.get('__name__', '<string>')
    registry = names.setdefault('__warningregistry__', {})
    warn_explicit(message, category, filename, lineno, module, registry, names, source)


def _add(item, append):
    global _version
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _version += 1


def _check(action, lineno):
    if action not in _ACTIONS:
        raise AssertionError('invalid action: %r' % (action,))
    if not isinstance(lineno, int) or lineno < 0:
        raise AssertionError('lineno must be an int >= 0')


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """Puts a filter in front of the others, or behind them."""
    _check(action, lineno)
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise AssertionError('category must be a Warning subclass')
    _add((action, message or None, category, module or None, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """A filter for all messages and modules."""
    _check(action, lineno)
    _add((action, None, category, None, lineno), append)


def resetwarnings():
    """No filters any more: the default action for all."""
    global _version
    filters[:] = []
    _version += 1


_record = None


class catch_warnings:
    """Filters that are set in the block end with it; with record=True, `as` gives a list of
    what is warned of in it."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0,
                 append=False):
        self._recording = record
        self._simple = action and (action, category, lineno, append)
        self._entered = False

    def __enter__(self):
        global _record, _version
        if self._entered:
            raise RuntimeError('Cannot enter %r twice' % self)
        self._entered = True
        self._saved = filters[:], showwarning, _record
        _version += 1
        if self._recording:
            _record = []
        if self._simple:
            simplefilter(*self._simple)
        return _record if self._recording else None

    def __exit__(self, *exc_info):
        global _record, _version, showwarning
        if not self._entered:
            raise RuntimeError('Cannot exit %r without entering first' % self)
        filters[:], showwarning, _record = self._saved
        _version += 1
