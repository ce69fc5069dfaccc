# input() reads a line of whatever sys.stdin is, after a prompt to whatever sys.stdout is.
import io
import sys

old = sys.stdin, sys.stdout


def ask(stdin, *prompt):
    sys.stdin, sys.stdout = stdin, io.StringIO()
    try:
        answer = input(*prompt)
    except BaseException as error:
        answer = f"{type(error).__name__}: {error}"
    shown = sys.stdout and sys.stdout.getvalue()
    sys.stdin, sys.stdout = old
    print(repr(answer), repr(shown))


lines = io.StringIO("one\n\nthree é")
ask(lines)
ask(lines, "a prompt ")
ask(lines, 5)
ask(lines)


class Odd:
    def __init__(self, answer): self.answer = answer
    def readline(self): return self.answer


class Unprintable:
    def __str__(self): raise KeyError("no text")


ask(Odd("a text"))
ask(Odd("\n"))
ask(Odd(None))
ask(object())
ask(Odd("x"), Unprintable())
ask(None)
sys.stdout = None
try:
    input("to nobody")
except RuntimeError as error:
    sys.stdout = old[1]
    print(error)
del sys.stdin
try:
    input()
except RuntimeError as error:
    print(error)
sys.stdin = old[0]
try:
    input("there is nothing: ")
except EOFError as error:
    print(error)
