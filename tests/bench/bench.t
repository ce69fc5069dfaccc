#!/bin/bash
# bench.t: the runner and its workers, from the outside. Speaks TAP; run it with prove from
# anywhere. Needs build/bench, build/gil and build/nogil; figures are not judged here, only
# what is measured, reported and cleaned up.
cd "$(dirname "$0")/../.." || exit 1
bench=build/bench
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
quick=(--seconds 0.01 --repeat 2)
tests=0

ok() { # ok "name" command...: the command's exit code decides
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then echo "ok $tests - $name"; else
        echo "not ok $tests - $name"
        sed 's/^/# stdout: /' "$dir/out" | head -20
        sed 's/^/# stderr: /' "$dir/err" | head -20
    fi
}

run() { # run command...: stdout, stderr and exit code for the checks below
    "$@" >"$dir/out" 2>"$dir/err" </dev/null
    code=$?
}

says() { grep -qE -- "$1" "$dir/out"; }
complains() { [ "$(wc -l <"$dir/err")" = 1 ] && grep -qE -- "^bench: .*$1" "$dir/err"; }
rows() { grep -cE -- "$1" "$dir/out"; }
wrong_usage() { [ "$code" = 2 ] && [ ! -s "$dir/out" ] && complains "$1"; }
python() { python3 - "$@" 2>>"$dir/err"; }
valid_json() { ! command -v python3 >/dev/null || python3 -m json.tool "$1" >/dev/null; }
no_workers() { ! grep -qsz -- "--mark=$mark" /proc/[0-9]*/cmdline; }
wait_for() { # wait_for command...: until it is true, 10 s at most
    for _ in $(seq 200); do "$@" && return; sleep 0.05; done
    return 1
}

# ---- The command line

run $bench --help
ok "help is printed" test $code = 0 -a -s "$dir/out"
run $bench --list
ok "list shows the control first" eval '[ $code = 0 ] && head -1 "$dir/out" | grep -q ^control'
run $bench no-such-workload
ok "an unknown workload" wrong_usage "unknown workload no-such-workload"
run $bench control --modes gil,nolock
ok "an unknown mode" wrong_usage "unknown mode nolock"
for threads in 0 -1 1.5 two 1,,2 99999; do
    run $bench control --threads "$threads"
    ok "a bad count of threads: $threads" wrong_usage "--threads"
done
run $bench control --repeat 0
ok "a bad count of samples" wrong_usage "--repeat"
run $bench control --seconds nan
ok "a bad length of samples" wrong_usage "--seconds"
run $bench control --modes gil,gil
ok "a mode given twice" wrong_usage "twice"
run $bench control --build nogil=no-such-build
ok "a build that is not there" wrong_usage "no-such-build"
run $bench control --build nothing
ok "a build without a mode" wrong_usage "MODE=DIR"
run $bench control -X no-such=1
ok "an unknown option of the runtime" wrong_usage "no such option"
run $bench control --json /no/such/dir/x.json
ok "a file that cannot be written" wrong_usage "/no/such/dir/x.json"
run env PATH=/nowhere $bench control --svg "$dir/x.svg"
ok "no gnuplot" wrong_usage "gnuplot"
run $bench control --no-such-option
ok "an unknown option" test $code = 2 -a ! -s "$dir/out"
run $bench --share 1 dict-read-shared
ok "no shares of shared data" wrong_usage "private data"

# ---- A run

run $bench control --threads 2 "${quick[@]}" --json "$dir/r.json"
ok "all modes and one thread are measured" test $code = 0 -a "$(rows '^control ')" = 6
ok "nothing but the table in a pipe" test ! -s "$dir/err" -a "$(wc -l <"$dir/out")" = 7
ok "the results are JSON" valid_json "$dir/r.json"
if command -v python3 >/dev/null; then
    ok "the JSON has the promised fields" python "$dir/r.json" <<'PY'
import json, sys
data = json.load(open(sys.argv[1]))
assert set(data) == {"machine", "results"}
assert {"compiler", "flags", "commit", "cores", "date"} <= set(data["machine"])
assert data["machine"]["complete"] is True
assert len(data["results"]) == 6
for r in data["results"]:
    assert set(r) == {"workload", "mode", "threads", "operations_per_second", "speedup",
                      "efficiency", "peak_bytes", "checksum", "pauses", "samples"}
    assert r["pauses"] is None
    assert len(r["samples"]) == 2 and r["operations_per_second"] > 1e6
    assert r["speedup"] > 0 and r["efficiency"] == 1 and r["peak_bytes"] > 1e5
assert len({r["checksum"] for r in data["results"]}) == 1
PY
fi

# ---- Pauses

run $bench node-ring --threads 2 "${quick[@]}" --json "$dir/p.json"
ok "where the collector ran, there is a row of pauses" \
    eval '[ $code = 0 ] && says "^pauses +mode " && [ $(rows "^node-ring ") = 12 ] &&
        [ $(rows "^node-ring +(gil|nogil|procs) +[12]( +[0-9]+){3}( +[0-9]+\.[0-9]{3}){6}$") = 6 ]'
ok "where it did not, there is none" test "$(rows '^control ')" = 6
if command -v python3 >/dev/null; then
    ok "pauses are in the JSON" python "$dir/p.json" <<'PY'
import json, sys
rows = json.load(open(sys.argv[1]))["results"]
assert all((r["pauses"] is None) == (r["workload"] == "control") for r in rows)
for p in (r["pauses"] for r in rows if r["pauses"]):
    assert len(p["collections"]) == 3 and p["collections"][0] > 0
    assert p["stops"] == sum(p["collections"])  # no finalisers, so one stop each
    for times in (p["stopped"], p["to_stop"]):
        assert 0 < times["median"] <= times["p99"] <= times["worst"] < 10
        assert sum(count for _, count in times["histogram"]) == p["stops"]
        assert times["histogram"][-1][0] < times["worst"]
PY
fi
printf 'pauses\nsample\npauses\nquit\n' |
    build/gil/worker --workload node-ring --seconds 0.02 >"$dir/out" 2>"$dir/err"
ok "what was before the first sample does not count" \
    eval 'says "^pauses collections=0,0,0 " && says "^pauses collections=[1-9]"'

run $bench 'list-*' --modes nogil --threads 1 "${quick[@]}"
ok "a pattern chooses, and the control is measured too" \
    eval '[ $code = 0 ] && says ^control && says ^list-append-private && says ^list-read'
ok "no speed-up without mode gil" says '^list-read-shared .* - +1\.00'
run $bench control --modes gil,gil+gil=ticks,gil+interval=0.001 --threads 1 "${quick[@]}"
ok "modes with options of their own" eval '[ $code = 0 ] && says "gil\+gil=ticks +1 "'
run $bench count-private --modes gil,nogil,procs --threads 2 --repeat 1 --share 0.1
ok "shares" eval '[ $code = 0 ] && says switches/s && [ $(rows "^count-private") = 6 ]'
if command -v gnuplot >/dev/null; then
    run $bench control list-read-shared --threads 2 "${quick[@]}" --svg "$dir/r.svg" \
        --html "$dir/r.html"
    ok "plot and report are written" \
        eval '[ $code = 0 ] && grep -q "</svg>" "$dir/r.svg" && grep -q "</svg>" "$dir/r.html"'
    ok "no plot of pauses where there are none" \
        eval '! grep -q "Pauses of the collector" "$dir/r.html"'
    ok "both workloads and all modes are in the plot" \
        eval 'for w in control list-read-shared gil nogil procs; do
                  grep -q ">$w<" "$dir/r.svg" || exit 1; done'
    ok "nothing else is left behind" test "$(ls "$dir" | wc -l)" = 6
    run $bench node-ring --modes gil,nogil "${quick[@]}" --html "$dir/p.html"
    ok "pauses are in the report, as plot and table" \
        eval '[ $code = 0 ] && [ $(grep -c "</svg>" "$dir/p.html") = 2 ] &&
            [ $(grep -c "<table>" "$dir/p.html") = 2 ]'
fi

# ---- Workloads that fail

mkdir -p "$dir/bad"
${CC:-gcc} -std=gnu11 -iquote . -pthread tests/bench/bad_workloads.c \
    build/gil/workloads/procs/*.o build/gil/workloads/micro/control.o \
    build/gil/libgilt-gil.a -lgmp -lunistring -lmd -ledit -lm -o "$dir/bad/worker" 2>"$dir/err"
ok "the worker of bad workloads is built" test -x "$dir/bad/worker"
bad=($bench --build gil="$dir/bad" --modes gil,procs --threads 2 "${quick[@]}")

run "${bad[@]}" --json "$dir/bad.json" -- --this
ok "failed workloads make exit code 1" test $code = 1
ok "the others are measured" eval '! says "^good.*error" && [ $(rows "^good ") = 4 ]'
ok "checksums differ between threads" \
    says '^wrong-thread +gil +2  error: checksum mismatch: thread 1 computed 0x'
ok "checksums differ between batches" \
    says '^wrong-batch +gil +1  error: checksum mismatch: batch 4 of thread 0'
ok "checksums differ between numbers of threads" \
    says '^wrong-count +gil +2  error: checksum mismatch: 0x.* in gil with 1 thread$'
ok "an exception is one line" says '^raises +gil +1  error: ValueError: two lines$'
ok "an exception in a process" says '^raises +procs +2  error: ValueError: two lines$'
ok "an exception while others wait" \
    says '^leaves-others +gil +2  error: ValueError: two lines$'
ok "a worker that dies" says '^crashes +gil +2  error: .*worker was killed by signal 9$'
ok "a process that dies" \
    says '^crashes +procs +2  error: worker process [12] was killed by signal 9$'
ok "a worker that dies at its end" \
    says '^crashes-late +gil +1  error: .*worker was killed by signal 9$'
ok "a process that dies at its end" \
    says '^crashes-late +procs +1  error: worker process 1 was killed by signal 9$'
ok "threads that must meet are not tried as processes" test "$(rows '^meets ')" = 2
ok "arguments reach the workload" eval '! says "^wants-argument.*error"'
ok "the JSON with errors is valid" \
    eval 'valid_json "$dir/bad.json" && grep -q "\"errors\"" "$dir/bad.json"'
run "${bad[@]}" wants-argument -- --that
ok "an exception in setup" says '^wants-argument .*error: OSError: no such file: --that$'

# ---- No threads, no processes: an unprivileged user with a limit

limited() { # limited N command...
    local limit=$1
    shift
    run setpriv --reuid=54321 --clear-groups bash -c "ulimit -u $limit && exec \"\$@\"" - "$@"
}
if [ "$(id -u)" = 0 ] && setpriv --reuid=54321 --clear-groups test -x build/gil/worker; then
    limited 3 build/gil/worker --workload control --threads 8 --procs
    ok "a fork that fails" eval '[ $code = 1 ] &&
        says "^error cannot fork worker process [0-9] of 8: Resource temporarily"'
    limited 3 build/gil/worker --workload control --threads 8
    ok "a thread that cannot be created" eval '[ $code = 1 ] &&
        says "^error cannot start thread [0-9] of 8: RuntimeError"'
fi

# ---- Interrupts and murder

start() { # start seconds arguments...: a long run in the background, marked
    mark=$RANDOM$RANDOM
    local seconds=$1
    shift
    $bench count-private --threads 2 --seconds "$seconds" --repeat 40 --json "$dir/i.json" \
        "$@" -- --mark=$mark >"$dir/out" 2>"$dir/err" </dev/null &
    pid=$!
}

# The runner, six workers and two companions, and the processes of mode procs.
all_workers() {
    [ "$(grep -lsz -- "--mark=$mark" /proc/[0-9]*/cmdline | wc -l)" -ge 12 ]
}

for signal in INT TERM; do
    rm -f "$dir/i.json"
    start 0.02 --modes gil,nogil,procs
    wait_for says '^control +procs +2 '
    wait_for all_workers
    sleep 2 # of the six that samples take
    kill -$signal $pid
    wait $pid
    code=$?
    ok "SIG$signal: exit code 130" test $code = 130
    ok "SIG$signal: what there is has been printed" \
        test "$(rows '^(control|count-private) .*[0-9]$')" -gt 6
    ok "SIG$signal: the results are written" eval \
        'valid_json "$dir/i.json" && grep -q "\"complete\": false" "$dir/i.json"'
    ok "SIG$signal: no worker is left" no_workers
done

start 0.5 --modes gil --repeat 2
sleep 0.3
kill -KILL $pid
{ wait $pid; } 2>/dev/null
ok "no worker survives the runner" wait_for no_workers

# The processes of mode procs are the only ones with --procs whose parent has it too.
a_process() {
    for child in $(grep -lsz -- "--mark=$mark" /proc/[0-9]*/cmdline | grep -o '[0-9]*'); do
        grep -qsz -- --procs "/proc/$child/cmdline" || continue
        local parent
        parent=$(awk '/^PPid/ {print $2}' "/proc/$child/status" 2>/dev/null)
        grep -qsz -- --procs "/proc/$parent/cmdline" && victim=$child && return
    done
    return 1
}
start 0.2 --modes gil,procs --repeat 3
wait_for a_process && sleep 0.3 && wait_for a_process && kill -KILL "$victim"
wait $pid
code=$?
ok "a process killed midway is reported" says \
    '^(control|count-private) +procs +[12]  error: worker process [12] was killed by signal 9$'
ok "... and the rest is measured" \
    eval '[ $code = 1 ] && [ $(rows error:) = 1 ] && says "^count-private +gil +2 .*[0-9]$"'
ok "... and nobody is left" no_workers

mark=$RANDOM$RANDOM
$bench control count-private --modes gil "${quick[@]}" -- --mark=$mark 2>"$dir/err" |
    head -1 >"$dir/out"
ok "a reader that goes away ends the run" wait_for no_workers

echo "1..$tests"
