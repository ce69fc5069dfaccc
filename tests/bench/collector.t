#!/bin/bash
# collector.t: build/collector and its workers, from the outside. Speaks TAP. Needs
# build/collector and those of gil and nogil. Times are not judged here; that counts agree
# between the modes is.
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tests=0

ok() { # ok "name" command...: the command's exit code decides
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then echo "ok $tests - $name"; else
        echo "not ok $tests - $name"
        sed 's/^/# stdout: /' "$dir/out" | head -40
        sed 's/^/# stderr: /' "$dir/err" | head -20
    fi
}

run() { # run command...: stdout, stderr and exit code for the checks below
    "$@" >"$dir/out" 2>"$dir/err" </dev/null
    code=$?
}

says() { grep -qE -- "$1" "$dir/out"; }
rows() { grep -cE -- "$1" "$dir/out"; }
wrong_usage() { [ "$code" = 2 ] && [ ! -s "$dir/out" ] && grep -q -- "$1" "$dir/err"; }

run build/collector --help
ok "help is printed" test $code = 0 -a -s "$dir/out"
run build/collector --modes no-such-build
ok "an unknown mode" wrong_usage "there is no .*no-such-build"
run build/collector --peer /no/such/python
ok "a peer that is not there" wrong_usage "there is no /no/such/python"
run build/collector --only speed
ok "an unknown table" wrong_usage "times, counts or memory"
run build/gil/collector no-such-scene 1
ok "an unknown scene" wrong_usage "scenes: full"
run build/collector --modes gil --only times --scale 0.001 --repeat 1
ok "one mode: five tables of two rows" eval '[ $code = 0 ] && [ $(rows " gil +[0-9.]+ +[0-9.]+$") = 10 ]'

run build/collector --only times --scale 0.001 --repeat 2
ok "two modes: five tables of four rows" \
    eval '[ $code = 0 ] && [ $(rows " (gil|nogil) +[0-9.]+ +[0-9.]+$") = 20 ]'
ok "... and the ratios" test "$(rows '^  .* / .*: +gil [0-9.]+, nogil [0-9.]+ ')" = 5
if command -v python3 >/dev/null; then
    python=$(command -v python3)
    run build/collector --only times --scale 0.001 --repeat 1 --peer "$python"
    ok "a peer beside them" eval '[ $code = 0 ] && [ $(rows "$python +[0-9.]+ +[0-9.]+$") = 8 ] &&
        [ $(rows " (gil|nogil) +[0-9.]+ +[0-9.]+ +[0-9.]+$") = 20 ]'
fi

run build/collector --only counts
ok "both modes count the same" eval '[ $code = 0 ] && ! says DIFFERENT'
ok "... which is not nothing" eval 'for g in 0 1 2; do
    says "found_$g +[1-9]" && says "promoted_$g +[1-9]" || exit 1; done'
ok "... and all that was dropped is gone" \
    test "$(awk '$1 == "freed" {print $2}' "$dir/out")" = 10000

mkdir -p "$dir/other"
printf '#!/bin/sh\n%s/build/nogil/collector "$@" | sed -u "s/freed=/freed=1/"\n' "$PWD" \
    >"$dir/other/collector"
chmod +x "$dir/other/collector"
run build/collector --only counts --modes "gil,$dir/other" --scale 0.01
ok "counts that differ are an error" \
    eval '[ $code = 1 ] && says "freed .*DIFFERENT" && [ $(rows DIFFERENT) = 1 ]'
printf '#!/bin/sh\necho ready; read line; echo "error MemoryError: none"; exit 1\n' \
    >"$dir/other/collector"
run build/collector --only memory --modes "gil,$dir/other" --scale 0.01
ok "one that fails is reported, the others are measured" \
    eval '[ $code = 1 ] && [ $(rows "error: MemoryError: none") = 2 ] &&
        [ $(rows "^    pages ") = 2 ]'

run build/collector --only memory --scale 0.2
ok "memory of both modes, dropped and kept" test "$code" = 0 -a "$(rows '^    pages ')" = 4
ok "what was dropped is back" eval 'awk "/^    pages/ && n++ < 2 {
    for (i = 1; i <= NF; i++) if (\$i == \"%\") share = \$(i - 1)
    if (share < 80) bad = 1 } END {exit bad}" "$dir/out"'
ok "a map of the pages" test "$(rows '^    [.1-9]{60}')" -ge 8

echo "1..$tests"
