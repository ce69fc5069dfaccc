#!/bin/sh
# table.t: the table in README.md is whole: each row has four cells, a guarantee of which the
# word is explained above it, and tests that exist and run; and each function of gilt.h that
# takes or gives an object is in some row (those of the collector are in core/gc/README.md).
# `-v` shows what each row was read as.
cd "$(dirname "$0")/../.." || exit 1
table=tests/threads/README.md
header=${GILT_H:-core/gilt.h}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 bad=0

# What the file of complaints holds is what is wrong.
report() {
    n=$((n + 1))
    if [ -s "$work/wrong" ]; then
        echo "not ok $n - $1"
        sed 's/^/# /' "$work/wrong"
        bad=1
    else
        echo "ok $n - $1"
    fi
}

# operation, guarantee and tests of each row, between tabs; headings have no guarantee.
awk -F'|' '/^\|/ && NF != 6 { print "@\t@\t" $0; next }
    /^\|/ && !/^\|---/ && !/^\| operation / && !/^\| \*\*/ {
        for (i = 2; i <= 5; i++) gsub(/^ +| +$/, "", $i)
        print $2 "\t" $3 "\t" $5 }' $table >"$work/rows"
[ "$1" = -v ] && sed 's/^/# /' "$work/rows"
echo 1..5

grep '^@' "$work/rows" >"$work/wrong"
[ "$(wc -l <"$work/rows")" -ge 40 ] || echo "there are too few rows" >>"$work/wrong"
report "each row has four cells"

grep -o '^- \*\*[a-z -]*\*\*' $table | tr -d '*' | sed 's/^- //' >"$work/words"
cut -f2 "$work/rows" | grep -vxFf "$work/words" >"$work/wrong"
report "each guarantee is a word that is explained"

# Each as 'file: test'.
cut -f3 "$work/rows" | sed 's/<br>/\n/g' | grep -vxE '[a-z_]+_test\.c: [a-z0-9_]+' >"$work/wrong"
report "each row names its tests"

cut -f3 "$work/rows" | sed 's/<br>/\n/g' | sort -u | while IFS=': ' read -r file test; do
    c=tests/threads/$file
    grep -qxE "(TEST\($test\)|static void $test\(void \*\*state\)) \{.*" "$c" 2>/dev/null ||
        echo "$file has no test $test"
    # In the list at the end of the file, as it is when one line is made of it.
    sed -n '/^TESTS(/,$p' "$c" 2>/dev/null | tr -d ' \n' | grep -q "test($test)[,)]" ||
        echo "$file does not run $test"
done >"$work/wrong"
report "each test that a row names exists and is run"

cut -f1 "$work/rows" | grep -o '`[a-z0-9_]*`' | tr -d '`' | sort -u >"$work/named"
awk '/^GILT_API/ { text = ""; on = 1 }
    on { text = text " " $0 }
    on && /;/ { on = 0; if (text ~ /GiltObject/ && match(text, /gilt_[a-z0-9_]+\(/))
        print substr(text, RSTART + 5, RLENGTH - 6) }' "$header" | grep -v '^gc_' |
    sort -u >"$work/functions"
comm -23 "$work/functions" "$work/named" | sed 's/.*/gilt_& is in no row/' >"$work/wrong"
[ "$(wc -l <"$work/functions")" -ge 80 ] || echo "gilt.h was not understood" >>"$work/wrong"
sed 's/^/gilt_/' "$work/named" | while read -r name; do
    grep -q "\b$name(" "$header" || [ "$name" = gilt___del__ ] || echo "$name is not in gilt.h"
done >>"$work/wrong"
report "each function of gilt.h that takes or gives an object is in a row"
exit $bad
