#!/bin/sh
# embed.t: a program outside the tree can use what `make install` installs: the README's
# example builds against each mode by pkg-config, runs, and clashes with none of its names.
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 bad=0
check() { # description, command...
    what=$1
    shift
    n=$((n + 1))
    if "$@" >"$work/out" 2>&1; then echo "ok $n - $what"; else
        echo "not ok $n - $what"
        sed 's/^/# /' "$work/out"
        bad=1
    fi
}

echo 1..9
awk '/^```c$/ { on = !seen; seen = 1; next } /^```$/ { on = 0 } on' README.md >"$work/squares.c"
check "the README has an example of at most 45 lines" \
    sh -c "[ \$(wc -l <$work/squares.c) -gt 20 ] && [ \$(wc -l <$work/squares.c) -le 45 ]"
check "make install installs" make -s install PREFIX="$work/prefix"
export PKG_CONFIG_PATH="$work/prefix/lib/pkgconfig"
printf 'void list_append(void) {}\nvoid die(void) {}\nint types, options;\n' >"$work/clash.c"
expected="[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]"
for mode in gil nogil; do
    check "the example links with $mode, beside names that gilt uses inside" sh -c \
        "gcc -Wall -Wextra -Werror $work/squares.c $work/clash.c \$(pkg-config --cflags --libs gilt-$mode) -o $work/squares-$mode"
    check "the example runs with $mode" sh -c "[ \"\$($work/squares-$mode)\" = \"$mode: $expected\" ]"
    check "a wrong option is one clear line" sh -c \
        "$work/squares-$mode gil=fast 2>$work/err; [ \$? = 2 ] && [ \$(wc -l <$work/err) = 1 ]"
done
check "the header is strict C11" sh -c \
    "printf '#include <gilt.h>\nint main() { return 0; }\n' >$work/x.c && gcc -std=c11 -pedantic -Wall -Werror \$(pkg-config --cflags gilt-gil) -fsyntax-only $work/x.c"
exit $bad
