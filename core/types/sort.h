/* sort.h: a stable merge sort of keys that carry a value each. */
#pragma once
#include "core/object/object.h"

typedef struct SortPair {
    union {
        Object *object;
        int64_t whole;
        double real;
    } key;
    Object *value;
} SortPair;

/* What all keys are. For others than SORT_ANY comparing runs no code of the program. */
typedef enum SortKind {
    SORT_ANY,
    SORT_WHOLE, /* key.whole */
    SORT_REAL,  /* key.real */
    SORT_TEXT   /* objects, all of them strs */
} SortKind;

/* Sorts `size` pairs, with room for size / 2 more in `spare`. false: an exception of a
 * comparison; then all pairs are there still, in some order. */
bool sort_pairs(SortPair *pairs, size_t size, SortPair *spare, SortKind kind);
