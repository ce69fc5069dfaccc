#!/bin/bash
# launcher.t: build/gilt picks a build and becomes it. Speaks TAP.
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tests=0

ok() { # ok "name" command...
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then echo "ok $tests - $name"; else
        echo "not ok $tests - $name"
        sed 's/^/# /' "$dir/out" "$dir/err" | head -20
    fi
}

run() {
    "$@" >"$dir/out" 2>"$dir/err" <"${input:-/dev/null}"
    code=$?
}

says() { [ "$(cat "$dir/out")" = "$1" ]; }
complains() { [ "$code" = 2 ] && [ ! -s "$dir/out" ] && grep -qF -- "$1" "$dir/err"; }

mode='import sys; print(sys._is_gil_enabled())'
run build/gilt -c "$mode"
ok "nogil is the default" says False
run build/gilt --nogil -c "$mode"
ok "--nogil" says False
run build/gilt --gil -c "$mode"
ok "--gil" says True
run build/gilt --gil --nogil -c "$mode"
ok "the last of them counts" says False

echo 'import sys; print(sys.argv[1:]); sys.exit(7)' >"$dir/program.py"
run build/gilt --gil "$dir/program.py" --gil -h 'a b'
ok "a program's arguments are its own" says "['--gil', '-h', 'a b']"
ok "its exit code passes through" test $code = 7
run build/gilt -c 'import sys; sys.exit("why")'
ok "so does what is said at the end" eval '[ $code = 1 ] && [ "$(cat "$dir/err")" = why ]'
run build/gilt -X gil=nonsense -c 'pass'
ok "options are the build's" complains "gil"
echo 'print("from stdin")' >"$dir/input"
input=$dir/input run build/gilt -
ok "so is standard input" says "from stdin"
run build/gilt --gil -- -V
ok "behind -- all is the build's" grep -q "^gilt .*gil:" "$dir/out"

run build/gilt -h
ok "-h says how" eval '[ $code = 0 ] && grep -q -- "--nogil" "$dir/out"'
mkdir -p "$dir/bin/gil" && cp build/gilt "$dir/bin/gilt"
run "$dir/bin/gilt" --gil -c pass
ok "a build that is not there" complains "there is no $dir/bin/gil/gilt; build it: make build/gil/gilt"
printf '#!/bin/sh\necho "$0" "$@"\n' >"$dir/bin/gilt-gil" && chmod +x "$dir/bin/gilt-gil"
run "$dir/bin/gilt" --gil a b
ok "gilt-gil beside it, as installed" says "$dir/bin/gilt-gil a b"
ln -s "$PWD/build/gilt" "$dir/link"
run "$dir/link" --gil -c "$mode"
ok "through a symbolic link" says True
echo "1..$tests"
