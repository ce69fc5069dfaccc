"""Context managers: from generators, to close, suppress and redirect, and many at once."""

from abc import ABC, abstractmethod
from functools import wraps

__all__ = ['AbstractContextManager', 'ContextDecorator', 'ExitStack', 'chdir', 'closing',
           'contextmanager', 'nullcontext', 'redirect_stderr', 'redirect_stdout',
           'suppress']


class AbstractContextManager(ABC):
    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, kind, value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        if cls is not AbstractContextManager:
            return NotImplemented
        return all(getattr(other, name, None) is not None
                   for name in ('__enter__', '__exit__')) or NotImplemented


class ContextDecorator:
    """A context manager that can also decorate a function, which then runs in it."""

    def _recreate_cm(self):
        return self

    def __call__(self, function):
        @wraps(function)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return function(*args, **kwds)
        return inner


class _GeneratorManager(AbstractContextManager, ContextDecorator):
    """Runs a generator up to its yield, and from there on."""

    def __init__(self, function, args, kwds):
        self.gen = function(*args, **kwds)
        self.function, self.args, self.kwds = function, args, kwds
        self.__doc__ = getattr(function, '__doc__', None)

    def _recreate_cm(self):
        return self.__class__(self.function, self.args, self.kwds)

    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            self._must_stop("generator didn't stop")
        if value is None:
            value = kind()
        try:
            self.gen.throw(value)
        except StopIteration as error:
            return error is not value
        except RuntimeError as error:
            if error is value:
                error.__traceback__ = traceback
                return False
            # A StopIteration that goes through a generator becomes a RuntimeError.
            if isinstance(value, StopIteration) and error.__cause__ is value:
                value.__traceback__ = traceback
                return False
            raise
        except BaseException as error:
            if error is not value:
                raise
            error.__traceback__ = traceback
            return False
        self._must_stop("generator didn't stop after throw()")

    def _must_stop(self, message):
        try:
            raise RuntimeError(message)
        finally:
            self.gen.close()


def contextmanager(function):
    """A decorator: the generator function yields once, in the middle of the block."""
    @wraps(function)
    def helper(*args, **kwds):
        return _GeneratorManager(function, args, kwds)
    return helper


class closing(AbstractContextManager):
    """Closes the object at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *about):
        self.thing.close()


class nullcontext(AbstractContextManager):
    """Does nothing."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *about):
        pass


class suppress(AbstractContextManager):
    """Ends the block without an exception if it raises one of these."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self._exceptions)


class _redirect(AbstractContextManager):
    """Puts another file in place of one of sys."""

    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        import sys
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, *about):
        import sys
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_redirect):
    _stream = 'stdout'


class redirect_stderr(_redirect):
    _stream = 'stderr'


class chdir(AbstractContextManager):
    """Changes the working directory for the block."""

    def __init__(self, path):
        self.path = path
        self._old = []

    def __enter__(self):
        import os
        self._old.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *about):
        import os
        os.chdir(self._old.pop())


class ExitStack(AbstractContextManager):
    """Any number of context managers and callbacks, ended in reverse order."""

    def __init__(self):
        self._exits = []  # each takes the three arguments of __exit__

    def pop_all(self):
        """Moves all of them to a new stack."""
        new = type(self)()
        new._exits, self._exits = self._exits, []
        return new

    def push(self, exit):
        """Notes an __exit__: of an object, or a function with its signature."""
        method = getattr(type(exit), '__exit__', None)
        self._exits.append(exit if method is None else _bound(method, exit))
        return exit

    def enter_context(self, manager):
        cls = type(manager)
        try:
            enter, exit = cls.__enter__, cls.__exit__
        except AttributeError:
            raise TypeError("'%s.%s' object does not support the context manager protocol"
                            % (cls.__module__, cls.__qualname__)) from None
        result = enter(manager)
        self._exits.append(_bound(exit, manager))
        return result

    def callback(self, callback, /, *args, **kwds):
        def exit(kind, value, traceback):
            callback(*args, **kwds)
        exit.__wrapped__ = callback
        self._exits.append(exit)
        return callback

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, value, traceback):
        raised = value
        while self._exits:
            exit = self._exits.pop()
            about = (None, None, None) if raised is None else \
                (type(raised), raised, raised.__traceback__)
            try:
                if exit(*about):
                    raised = None
            except BaseException as error:
                if raised is not None and error.__context__ is None:
                    error.__context__ = raised
                raised = error
        if raised is not None and raised is not value:
            raise raised
        return value is not None and raised is None


def _bound(method, manager):
    def exit(kind, value, traceback):
        return method(manager, kind, value, traceback)
    return exit
