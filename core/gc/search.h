/* search.h: which objects of a generation are garbage? Trial deletion.
 *
 * Source: Lins, 'Cyclic reference counting with lazy mark-scan', 1992; Bacon and Rajan,
 * 'Concurrent cycle collection in reference counted systems', ECOOP 2001, the synchronous
 * algorithm; restricted to a generation as in CPython's collector (Schemenauer, 2000).
 *
 * The candidates are the objects in some set of GcStates. Three steps, with the world
 * stopped:
 *   subtract  each reference from a candidate to a candidate is left out of the account of
 *             the one that it names (ref_trial_drop). What still has something in its
 *             account is held from outside.
 *   trace     from those: each reference is taken in again, and a candidate that it names
 * is reached, too. list      what was not reached is garbage.
 *
 * Invariant: a reference between candidates is out of the account from `subtract` until the
 * object that it stands in is traced. So when all is reached, every count is again what it
 * was, with no memory for a copy of it; what is garbage has its references restored, or
 * emptied, by who deals with it (garbage.h).
 *
 * It also follows that an object which was found but could not be traced for lack of memory
 * needs no note: a reference to it is in its account again, so it looks held from outside
 * and is found when the pages are scanned once more.
 *
 * Classes are not on pages but in `types`, and the reference from an instance to its class
 * is not counted. A search with `classes` looks at them, too, and the invariant holds for
 * the one reference that all instances of a class share: it is out of the account of each
 * class from before `subtract` until the first of its instances is traced, or, if there is
 * none, until the end (classes.h). */
#pragma once
#include "core/gc/vector.h"
#include "core/object/object.h"

typedef struct Search {
    unsigned candidates; /* a bit set of GcStates */
    GcState reached;     /* the state of candidates that are reached; not in the set */
    Vector pages;        /* where candidates are; or */
    Vector *objects;     /* these, if not NULL */
    bool classes;        /* those in `types`, too; or, with `objects`, among these */
    Vector loose;        /* tuples and dicts among the reached that hold no container */
    GcState survivor;    /* what reached ones are to be afterwards, if not 0; and, if */
    bool settled;        /* this is set, are already */
    size_t candidate_count, reached_count;
    unsigned threads; /* that took part */
} Search;

static inline bool gc_in(unsigned states, unsigned marks) {
    return states >> (marks / MARK_STATE_BIT) & 1;
}

#define GC_IN(state) (1u << (state))

/* Adds the pages of all heaps that stand in the lists up to `last`. false: no memory. */
bool search_pages(Search *search, PageList last);

/* Subtracts and traces, with up to `threads` threads if there is enough to do. */
void search_run(Search *search, unsigned threads);

/* Calls visit for each object on the pages, and each class if the search has `classes`,
 * that is in one of `states`. */
void search_each(const Search *search, unsigned states, void (*visit)(Object *, void *data),
                 void *data);

void search_free(Search *search);
