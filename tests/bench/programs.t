#!/bin/bash
# programs.t: the runner with the Python programs, in both modes and beside peers. Speaks
# TAP. The peers here are builds of gilt and scripts, so no other Python is needed.
cd "$(dirname "$0")/../.." || exit 1
bench=build/bench
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
quick=(--seconds 0.01 --repeat 2 --threads 1,2)
tests=0

ok() { # ok "name" command...
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then echo "ok $tests - $name"; else
        echo "not ok $tests - $name"
        sed 's/^/# stdout: /' "$dir/out" | head -20
        sed 's/^/# stderr: /' "$dir/err" | head -20
    fi
}

run() {
    "$@" >"$dir/out" 2>"$dir/err" </dev/null
    code=$?
}

rows() { grep -cE -- "$1" "$dir/out"; }
says() { grep -qE -- "$1" "$dir/out"; }
wrong_usage() {
    [ "$code" = 2 ] && [ ! -s "$dir/out" ] && [ "$(wc -l <"$dir/err")" = 1 ] &&
        grep -qE -- "^bench: .*$1" "$dir/err"
}

# ---- The command line

run $bench --programs --list
programs=$(ls workloads/programs/*.py | grep -cvE '/(driver|worker)\.py')
ok "all programs are listed" test $code = 0 -a "$(wc -l <"$dir/out")" = "$programs"
ok "with what they are about" says '^graph-search +shared +[a-z]+'
run $bench --peer nothing fannkuch
ok "a peer without a command" wrong_usage "NAME=COMMAND"
run $bench --peer gil=python3 fannkuch
ok "a peer with the name of a mode" wrong_usage "twice"
run $bench --peer none=/no/such/python fannkuch
ok "a peer that is not there" wrong_usage "mode none: .*/no/such/python"
run $bench --programs --modes procs fannkuch
ok "no processes" wrong_usage "threads only"
run $bench --programs --share 1 fannkuch
ok "no shares" wrong_usage "--share"
run $bench --programs no-such-program
ok "an unknown program" wrong_usage "no-such-program"

# ---- A run

run $bench --peer "other=build/gil/gilt -X gil=ticks" fannkuch "${quick[@]}" \
    --json "$dir/r.json" --html "$dir/r.html"
ok "both modes and the peer are measured" test $code = 0 -a "$(rows '^fannkuch +(gil|nogil|other) ')" = 6
ok "in runs per second" says '^workload .* runs/s '
ok "with one checksum" test "$(grep -o '"checksum": "[^"]*"' "$dir/r.json" | sort -u | wc -l)" = 1
ok "the report has them" eval 'grep -q "<td>other</td>" "$dir/r.html" && grep -q "runs/s" "$dir/r.html"'
python=$(command -v python3)
if [ -n "$python" ]; then
    run $bench --peer "python=$python" --modes nogil fannkuch --seconds 0.01 --repeat 1
    ok "another Python" test $code = 0 -a "$(rows '^fannkuch +python ')" -ge 1
fi

# ---- What goes wrong is a row

cat >"$dir/liar" <<'END'
#!/bin/sh
case $2 in
--about) echo policies=none ;;
*) echo "ready batches=1 operations=1 checksum=0x0000000000000001"; cat >/dev/null ;;
esac
END
chmod +x "$dir/liar"
run $bench --peer "liar=$dir/liar" fannkuch --modes gil --threads 1 --seconds 0.01 --repeat 1
ok "another checksum is an error" eval '[ $code = 1 ] && says "^fannkuch +liar +1 +error: checksum mismatch"'
ok "and the others are measured" says '^fannkuch +gil +1 +[0-9]'
mkdir "$dir/programs"
cp workloads/programs/worker.py "$dir/programs"
printf '"""bad.py: bad."""\nEXPECTED = {1: 2}\ndef run(scale, thread, threads):\n    return 1\n' >"$dir/programs/bad.py"
run build/gil/gilt "$dir/programs/worker.py" --workload bad --threads 1 --seconds 0.01
ok "a wrong checksum is told" eval '[ $code = 1 ] && says "^error ValueError: checksum 1, but 2 is right"'
echo "1..$tests"
