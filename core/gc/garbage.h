/* garbage.h: what becomes of the objects that a search did not reach.
 *
 * With the world stopped they are listed, and their weak references cut. If none of them
 * has a finaliser, their references to each other are emptied, and they are dead: nobody
 * can find them any more, and they are dismantled when the world runs again.
 *
 * If one has, all are held by one reference more and are ordinary objects again while the
 * finalisers run: other threads may collect meanwhile, and find them held. Then the world
 * is stopped a second time, and a search among them alone tells which were resurrected:
 * those live on. The rest is dead, as above. (PEP 442.)
 *
 * With GILT_GC_DEBUG_SAVEALL nothing dies and no finaliser is called: all are held until
 * they are in gilt_gc_garbage(). Their weak references are cut nevertheless, as in CPython.
 */
#pragma once
#include "core/gc/search.h"
#include "core/types/weakref.h"

typedef struct Garbage {
    Vector objects;
    Vector living; /* resurrected; held */
    WeakrefCalls calls;
    size_t finalizers; /* objects that wait for their finalisers */
    size_t found, finalized;
    bool classes; /* there are some among the objects */
    bool saved;   /* by GILT_GC_DEBUG_SAVEALL */
} Garbage;

/* Stopped: lists the `count` objects that the search did not reach. Their states are as
 * before. false: no memory for it, or for what would have to be done later. */
bool garbage_list(Garbage *garbage, const Search *search, size_t count);

/* Stopped: takes their references in again as far as they stay, and cuts weak references.
 * After it the garbage is dead, or, if it has finalisers or is to be saved, held and in the
 * state `survivor`.
 */
void garbage_settle(Garbage *garbage, const Search *search, GcState survivor);

/* Running: calls the finalisers. */
void garbage_finalize(Garbage *garbage);

/* Stopped, after finalisers: only what was not resurrected is garbage now, and dead. */
void garbage_settle_again(Garbage *garbage);

/* Running: calls the callbacks of weak references, drops what was resurrected, and
 * dismantles the dead, or saves them. Frees the lists. */
void garbage_end(Garbage *garbage);

/* Stopped: takes in again what was subtracted for the references in this object, and, if it
 * is a class, for that of its instances. */
void garbage_restore(Object *o, const Search *search);
