/* n-queens: a search with back-tracking over a list, with small ints only.
 *
 * Finds all 92 ways to put eight queens on a board. The list holds the column of the queen
 * in each row so far: it is read often, appended to and popped from. Small ints are
 * immortal, so lists and calls are measured, not counts. */
#include "workloads/micro/values.h"

enum { SIZE = 8, TRIED = 15720 }; /* squares tried: what the search does, always */

typedef struct Search {
    GiltObject *columns;
    uint64_t tried, solutions, sum;
} Search;

/* 1 if no queen so far attacks this square of the next row, 0 if one does, -1 error. */
static int is_free(Search *s, int row, int64_t column) {
    for (int i = 0; i < row; i++) {
        int64_t other;
        if (!take_int(gilt_list_get(s->columns, i), &other)) return -1;
        int64_t apart = other < column ? column - other : other - column;
        if (apart == 0 || apart == row - i) return 0;
    }
    return 1;
}

static bool solved(Search *s) {
    s->solutions++;
    for (int i = 0; i < SIZE; i++)
        if (!mix_taken(&s->sum, gilt_list_get(s->columns, i))) return false;
    return true;
}

static bool place(Search *s, int row) {
    if (row == SIZE) return solved(s);
    for (int64_t column = 0; column < SIZE; column++) {
        gilt_safepoint();
        s->tried++;
        int ok = is_free(s, row, column);
        if (ok < 0) return false;
        if (!ok) continue;
        int64_t popped;
        if (!put_last(s->columns, gilt_int(column)) || !place(s, row + 1) ||
            !take_int(gilt_list_pop(s->columns, -1), &popped))
            return false;
        s->sum = mix(s->sum, (uint64_t)popped);
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    Search s = {.columns = gilt_list_new(NULL, 0)};
    bool ok = s.columns && place(&s, 0);
    gilt_decref(s.columns);
    *checksum = mix(mix(s.sum, s.tried), s.solutions);
    return ok;
}

WORKLOAD(n_queens) = {
    .name = "n-queens",
    .title = "put eight queens on a board, by lists",
    .operations = TRIED,
    .data = PRIVATE,
    .batch = batch,
};
