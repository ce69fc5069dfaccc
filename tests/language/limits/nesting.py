# Programs that are deep: what CPython compiles, gilt does, too; what is too deep is an
# exception.
def attempt(name, text):
    try:
        compile(text, "deep", "exec")
        print(name, "fine")
    except (SyntaxError, RecursionError, MemoryError) as error:
        kind = "too deep" if not isinstance(error, SyntaxError) else str(error)
        print(name, kind)


def blocks(first, count):
    return "".join(" " * i + first + "\n" for i in range(count)) + " " * count + "y"


for n in 90, 199, 600, 900, 1500:
    print(n)
    attempt("parentheses", "(" * n + "1" + ")" * n)
    attempt("lists", "[" * n + "]" * n)
    attempt("minus", "-" * n + "1")
    attempt("not", "not " * n + "x")
    attempt("attributes", "a" + ".b" * n)
    attempt("calls", "a" + "()" * n)
    attempt("sums", "a" + "+b" * n)
    attempt("powers", "2" + "**x" * n)
    attempt("lambdas", "lambda:" * n + "0")
    attempt("if else", "a if b else " * n + "c")
    attempt("elif", "if a: pass\n" + "elif b: pass\n" * n)
    attempt("if", blocks("if x:", n))
    attempt("def", blocks("def f():", n))
    attempt("class", blocks("class C:", n))
for n in 10000, 100000:
    print(n)
    attempt("parentheses", "(" * n + "1" + ")" * n)
    attempt("minus", "-" * n + "1")
    attempt("not", "not " * n + "x")
    attempt("powers", "2" + "**x" * n)
    attempt("lambdas", "lambda:" * n + "0")
    attempt("if else", "a if b else " * n + "c")
    attempt("elif", "if a: pass\n" + "elif b: pass\n" * n)
    attempt("if", blocks("if x:", 101))
    attempt("comparisons", "a" + "<b" * n)
    attempt("and", "a" + " and b" * n)
    attempt("texts", "x = (" + "'a' " * n + ")")
    attempt("lines", "x = y\n" * n)
    attempt("targets", "x = " * 1000 + "y")
exec("def sum_of(a):\n return a" + " + a" * 1500)
print(sum_of(1))
exec("value = " + "(lambda: " * 190 + "5" + ")()" * 190)
print(value)
