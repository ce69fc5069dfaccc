#!/bin/bash
# language.t: runs the programs in tests/language/*/ in both modes: what they print and how
# they end must be what Python prints. So that it is checked on machines without a Python or
# with one of other texts, expected.sha256 has the digests, and in its first line the version
# that they are of. Where that very Python is, it must give the same digests; any Python
# serves to show how they differ. `RECORD=1 tests/language/language.t` writes the file.
#
# A program with `# gilt only` in its first lines is judged by its own asserts; with
# `# with stderr` what it writes there is compared, too. LANGUAGE=area/... picks some
# programs, VARIANTS="nogil-thread ..." other builds than `gil nogil`. Speaks TAP.
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
expected=tests/language/expected.sha256
python=${PYTHON-$(command -v /usr/bin/python3 || command -v python3)}
version=$([ -n "$python" ] && "$python" -V 2>&1)
variants=${VARIANTS:-gil nogil}
programs=$(ls tests/language/*/*.py)
[ -n "$RECORD" ] || programs=$(grep -F -- "${LANGUAGE:-/}" <<<"$programs")

is_for_gilt() { head -5 "$1" | grep -q '^# gilt only'; }

# run COMMAND PROGRAM OUT: what it prints, then its exit code, but for what depends on the
# machine: addresses and the place of the program. It has a folder of its own for its files.
run() {
    local code
    mkdir "$3.files" && cd "$3.files" || return
    PYTHONHASHSEED=0 LC_ALL=C.UTF-8 TZ=UTC timeout 300 $1 "$root/$2" </dev/null >"$3" 2>"$3.err"
    code=$?
    cd "$root" || return
    head -5 "$2" | grep -q '^# with stderr' && cat "$3.err" >>"$3"
    echo "exit code $code" >>"$3"
    sed -i -E "s/0x[0-9a-f]+/0xADDRESS/g; s|$root/||g" "$3"
}

run_python() {
    wanted=$dir/python.${1//\//.}
    [ -e "$wanted" ] || run "$python" "$1" "$wanted"
}

digest() { sha256sum <"$1" | cut -d' ' -f1; }

is_as_expected() { # PROGRAM OUT
    [ "$(digest "$2")" = "$(awk -v p="$1" '$2 == p {print $1}' $expected)" ]
}

one() { # PROGRAM VARIANT; if it fails, the reason is in $out.diff
    local program=$1 out=$dir/$2.${1//\//.} wanted
    run "$root/build/$2/gilt" "$program" "$out"
    if is_for_gilt "$program"; then
        [ "$(tail -1 "$out")" = "exit code 0" ] && return
    else
        is_as_expected "$program" "$out" && return
        if [ -n "$python" ]; then
            run_python "$program"
            echo "is not what was recorded; $version prints (<):" >"$out.diff"
            diff "$wanted" "$out" >>"$out.diff"
        else
            echo "is not what Python prints; a Python here would show the difference:" >"$out.diff"
            tail -20 "$out" >>"$out.diff"
        fi
    fi
    tail -90 "$out.err" >>"$out.diff"
    return 1
}

report() { # PROGRAM WHO 0|1
    local name=${1#tests/language/}
    name="${name%.py}, $2"
    if [ "$3" = 0 ]; then echo "ok - $name"; else
        echo "not ok - $name"
        (echo "$name:" && head -100 "$dir/$2.${1//\//.}.diff") | sed 's/^/# /' >&2
    fi
}

all() { # a program: its lines of TAP, without numbers
    local program=$1 variant
    if [ -n "$judge" ] && ! is_for_gilt "$program"; then
        run_python "$program"
        is_as_expected "$program" "$wanted"
        local other=$?
        echo "RECORD=1 tests/language/language.t records what $version prints" >"$wanted.diff"
        report "$program" python $other
    fi
    for variant in $variants; do
        one "$program" "$variant"
        report "$program" "$variant" $?
    done
}

record() {
    is_for_gilt "$1" && return
    run_python "$1"
    echo "$(digest "$wanted")  $1"
}

[ "$(head -1 $expected 2>/dev/null)" = "# $version" ] && judge=yes
export -f run run_python digest is_for_gilt is_as_expected one report all record
export root dir expected python version variants judge

for_each() { echo "$programs" | xargs -P "$(nproc)" -I{} bash -c "$1"' {} >"$(mktemp "$dir/lines.XXXXXX")"'; }

if [ -n "$RECORD" ]; then
    for_each record
    (echo "# $version" && cat "$dir"/lines.* | sort -k2) >"$dir/expected" && mv "$dir/expected" $expected
else
    for_each all
    cat "$dir"/lines.* | awk '/^(not )?ok/ {sub(/ok/, "ok " ++n)} {print} END {print "1.." n}'
fi
