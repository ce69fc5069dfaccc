/* nogil/refcache.h: counts of objects that threads fight over, kept by each thread for
 * itself.
 *
 * A count that two threads change is a line of memory that goes to and fro between two
 * cores, a hundred times slower than a count that stays. So an object that strangers count
 * again and again while others do, too, becomes *spread*: from then on each thread counts
 * it in a cache of its own, and writes nothing that others read. After Refcache (Clements,
 * Kaashoek, Zeldovich, 'RadixVM: Scalable Address Spaces for Multithreaded Applications',
 * EuroSys 2013); instead of by epochs, the counts are gathered when the world is stopped.
 *
 * `shared` (refcount_biased.h) of a spread object is greater by SPREAD, more than all
 * references that there can be: the word says both that it is spread and that it lives. The
 * number of references is the sum of its counts and of all caches, less the SPREAD.
 *
 * 1. It does not die while it is spread: no drop can make the word that of a dead object.
 *    Who spreads holds a reference, so it is alive at the swap.
 * 2. It ceases to be spread only when it is gathered: with the world stopped, what each
 *    thread's cache has is added to the word. So who sees SPREAD in the word, being
 * attached, may count in its cache until its next safepoint: it reads no old word, since
 * after a stop a thread sees what the stopper wrote.
 * 3. ref_try of what a slot names: if the word says SPREAD, the object that is in the block
 *    now is alive and stays until this thread's next safepoint, which is more than a count
 *    promises; so the second look at the slot means what it always means (slot.h [3]).
 * 4. After the gathering the counts are what they would be without caches. Only what is
 *    MERGED is spread, and then nothing else changes its state: without references it dies.
 * 5. It does not live on for long. When it is spread the word counts one reference or more,
 *    so when none is left some cache has less than 0 for it. Who drops a count below 0 asks
 *    at its next safepoint: the world is stopped, and all that caches have for the object is
 *    added to the word. If that leaves none it is gathered, and dies; else the word counts
 *    one reference or more, and all is as in the beginning. Who has no memory for a cache
 *    counts in the word; if that is a drop, all is gathered at the next safepoint.
 * 6. A thread that ends has all gathered first, so that its cache is empty.
 *
 * A question stops the world for nothing if the object was only handed over: one thread has
 * counted it, another drops it. So only what is really fought over may be spread, and what
 * has been asked about for nothing again and again is gathered, and must be fought over
 * more often to be spread again. How is it told? Each thread has some *suspects*, which it
 * counts often. The word says who was the last stranger to count the object, the *visitor*:
 * its number modulo 3, plus 1. If a suspect has an owner, who may be writing to the same
 * line, the owner is asked to give its count up (ref_disown); if another visitor has been
 * there since, it is fought over. `-X refcache=N` such times, and it is spread; 0: nothing
 * ever is. */
#pragma once
#include "core/lent.h"

#define SPREAD_MOST 4096
#define REF_SPREAD (UINT32_C(1) << 30)
#define REF_SPREAD_LEAST (REF_SPREAD - (UINT32_C(1) << 28))

typedef struct Refcache Refcache; /* made when the thread counts what is spread */
typedef struct Suspects Suspects; /* made when it counts as a stranger */

static inline bool ref_is_spread(uint32_t shared) {
    return (int32_t)shared >= (int32_t)REF_SPREAD_LEAST;
}

/* Of a spread object: counts `by` for the calling thread. */
void refcache_count(RefCount *r, int32_t by);

/* The calling thread as the visitor in a word. */
static inline uint32_t refcache_visitor(void) { return (1 + owner_self % 3u) * 4; }

/* The calling thread, a stranger, has just counted the object, and holds it now; the word
 * was `before`. true: it has an owner, who should give its count up. */
bool refcache_counted(RefCount *r, uint32_t before);

/* With the world stopped: nothing is spread afterwards. */
void refcache_gather(void);

/* Does the calling thread have a question [5]? With the world stopped: gives the answer. */
bool refcache_asks(void);
void refcache_ask(void);

/* The calling thread has nothing in its cache. */
bool refcache_is_empty(void);

/* The World's thread has ended, or is not in this process: what its cache has goes to the
 * words. */
void refcache_end(World *world);

/* All that the caches of running threads have for the object; exact as ref_count is. */
int64_t refcache_sum(const RefCount *r);
