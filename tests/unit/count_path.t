#!/bin/sh
# count_path.t: the owner's count is at most 3 instructions in gil and 6 in nogil. Compiles
# incref and decref as functions of their own and counts the instructions on the path of an
# owner's count that is not the last: up to the return, without jumps taken. `-v` shows them.
cd "$(dirname "$0")/../.." || exit 1
object=$(mktemp) || exit 1
trap 'rm -f "$object"' EXIT
n=0 bad=0
echo 1..4
for mode in gil nogil; do
    most=3
    [ $mode = nogil ] && most=6
    printf '#include "core/object/object.h"\nvoid up(Object *o) { incref(o); }\nvoid down(Object *o) { decref(o); }\n' |
        gcc -std=gnu11 -O2 -DNDEBUG -ftls-model=local-exec -iquote $mode -iquote . \
            -DREFCOUNT_POLICY='"refcount_biased.h"' -DRCU_POLICY='"rcu_qsbr.h"' \
            -x c -c - -o "$object" || exit 1
    for function in up down; do
        # The path: straight on, but jumps over the stranger's part that lies in the way
        # (je to a later address after cmp with the owner) are taken.
        path=$(objdump -d --no-show-raw-insn "$object" | awk -v name="<$function>:" '
            $2 == name { on = 1; next } on && NF == 0 { exit }
            on { sub(/^ +/, ""); sub(/:/, ""); at[++count] = $1; sub(/^[0-9a-f]+[ \t]+/, ""); text[count] = $0 }
            END { for (i = 1; i <= count; i++) {
                    if (text[i] ~ /^ret/) break
                    print text[i]
                    if (text[i] ~ /^je/ && text[i - 1] ~ /^cmp.*%fs/) {
                        split(text[i], word, /[ \t]+/)
                        for (j = i + 1; j <= count; j++) if (at[j] == word[2]) { i = j - 1; break }
                    } } }')
        count=$(printf '%s\n' "$path" | wc -l)
        [ "$1" = -v ] && printf '%s\n' "$path" | sed "s/^/# $mode $function: /"
        n=$((n + 1))
        if [ "$count" -ge 2 ] && [ "$count" -le $most ]; then
            echo "ok $n - $mode $function: $count instructions, at most $most"
        else
            echo "not ok $n - $mode $function: $count instructions, at most $most"
            bad=1
        fi
    done
done
exit $bad
