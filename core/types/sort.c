/* sort.c: see sort.h. Runs that are there already, up or strictly down, are found and used;
 * short ones are made longer by binary insertion; and they are merged in the nearly optimal
 * order of powersort (Munro, Wild, 2018), which keeps a stack of runs whose powers rise.
 * A merge first leaves out what is in its place already, and then copies the shorter side.
 *
 * Every function takes the kind of keys as a constant, so the compiler makes one sort for
 * each. Invariant: whatever a comparison does, `pairs` and the part of `spare` in use hold
 * each pair once. */
#include "core/types/sort.h"
#include "core/types/str.h"
#include <string.h>

#define SORT static ALWAYS_INLINE

/* a < b: 1, 0, -1 with an exception. */
SORT int less(const SortPair *a, const SortPair *b, SortKind kind) {
    if (kind == SORT_WHOLE) return a->key.whole < b->key.whole;
    if (kind == SORT_REAL) return a->key.real < b->key.real;
    if (kind == SORT_TEXT) return str_ops.less(a->key.object, b->key.object);
    return gilt_less(a->key.object, b->key.object);
}

static void reverse(SortPair *from, SortPair *to) {
    while (from < --to) {
        SortPair swapped = *from;
        *from++ = *to;
        *to = swapped;
    }
}

/* Where `pair` belongs in a sorted part: behind those that are the same (`behind`), or
 * before them. NULL: an exception. */
SORT SortPair *search(SortPair *from, SortPair *to, const SortPair *pair, bool behind,
                      SortKind kind) {
    while (from < to) {
        SortPair *middle = from + (to - from) / 2;
        int answer = behind ? less(pair, middle, kind) : less(middle, pair, kind);
        if (kind == SORT_ANY && unlikely(answer < 0)) return NULL;
        if (answer == behind)
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

/* [from, at) is sorted: makes it so up to `to`. */
SORT bool insert_all(SortPair *from, SortPair *at, SortPair *to, SortKind kind) {
    for (; at < to; at++) {
        SortPair pair = *at, *place = search(from, at, &pair, true, kind);
        if (unlikely(!place)) return false;
        memmove(place + 1, place, (size_t)(at - place) * sizeof *at);
        *place = pair;
    }
    return true;
}

/* The end of the run that begins at `from`; one that goes down is turned round. NULL: an
 * exception. */
SORT SortPair *run_end(SortPair *from, SortPair *to, SortKind kind) {
    SortPair *at = from + 1;
    if (at >= to) return to;
    int down = less(at, from, kind), next = down;
    while (next >= 0 && next == down && ++at < to) next = less(at, at - 1, kind);
    if (kind == SORT_ANY && unlikely(next < 0)) return NULL;
    if (down) reverse(from, at);
    return at;
}

/* The left side is in `spare`, the right one from `right` to `end`, to be merged from `out`
 * on. */
SORT bool merge_up(SortPair *out, SortPair *spare, SortPair *spare_end, SortPair *right,
                   SortPair *end, SortKind kind) {
    int answer = 0;
    while (spare < spare_end && right < end) {
        answer = less(right, spare, kind);
        if (kind == SORT_ANY && unlikely(answer < 0)) break;
        *out++ = answer ? *right++ : *spare++;
    }
    memcpy(out, spare, (size_t)(spare_end - spare) * sizeof *out);
    return answer >= 0;
}

/* The right side is in `spare`, the left one from `begin` to `left`; they are merged from
 * behind, down from `out`. */
SORT bool merge_down(SortPair *out, SortPair *spare, SortPair *spare_end, SortPair *begin,
                     SortPair *left, SortKind kind) {
    int answer = 0;
    while (spare < spare_end && begin < left) {
        answer = less(spare_end - 1, left - 1, kind);
        if (kind == SORT_ANY && unlikely(answer < 0)) break;
        *--out = answer ? *--left : *--spare_end;
    }
    size_t rest = (size_t)(spare_end - spare);
    memcpy(out - rest, spare, rest * sizeof *out);
    return answer >= 0;
}

SORT bool merge(SortPair *from, SortPair *middle, SortPair *to, SortPair *spare,
                SortKind kind) {
    from = search(from, middle, middle, true, kind);
    if (unlikely(!from)) return false;
    if (from == middle) return true;
    to = search(middle, to, middle - 1, false, kind);
    if (unlikely(!to)) return false;
    size_t left = (size_t)(middle - from), right = (size_t)(to - middle);
    if (left <= right) {
        memcpy(spare, from, left * sizeof *from);
        return merge_up(from, spare, spare + left, middle, to, kind);
    }
    memcpy(spare, middle, right * sizeof *from);
    return merge_down(to, spare, spare + right, from, middle, kind);
}

/* ---- the order of merges ---- */

typedef struct Run {
    SortPair *from;
    unsigned power; /* of the boundary behind it */
} Run;

/* How deep the boundary between [a, b) and [b, c) is in a perfectly balanced tree over all
 * `size`: the first bit in which the middles of the two runs differ, as fractions. */
static unsigned power_of(size_t a, size_t b, size_t c, size_t size) {
    size_t left = a + b, right = b + c;
    unsigned power = 0;
    for (;;) {
        power++;
        if (left >= size) {
            left -= size;
            right -= size;
        } else if (right >= size) {
            return power;
        }
        left *= 2;
        right *= 2;
    }
}

/* Runs below this are made longer: between 16 and 32, so that the number of runs is just
 * below a power of two, or is one. */
static size_t least_run(size_t size) {
    size_t odd = 0;
    for (; size >= 32; size /= 2) odd |= size & 1;
    return size + odd;
}

/* A long sort runs no code of the program, and so would come by no safepoint. */
static inline void rest(size_t merged, SortKind kind) {
    if (kind != SORT_ANY && merged > 10000) gilt_safepoint();
}

SORT bool sort(SortPair *pairs, size_t size, SortPair *spare, SortKind kind) {
    enum { DEPTH = 8 * sizeof(size_t) + 2 };
    Run stack[DEPTH];
    unsigned depth = 0;
    size_t least = least_run(size);
    SortPair *end = pairs + size, *from = pairs, *to;
    for (; from < end; from = to) {
        if (!(to = run_end(from, end, kind))) return false;
        if ((size_t)(to - from) < least && to < end) {
            SortPair *longer = (size_t)(end - from) < least ? end : from + least;
            if (!insert_all(from, to, longer, kind)) return false;
            to = longer;
        }
        unsigned power = 0;
        if (depth)
            power = power_of((size_t)(stack[depth - 1].from - pairs),
                             (size_t)(from - pairs), (size_t)(to - pairs), size);
        while (depth > 1 && stack[depth - 2].power > power) {
            depth--;
            if (!merge(stack[depth - 1].from, stack[depth].from, from, spare, kind))
                return false;
            rest((size_t)(from - stack[depth - 1].from), kind);
        }
        if (depth) stack[depth - 1].power = power;
        stack[depth++].from = from;
    }
    for (; depth > 1; depth--) {
        if (!merge(stack[depth - 2].from, stack[depth - 1].from, end, spare, kind))
            return false;
        rest((size_t)(end - stack[depth - 2].from), kind);
    }
    return true;
}

bool sort_pairs(SortPair *pairs, size_t size, SortPair *spare, SortKind kind) {
    switch (kind) {
    case SORT_WHOLE:
        return sort(pairs, size, spare, SORT_WHOLE);
    case SORT_REAL:
        return sort(pairs, size, spare, SORT_REAL);
    case SORT_TEXT:
        return sort(pairs, size, spare, SORT_TEXT);
    default:
        return sort(pairs, size, spare, SORT_ANY);
    }
}
