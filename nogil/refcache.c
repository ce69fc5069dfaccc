/* refcache.c: see refcache.h; numbers in brackets refer to it. */
#include "core/mode.h"
#include "core/options.h"
#include "merge_queue.h"
#include <stdlib.h>

#define ENTRIES (2 * SPREAD_MOST)
#define SUSPECTS 1024
#define PATIENCE 64 /* a suspect is replaced by every 64th that would be in its place */
#define COUNT_MOST (1 << 16) /* what a thread keeps for itself, up or down */

typedef struct Suspect {
    uint32_t name; /* of the object, or of another like it */
    uint32_t times;
} Suspect;

/* Written by its thread, or with the world stopped; entries are read by others, too. */
struct Refcache {
    struct {
        _Atomic(RefCount *) object; /* NULL: free. Hashed, with linear probing */
        _Atomic int32_t count;
    } entries[ENTRIES];
    uint16_t used[SPREAD_MOST]; /* the numbers of the entries that are not free */
    unsigned used_count, replaced;
    Suspect suspects[SUSPECTS];
};

static unsigned hash(const RefCount *r) {
    return (uint32_t)((uintptr_t)r >> 4) * UINT32_C(0x9E3779B1) >> 16;
}

/* NULL: there is no memory. */
static Refcache *cache_of(World *me) {
    Refcache *cache = atomic_load_explicit(&me->refcache, memory_order_relaxed);
    if (unlikely(!cache) && (cache = calloc(1, sizeof *cache)))
        atomic_store_explicit(&me->refcache, cache, memory_order_release);
    return cache;
}

/* ---- counting ---- */

static RefCount *object_at(const Refcache *cache, unsigned i) {
    return atomic_load_explicit(&cache->entries[i].object, memory_order_relaxed);
}

static int32_t count_at(const Refcache *cache, unsigned i) {
    return atomic_load_explicit(&cache->entries[i].count, memory_order_relaxed);
}

/* Where the object is, or would be. No more are in use than can be spread: half. */
static unsigned place(const Refcache *cache, const RefCount *r) {
    unsigned i = hash(r) % ENTRIES;
    while (object_at(cache, i) && object_at(cache, i) != r) i = (i + 1) % ENTRIES;
    return i;
}

/* The word of a spread object has room for counts, too [1]. */
static void count_in_word(RefCount *r, int32_t count) {
    uint32_t by = (uint32_t)count * REF_ONE;
    uint32_t now = atomic_fetch_add_explicit(&r->shared, by, memory_order_acq_rel) + by;
    if (unlikely(now > REF_SPREAD + REF_MAX)) ref_overflow(r);
}

void refcache_count(RefCount *r, int32_t by) {
    Refcache *cache = cache_of(world_current);
    if (unlikely(!cache)) {
        count_in_word(r, by);
        return;
    }
    unsigned i = place(cache, r);
    if (unlikely(!object_at(cache, i))) {
        cache->used[cache->used_count++] = (uint16_t)i;
        atomic_store_explicit(&cache->entries[i].object, r, memory_order_relaxed);
    }
    int32_t now = count_at(cache, i) + by;
    if (unlikely(now > COUNT_MOST || now < -COUNT_MOST)) {
        count_in_word(r, now);
        now = 0;
    }
    atomic_store_explicit(&cache->entries[i].count, now, memory_order_relaxed);
}

/* ---- spreading ---- */

static _Atomic(RefCount *) spread[SPREAD_MOST];
static _Atomic unsigned spread_count; /* places taken; may be more than there are */

/* By who holds a reference. The place is taken first, so that what is spread is found; it
 * is not given back, for that only a gathering does. */
static void be_spread(RefCount *r) {
    if (atomic_load_explicit(&spread_count, memory_order_relaxed) >= SPREAD_MOST) return;
    unsigned number = atomic_fetch_add(&spread_count, 1);
    if (number >= SPREAD_MOST) return;
    atomic_store(&spread[number], r);
    chaos(CHAOS_SPREAD);
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    do {
        bool in_bounds = (int32_t)shared <= REF_MAX; /* else it is spread already */
        if (!in_bounds || (shared & REF_STATES) != REF_MERGED || ref_is_immortal(r)) {
            atomic_store(&spread[number], NULL);
            return;
        }
    } while (
        !atomic_compare_exchange_weak_explicit(&r->shared, &shared, shared + REF_SPREAD,
                                               memory_order_acq_rel, memory_order_relaxed));
}

/* Is this one of the objects that the thread counts often? If another is in its place, that
 * has to go at some time. */
static bool is_suspect(Refcache *cache, const RefCount *r) {
    uint32_t name = (uint32_t)((uintptr_t)r >> 4);
    Suspect *suspect = &cache->suspects[hash(r) % SUSPECTS];
    if (suspect->name != name) {
        if (!suspect->name || ++cache->replaced % PATIENCE == 0)
            *suspect = (Suspect){.name = name};
        return false;
    }
    if (++suspect->times < options.refcache) return false;
    suspect->times = 0;
    return true;
}

void refcache_counted(RefCount *r, uint32_t before) {
    uint32_t visitor = before & REF_VISITORS, state = before & REF_STATES;
    bool alone = !visitor || visitor == refcache_visitor();
    if (state == REF_QUEUED || (state == REF_MERGED && alone) || !options.refcache) return;
    Refcache *cache = cache_of(world_current);
    if (!cache || !is_suspect(cache, r)) return;
    if (state == REF_MERGED)
        be_spread(r);
    else
        ref_disown(r);
}

/* ---- gathering ---- */

static void flush(World *world) {
    Refcache *cache = atomic_load_explicit(&world->refcache, memory_order_acquire);
    if (!cache) return;
    for (unsigned u = 0; u < cache->used_count; u++) {
        unsigned i = cache->used[u];
        count_in_word(object_at(cache, i), count_at(cache, i));
        atomic_store_explicit(&cache->entries[i].object, NULL, memory_order_relaxed);
        atomic_store_explicit(&cache->entries[i].count, 0, memory_order_relaxed);
    }
    cache->used_count = 0;
}

/* An object that is in a place without being spread: a fork has left behind who was about
 * to spread it, and who still holds it. */
void refcache_gather(void) {
    unsigned count = atomic_exchange(&spread_count, 0);
    if (!count) return;
    world_each(flush);
    for (unsigned i = 0; i < count && i < SPREAD_MOST; i++) {
        RefCount *r = atomic_exchange(&spread[i], NULL);
        uint32_t shared = r ? atomic_load_explicit(&r->shared, memory_order_acquire) : 0;
        if (!ref_is_spread(shared)) continue;
        shared -= REF_SPREAD;
        atomic_store_explicit(&r->shared, shared, memory_order_release);
        if (ref_bare(shared) == REF_MERGED && !ref_is_immortal(r)) object_died(r);
    }
}

bool refcache_is_empty(void) {
    const Refcache *cache =
        atomic_load_explicit(&world_current->refcache, memory_order_relaxed);
    return !cache || !cache->used_count;
}

void refcache_end(World *world) {
    flush(world);
    free(atomic_exchange(&world->refcache, NULL));
}

/* ---- counts ---- */

static _Thread_local const RefCount *asked;
static _Thread_local int64_t sum;

static void add(World *world) {
    const Refcache *cache = atomic_load_explicit(&world->refcache, memory_order_acquire);
    if (!cache) return;
    unsigned i = place(cache, asked);
    if (object_at(cache, i)) sum += count_at(cache, i);
}

/* Nobody's cache is freed meanwhile: a thread that has ended is not among `world_each`. */
int64_t refcache_sum(const RefCount *r) {
    asked = r;
    sum = 0;
    world_each(add);
    return sum;
}
