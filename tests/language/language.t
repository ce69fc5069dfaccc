#!/bin/bash
# language.t: runs the programs in tests/language/*/ in both modes, and with a Python beside
# them where there is one: what they print and how they end must be the same. A program with
# `# gilt only` in its first lines is run by gilt alone, and what it asserts decides; with
# `# with stderr` what it writes there is compared, too. LANGUAGE=area/... picks some,
# VARIANTS="nogil-thread ..." other builds than `gil nogil`. Speaks TAP.
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
python=${PYTHON-$(command -v /usr/bin/python3 || command -v python3)}
variants=${VARIANTS:-gil nogil}
programs=$(ls tests/language/*/*.py | grep -F -- "${LANGUAGE:-/}")

# run COMMAND PROGRAM OUT: what it prints, then its exit code. Addresses differ, so they go.
run() {
    local code
    PYTHONHASHSEED=0 LC_ALL=C.UTF-8 timeout 300 $1 "$2" </dev/null >"$3" 2>"$3.err"
    code=$?
    head -5 "$2" | grep -q '^# with stderr' && cat "$3.err" >>"$3"
    echo "exit code $code" >>"$3"
    sed -i -E 's/0x[0-9a-f]+/0xADDRESS/g' "$3"
}

one() {
    local program=$1 variant=$2 out wanted
    out=$dir/$variant.${program//\//.}
    wanted=$dir/python.${program//\//.}
    run "build/$variant/gilt" "$program" "$out"
    if head -5 "$program" | grep -q '^# gilt only' || [ ! -e "$wanted" ]; then
        [ "$(tail -1 "$out")" = "exit code 0" ] && return
        tail -90 "$out.err" >"$out.diff"
        return 1
    fi
    diff "$wanted" "$out" >"$out.diff" && return
    tail -90 "$out.err" >>"$out.diff"
    return 1
}

all() { # a program: its lines of TAP, without numbers
    local program=$1 variant name
    [ -n "$python" ] && ! head -5 "$program" | grep -q '^# gilt only' &&
        run "$python" "$program" "$dir/python.${program//\//.}"
    for variant in $variants; do
        name=${program#tests/language/}
        if one "$program" "$variant"; then echo "ok - ${name%.py}, $variant"; else
            echo "not ok - ${name%.py}, $variant"
            (echo "${name%.py}, $variant:" && head -100 "$dir/$variant.${program//\//.}.diff") |
                sed 's/^/# /' >&2
        fi
    done
}
export -f run one all
export dir python variants

echo "$programs" | xargs -P "$(nproc)" -I{} bash -c 'all {} >"$(mktemp "$dir/tap.XXXXXX")"'
cat "$dir"/tap.* | awk '/^(not )?ok/ {sub(/ok/, "ok " ++n)} {print} END {print "1.." n}'
