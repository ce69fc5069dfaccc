#!/bin/bash
# stress.t: the stress program from the outside. Speaks TAP. Runs what is built of
# build/gil-debug/stress and build/nogil-debug/stress. The runs are short: that programs pass
# is shown by `make stress`, here that it is noticed if they do not.
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tests=0

ok() { # ok "name" command...: the command's exit code decides
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then echo "ok $tests - $variant: $name"; else
        echo "not ok $tests - $variant: $name"
        sed 's/^/# stdout: /' "$dir/out" | head -40
        sed 's/^/# stderr: /' "$dir/err" | head -20
    fi
}

run() { # run argument...: stdout, stderr and exit code for the checks below
    "build/$variant/stress" "$@" >"$dir/out" 2>"$dir/err" </dev/null
    code=$?
}

# The same, and its child, which runs the programs, is killed.
run_and_kill() {
    local stress child=
    "build/$variant/stress" --seconds 60 "$@" >"$dir/out" 2>"$dir/err" </dev/null &
    stress=$!
    while [ -z "$child" ] && kill -0 $stress; do
        sleep 0.3
        read -r child <"/proc/$stress/task/$stress/children"
    done
    kill -KILL $child
    wait $stress
    code=$?
}

says() { grep -qE -- "$1" "$dir/out"; }
refused() { [ "$code" = 2 ] && [ ! -s "$dir/out" ] && [ "$(wc -l <"$dir/err")" = 1 ] &&
    grep -qE -- "$1" "$dir/err"; }
passed() { [ "$code" = 0 ] && says '^passed: [1-9][0-9]* programs, [1-9][0-9]* operations' &&
    [ ! -s "$dir/err" ]; }

bad_options() {
    local name words why
    while IFS='|' read -r words why; do
        # shellcheck disable=SC2086
        run $words
        ok "refused: $words" refused "$why"
    done <<'END'
--second 1|--second is no option
--seconds|--seconds needs a value
--seconds 0|--seconds must be a number of seconds above 0, not '0'
--seconds soon|--seconds must be a number of seconds above 0
--seconds -1|--seconds must be a number of seconds above 0
--threads 1|--threads must be a number from 2 to 64
--threads 65|--threads must be a number from 2 to 64
--seed -3|--seed must be a number
--programs 0|--programs must be a number from 1
--kind nothing|--kind must be .*churn.*, not 'nothing'
--chaos 2|--chaos must be 0 or 1
-X chaos=none|-X chaos=none: chaos must be a number
-X colour=red|-X colour=red: no such option
--replay /no/such/file|/no/such/file: cannot read it
END
}

a_program() {
    printf '# a comment\ngilt-stress churn 12\nthread\n  push 0 0 0\nthread\n  pop 0 0 0\n'
}

both_seeds() {
    run --print --programs 5 --seed "$1" "${@:3}" && cp "$dir/out" "$dir/one"
    run --print --programs 5 --seed "$2" "${@:3}" && cmp -s "$dir/one" "$dir/out"
}

for variant in gil-debug nogil-debug; do
    [ -x build/$variant/stress ] || continue
    run --help
    ok "help names all options" eval '[ $code = 0 ] && says "--seconds S" && says "--replay FILE"'
    bad_options

    ok "the same seed gives the same programs" both_seeds 7 7
    ok "another seed gives others" eval '! both_seeds 7 8'
    ok "a program may have as many threads as are asked for" eval 'run --print --seed 7 --kind churn --threads 64 &&
        [ "$(grep -c "^thread" "$dir/out")" -gt 8 ]'
    run --print --programs 4 --seed 100 --kind churn
    sed -n '/^gilt-stress churn 103$/,$p' "$dir/out" >"$dir/last"
    run --print --seed 103 --kind churn
    ok "program n of a seed is the first of seed + n" cmp -s "$dir/last" "$dir/out"

    run --seconds 2 --seed 5
    ok "a short run passes" passed
    ok "... and says its seed" says '^seed 5, '
    run --seconds 0.5 --threads 2 --kind churn --programs 1
    ok "one program over and over" eval 'passed && says "^  churn +[1-9]" &&
        [ "$(grep -c "^  " "$dir/out")" = 1 ]'
    run --seconds 0.5 --chaos 1 -X interval=1e-5 --kind churn
    ok "with noise and a setting" passed

    a_program >"$dir/program.txt"
    run --seconds 0.5 --replay "$dir/program.txt"
    ok "a file can be replayed" passed
    run --print --replay "$dir/program.txt"
    ok "... and printed" eval 'diff <(sed 1d "$dir/program.txt") "$dir/out"'
    { a_program; echo "  pop 1 2"; } >"$dir/bad.txt"
    run --replay "$dir/bad.txt"
    ok "a bad file is refused with its line" refused "bad.txt: line 7: 'pop' needs three"

    run_and_kill --kind churn --shrink 0 --write "$dir/failed.txt"
    ok "a child that crashes is a failure" eval '[ $code = 1 ] && says "^FAILED: .*churn" &&
        says "a crash by signal 9" && says "^failed: "'
    ok "... whose program is written, with the variant and the settings" \
        eval 'grep -q "^gilt-stress churn" "$dir/failed.txt" &&
            says "^FAILED: .* in $variant .* -X interval="'
    commands=$(sed -n 's/^  \(build.*\)/\1/p' "$dir/out")
    ok "... and two commands replay it" test "$(wc -l <<<"$commands")" = 2
    while read -r command; do
        # shellcheck disable=SC2086
        run ${command#* } --seconds 0.3
        ok "one of them is --${command##*seconds 60 --}" passed
        # shellcheck disable=SC2086
        run ${command#* } --print
        ok "... with the same program and settings" eval '[[ $command == *" -X interval="* ]] &&
            diff <(grep -v "^#" "$dir/failed.txt") "$dir/out"'
    done <<<"$commands"
    run_and_kill --kind churn --shrink 1 --write "$dir/failed.txt"
    ok "... it is said if it does not fail again" \
        eval '[ $code = 1 ] && says "by itself it has not failed again"'
    run_and_kill --kind churn --shrink 0 --write /no/such/place
    ok "a file that cannot be written is no reason to stop" \
        eval '[ $code = 1 ] && says "cannot be written" && says "^failed: "'

    build/$variant/stress --seconds 100 >"$dir/out" 2>"$dir/err" &
    sleep 1
    kill -TERM $!
    wait $!
    code=$?
    ok "a signal ends it with what was done" \
        eval '[ $code = 0 ] && says "^interrupted: [0-9]+ programs"'
done
[ $tests = 0 ] && { echo "1..0 # SKIP no variant of stress is built"; exit 0; }
echo "1..$tests"
