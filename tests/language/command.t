#!/bin/bash
# command.t: the command line of a build: options, where a program comes from, how it ends; and
# the interactive prompt, on a terminal and without one. VARIANTS="gil-debug ..." other builds
# than `gil nogil`. Speaks TAP.
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export HOME=$dir
tests=0

ok() { # ok "name" command...
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then echo "ok $tests - $name, $variant"; else
        echo "not ok $tests - $name, $variant"
        sed 's/^/# /' "$dir/out" "$dir/err" | head -20
    fi
}

# run ARGUMENT...: with what $input holds as standard input
run() {
    printf %s "$input" | timeout 60 "$gilt" "$@" >"$dir/out" 2>"$dir/err"
    code=${PIPESTATUS[1]}
}

says() { [ "$code" = 0 ] && [ "$(cat "$dir/out")" = "$1" ]; }
begins() { [ "$code" = 0 ] && [[ "$(cat "$dir/out")" == "$1"* ]]; }
complains() { [ "$code" = "$1" ] && [ ! -s "$dir/out" ] && grep -qF -- "$2" "$dir/err"; }
ends() { [ "$code" = "$1" ] && [ "$(tail -1 "$dir/err")" = "$2" ]; }

options() {
    input=
    run -h; ok "-h says how" begins "usage: $gilt [option]"
    run --help; ok "--help, too" begins "usage: $gilt [option]"
    run -V; ok "-V" begins "gilt 0.1.0, Python 3.12, ${variant%%-*}:"
    run --version; ok "--version" begins "gilt 0.1.0, Python 3.12, ${variant%%-*}:"
    run -X retire=20000 -V; ok "-X before -V" begins "gilt"
    run -k; ok "an unknown option" complains 2 "Unknown option: -k"
    run -c; ok "-c without text" complains 2 "Argument expected for the -c"
    run -X; ok "-X without text" complains 2 "Argument expected for the -X"
    run -X nonsense=1 -c pass; ok "-X with nonsense" complains 2 "gilt: "
    run -u -B -E -s -S -O -I -q -v -W ignore -Wignore -c 'print(1)'
    ok "options of other Pythons" says 1
}

programs() {
    input=
    run -c 'import sys; print(sys.argv, __name__, sys.path[0] == "")' -c -x
    ok "-c text, then its arguments" says "['-c', '-c', '-x'] __main__ True"
    run '-cprint(5)'; ok "-ctext" says 5
    run -c 'import sys; sys.exit(7)'; ok "its exit code" ends 7 ""
    run -c 'import sys; sys.exit("why")'; ok "why it ended" ends 1 why
    run -c '1 / 0'; ok "an exception" ends 1 "ZeroDivisionError: division by zero"
    run -c '1 +'; ok "no program" ends 1 "SyntaxError: invalid syntax"
    echo 'import sys, beside; print(sys.argv[1:], __file__[-10:], beside.x)' >"$dir/program.py"
    echo 'x = 1' >"$dir/beside.py"
    run "$dir/program.py" a -b; ok "a file" says "['a', '-b'] program.py 1"
    (cd "$dir" && timeout 60 "$gilt" program.py) >"$dir/out" 2>"$dir/err"
    code=$?; ok "a file beside us" says "[] program.py 1"
    run "$dir/nothing.py"; ok "no such file" complains 2 "[Errno 2] No such file or directory"
    run "$dir"; ok "a directory" complains 2 "[Errno 21] Is a directory"
    { printf 'x = "'; head -c 200000 /dev/zero | tr '\0' a; printf '"\nprint(len(x))\n'; } >"$dir/long.py"
    run "$dir/long.py"; ok "a long file" says 200000
    input='print("from stdin")'
    run; ok "standard input" says "from stdin"
    run -; ok "-" says "from stdin"
    input='import sys
print(sys.argv[1:], sys.stdin.read() == "")'
    run - a b; ok "- with arguments" says "['a', 'b'] True"
}

search_path() {
    input=
    mkdir -p "$dir/one" "$dir/two"
    echo 'x = "one"' >"$dir/one/named.py"
    echo 'x = "two"' >"$dir/two/named.py"
    export PYTHONPATH="$dir/one:$dir/two"
    run -c 'import named; print(named.x)'; ok "PYTHONPATH" says one
    run -c 'import sys; print([p[-3:] for p in sys.path[1:3]])'; ok "PYTHONPATH in order" says "['one', 'two']"
    run -E -c 'import named'; ok "PYTHONPATH with -E" complains 1 "No module named 'named'"
    run -I -c 'import named'; ok "PYTHONPATH with -I" complains 1 "No module named 'named'"
    (cd "$dir" && PYTHONPATH=/no/such:one:: timeout 60 "$gilt" -c 'import named; print(named.x, named.__file__[-13:])') \
        >"$dir/out" 2>"$dir/err"
    code=$?; ok "PYTHONPATH with odd names" says "one /one/named.py"
    unset PYTHONPATH
}

modules() {
    local pack=$dir/pack
    input=
    mkdir -p "$pack/sub"
    echo 'import sys; print(__name__, sys.argv[1:], __file__[-7:])' >"$dir/tool.py"
    echo 'print("init")' >"$pack/__init__.py"
    echo 'x = 1' >"$pack/other.py"
    echo >"$pack/sub/__init__.py"
    echo 'from ..other import x as y; from ... import z' >"$pack/sub/far.py"
    echo 'from ..other import x as y' >"$pack/sub/deep.py"
    echo 'from . import other, nothing' >"$pack/missing.py"
    cat >"$pack/__main__.py" <<'END'
from . import other
from .sub import deep
from pack import other as same
print(__package__, other.x, deep.y, same is other)
for name in "pack.sub.far", "pack.missing":
    try: __import__(name)
    except ImportError as e: print(e.msg.split(" (")[0])
try: exec("from .other import x", {"__name__": "alone"})
except (ImportError, KeyError) as e: print(e)
END
    cd "$dir" || exit
    run -m tool a -m; ok "-m module, then its arguments" says "__main__ ['a', '-m'] tool.py"
    run -m pack; ok "a package, and names relative to it" says "init
pack 1 1 True
attempted relative import beyond top-level package
cannot import name 'nothing' from 'pack'
attempted relative import with no known parent package"
    run -m pack.other; ok "a module of a package" says init
    run -m nothing; ok "no such module" complains 1 "No module named nothing"
    run -m; ok "-m without a name" complains 2 "Argument expected for the -m"
    cd "$root" || exit
}

# Without a terminal: prompts go to standard output, with what is printed.
prompt() {
    input='x = 1
x + 1
"text"
None
_

   
for i in range(2):
    print(i)

@staticmethod
def f(): pass

(1 +
 2)
"""a
b"""
'
    run -i -c 'z = 5'; ok "statements of one and more lines" begins ">>> >>> 2
>>> 'text'
>>> >>> 'text'
>>> >>> >>> ... ... 0
1
>>> ... ... >>> ... 3
>>> ... 'a\\nb'
>>> "
    input=z
    run -i -c 'z = 5'; ok "-i goes on after the program" says ">>> 5
>>> "
    input='1 +
raise ValueError("v")
undefined'
    run -i -c ''; ok "errors do not end it" ends 0 "NameError: name 'undefined' is not defined"
    ok "each of them is told" grep -q "^ValueError: v" "$dir/err"
    input='if True:
    1'
    run -i -c ''; ok "the end of the input ends a statement" begins ">>> ... "
    input='('
    run -i -c ''; ok "or leaves it unfinished" begins ">>> ... "
    input='import sys
sys.displayhook = lambda x: print("shown", x)
7
sys.exit(3)
8'
    run -i -c ''; ok "sys.exit" ends 3 ""
    ok "sys.displayhook" grep -q "shown 7" "$dir/out"
    input='raise SystemExit("bye")'
    run -i -c ''; ok "and why" ends 1 bye
}

# On a terminal. Each step waits for a text, then types one; ^C interrupts what runs.
terminal() {
    rm -f "$dir/.gilt_history"
    timeout 60 python3 - "$gilt" >"$dir/out" 2>"$dir/err" <<'END'
import os, pty, select, sys, time
steps = [(">>> ", "x = 6\n"), (">>> ", "x * 7\n"), ("42\r\n>>> ", "for i in 'ab':\n"), ("... ", "    print(i)\n"), ("... ", "\n"),
         ("a\r\nb\r\n>>> ", "import time\n"), (">>> ", "while True: print(end='busy\\n'); time.sleep(0.01)\n"), ("... ", "\n"), ("busy", "\x03"),
         ("KeyboardInterrupt\r\n>>> ", "x\n"), ("6\r\n>>> ", "forgotten\x03"),
         ("KeyboardInterrupt\r\n>>> ", "twice\x03"), ("KeyboardInterrupt\r\n>>> ", "\x03"),
         ("KeyboardInterrupt\r\n>>> ", "len('é漢')\n"), ("2\r\n>>> ", "while x:\n"), ("... ", "\x03"),
         ("KeyboardInterrupt\r\n>>> ", "'ö'\n"), ("'ö'\r\n>>> ", "\x04")]
pid, fd = pty.fork()
if not pid:
    os.execv(sys.argv[1], sys.argv[1:])
out, end = b"", time.monotonic() + 40
def read(text):
    global out
    while text not in out and time.monotonic() < end:
        if select.select([fd], [], [], 1)[0]:
            try: out += os.read(fd, 4096)
            except OSError: return
    out = out[out.find(text) + len(text):]
for wait, typed in steps:
    read(wait.encode())
    os.write(fd, typed.encode())
read(b"no such text")
if time.monotonic() > end:
    os.kill(pid, 9)
print("ended with", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
    code=$?
    ok "a terminal" says "ended with 0"
    ok "keeps what was typed" grep -q '^x.*7$' "$dir/.gilt_history"
}

for variant in ${VARIANTS:-gil nogil}; do
    gilt=$root/build/$variant/gilt
    options
    programs
    search_path
    modules
    prompt
    if command -v python3 >/dev/null; then terminal; fi
done
echo "1..$tests"
