/* helpers.h: threads that help to search while the world is stopped, and how they share it.
 *
 * The pages are sorted by address and cut into as many stretches as there are threads: each
 * object has one owner, and only its owner writes it. So counting needs no atomics. A
 * thread that meets a reference to another's object sends it there, through a ring that has
 * one writer and one reader. What a reference means when it arrives is the phase's: leave
 * it out of the account, or take it in and go on from there. */
#pragma once
#include "core/gc/search.h"
#include <pthread.h>

#define HELPERS_MAX 16
#define RING_ROOM 4096u

/* One writer, one reader, each with its own line, and one line for what each tells the
 * other: `written` and `read`, now and then. Both are stored with release and loaded with
 * acquire, so that the items are seen, and places are not used again too early. */
typedef struct Ring {
    _Alignas(64) size_t filled; /* the writer's: items put, */
    size_t free_until;          /* and how far it knows that places are free */
    _Alignas(64) size_t taken;  /* the reader's: items taken, */
    size_t filled_until;        /* and how far it knows that there are some */
    _Alignas(64) _Atomic size_t written;
    _Alignas(64) _Atomic size_t read;
    _Alignas(64) RefCount *items[RING_ROOM];
} Ring;

#define BOARD 256u
typedef struct Seen {
    _Alignas(64) _Atomic unsigned count;
} Seen;

typedef struct Helpers {
    unsigned size;
    const char
        *border[HELPERS_MAX]; /* thread i owns what is below border[i], not below i-1 */
    _Atomic unsigned busy;    /* threads with something to do in this phase */
    _Atomic unsigned returns; /* how often one of them became busy again */
    _Atomic unsigned arrived, round; /* the barrier */
    struct {
        pthread_mutex_t mutex; /* of who posts */
        Span spans[BOARD];
        _Atomic unsigned posted;
        Seen seen[HELPERS_MAX]; /* how many of them each thread has taken */
    } board;
    Ring *rings; /* from `f` to `t`: rings[f * size + t] */
} Helpers;

/* The cores that this process may use; 1 if that is not known. */
unsigned helpers_cores(void);

/* How many threads a search over this many pages may use: -X gc_threads, else as many as
 * cores are idle. */
unsigned helpers_size(size_t pages);

/* Sorts the pages and sets up helpers, `size` threads with this one, at least 2. NULL: no
 * memory, or the system gives no threads. */
Helpers *helpers_new(Vector *pages, unsigned size);
void helpers_free(Helpers *helpers);

/* Calls work(data, number) on each of the threads, the calling one among them, and
 * returns when all have returned. */
void helpers_run(Helpers *helpers, void (*work)(void *data, unsigned number), void *data);

/* In the child of a fork: the helping threads are not there. */
void helpers_forked(void);

/* Waits until all of them have come here; then a new phase begins. */
void helpers_meet(Helpers *helpers);

static inline unsigned helpers_owner(const Helpers *helpers, const void *object) {
    unsigned i = 0;
    while (i + 1 < helpers->size && (const char *)object >= helpers->border[i]) i++;
    return i;
}

/* The addresses that a thread owns: from *low, so many. */
void helpers_stretch(const Helpers *helpers, unsigned me, uintptr_t *low, uintptr_t *size);

/* false: the ring is full. */
bool helpers_send(Helpers *helpers, unsigned from, unsigned to, RefCount *ref);

/* The next reference that was sent to thread `to`, or NULL. */
RefCount *helpers_receive(Helpers *helpers, unsigned to);

/* Passes time between two looks at what others are to do: spins, then lets others run, then
 * sleeps, as there may be fewer cores than threads. `spins` counts the calls; 0 at first. */
void helpers_relax(unsigned *spins);

/* Posts a span for all threads, this one among them; false: there is no room. And the next
 * span that this thread has not taken. */
bool helpers_post(Helpers *helpers, Span span);
bool helpers_posted(Helpers *helpers, unsigned me, Span *span);

/* For a thread with nothing left to do: waits until something has come for it (true), or
 * until nobody has anything to do and nothing is under way (false), which ends the phase.
 */
bool helpers_wait(Helpers *helpers, unsigned me);
