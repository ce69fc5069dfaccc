#!/bin/bash
# faults.t: a worker whose threads or processes do not start, or die: at each stage, in each
# way. The worker must say which and of what, end with code 1, and leave nothing behind.
# Speaks TAP. Needs build/bench and build/gil.
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/tmp" "$dir/dying"
export TMPDIR=$dir/tmp
ulimit -c 0
tests=0

ok() { # ok "name" command...: the command's exit code decides
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then echo "ok $tests - $name"; else
        echo "not ok $tests - $name"
        echo "# exit code $code"
        head -5 "$dir/out" | sed 's/^/# stdout: /'
        head -20 "$dir/err" | sed 's/^/# stderr: /'
    fi
}

wait_for() { # wait_for command...: until it is true, 20 s at most
    for _ in $(seq 400); do "$@" && return; sleep 0.05; done
    return 1
}
last_says() { tail -1 "$dir/out" | grep -qE -- "$1"; }
nobody_left() { ! grep -qsz -- "$dir/" /proc/[0-9]*/cmdline; }
nothing_left() { wait_for nobody_left && [ -z "$(ls "$dir/tmp")" ] && [ "$shared" = "$(ls /dev/shm)" ]; }
children() { # of a process; cat goes on when another process ends under it, awk does not
    cat /proc/[0-9]*/status 2>/dev/null |
        awk -v parent="$1" '/^Pid:/ {pid = $2} /^PPid:/ && $2 == parent {print pid}'
}
stopped() { # sets `stopped` to a child that is
    for stopped in $(children "$worker"); do
        grep -qs '^State:.*T (stopped)' "/proc/$stopped/status" && return
    done
    return 1
}

${CC:-gcc} -std=gnu11 -iquote . -pthread tests/bench/dying_workload.c \
    build/gil/workloads/procs/*.o build/gil/workloads/micro/control.o \
    build/gil/libgilt-gil.a -lgmp -lunistring -lmd -ledit -lm -o "$dir/dying/worker" 2>"$dir/err" &&
    ${CC:-gcc} -std=gnu11 -fPIC -shared tests/bench/failing_calls.c -ldl \
        -o "$dir/failing.so" 2>>"$dir/err"
ok "the worker of a dying workload is built" test -x "$dir/dying/worker" -a -e "$dir/failing.so"
shared=$(ls /dev/shm)

# A conversation with a worker: start; tell LINE; hear (into "$dir/out"); finish.
start() { # start STAGE HOW [command in front...]
    local stage=$1 how=$2
    shift 2
    rm -f "$dir/died" "$dir/died.now"
    : >"$dir/out"
    coproc WORKER { exec "$@" "$dir/dying/worker" --workload dies --procs --threads 3 \
        --seconds 0.02 -- "$stage" "$how" "$dir/died" 2>"$dir/err"; }
    worker=$WORKER_PID
    exec 3<&"${WORKER[0]}" 4>&"${WORKER[1]}"
    eval "exec ${WORKER[0]}<&- ${WORKER[1]}>&-"
}
tell() { (echo "$1" >&4) 2>/dev/null; }
hear() { local line; IFS= read -r -t 60 line <&3 && echo "$line" >>"$dir/out"; }
finish() { # its last words, and its exit code; one that hangs is ended here
    exec 4>&-
    timeout 60 cat <&3 >>"$dir/out"
    [ $? = 124 ] && kill -KILL "$worker"
    exec 3<&-
    { wait "$worker"; } 2>/dev/null
    code=$?
}
reports() { [ "$code" = 1 ] && last_says "^error worker process [123] $1\$"; }

how_it_reads() {
    case $1 in
    exit*) echo "ended with code ${1#exit}" ;;
    SEGV) echo "was killed by signal 11" ;;
    *) echo "was killed by signal 9" ;;
    esac
}

# ---- A process dies by itself

for stage in setup begin first batch end teardown; do
    for how in KILL SEGV exit3 exit0 STOP; do
        [ "$how" = exit0 ] && case $stage in end | teardown) continue ;; esac # as it should
        start $stage $how
        case $stage in
        batch) hear && touch "$dir/died.now" && tell sample ;;
        end | teardown) hear && tell quit ;;
        esac
        [ $how = STOP ] && wait_for stopped && kill -KILL "$stopped"
        finish
        ok "$stage, $how: it is reported" reports "$(how_it_reads $how)"
        ok "... and nothing is left" nothing_left
    done
done

# ---- A process is killed from outside: while it waits, and while it carries out an order,
# where it is held up, so that its part is surely not done

for order in sample pauses quit "share 0.02"; do
    start never KILL
    hear
    kill -KILL "$(children "$worker" | sed -n 2p)"
    tell "$order"
    finish
    ok "killed before '$order': it is reported" reports "was killed by signal 9"
    start never KILL
    hear
    victim=$(children "$worker" | sed -n 2p)
    kill -STOP "$victim"
    wait_for stopped
    tell "$order"
    sleep 0.1 # the others go ahead; whether they do makes no difference
    kill -KILL "$victim"
    finish
    ok "killed in '$order': it is reported" reports "was killed by signal 9"
    ok "... and nothing is left" nothing_left
done

start never KILL
hear
kill -KILL $(children "$worker")
tell sample
finish
ok "all are killed: one is reported" reports "was killed by signal 9"

start never KILL
hear
kill -KILL "$worker"
finish 2>/dev/null # bash tells of it
ok "the worker is killed: no process is left" nothing_left

if env --ignore-signal=CHLD true 2>/dev/null; then
    start batch KILL env --ignore-signal=CHLD
    hear && touch "$dir/died.now" && tell sample
    finish
    ok "who starts the worker ignores SIGCHLD: it is reported" reports "was killed by signal 9"
    start never KILL env --ignore-signal=CHLD
    hear && tell sample && hear && tell quit
    finish
    ok "... and if nobody dies, all is well" eval '[ $code = 0 ] && last_says "^sample "'
fi

# ---- The runner says so, too

run_bench() { # run_bench MODE [command in front...]
    local mode=$1
    shift
    rm -f "$dir/died" "$dir/died.now"
    "$@" build/bench --build gil="$dir/dying" --modes "$mode" --threads 2 --seconds 0.01 \
        --repeat 2 dies -- first SEGV "$dir/died" >"$dir/out" 2>"$dir/err" </dev/null
    code=$?
}
bench_reports() { # bench_reports MODE WHO
    [ "$code" = 1 ] && grep -qE "^dies +$1 +[12]  error: $2 was killed by signal 11$" "$dir/out"
}
run_bench procs
ok "the runner reports it" bench_reports procs "worker process [12]"
ok "... and nothing is left" nothing_left
if env --ignore-signal=CHLD true 2>/dev/null; then
    run_bench procs env --ignore-signal=CHLD
    ok "... also if SIGCHLD is ignored" bench_reports procs "worker process [12]"
    run_bench gil env --ignore-signal=CHLD
    ok "... and if it is a worker that dies" bench_reports gil ".*the worker"
fi

# ---- What does not start: each one

failing() { # failing "CALL N" worker arguments...
    local what=$1
    shift
    timeout 60 env FAILING="$what" LD_PRELOAD="$dir/failing.so" \
        build/gil/worker --seconds 0.01 "$@" -- "$dir/" >"$dir/out" 2>"$dir/err" </dev/null
    code=$?
}
for n in 1 2 3 4; do
    failing "fork $n" --workload control --threads 4 --procs
    ok "fork $n of 4 fails" eval '[ $code = 1 ] && last_says \
        "^error cannot fork worker process '$n' of 4: Resource temporarily unavailable$"'
    failing "pthread_create $n" --workload control --threads 4
    ok "thread $n of 4 fails" eval '[ $code = 1 ] && last_says \
        "^error cannot start thread '$n' of 4: RuntimeError: can.t start new thread: Resource"'
    ok "... and nothing is left" nothing_left
done
failing "pthread_create 1" --workload control
ok "the thread that conducts the only one fails" eval '[ $code = 1 ] &&
    last_says "^error cannot start .*thread.*: Resource temporarily unavailable$"'
failing "mmap 1+" --workload control --threads 4
ok "no shared memory" eval '[ $code = 1 ] && last_says "^error no shared memory for 4 members$"'
failing "mmap 1+" --workload control
ok "... for one thread" eval '[ $code = 1 ] && last_says "^error no shared memory"'
failing "pthread_create 2+" --workload parent-tree -X gc_threads=4
ok "helpers of the collector are not needed" eval '[ $code = 0 ] && last_says "^ready "'

echo "1..$tests"
