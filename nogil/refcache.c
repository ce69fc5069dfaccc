/* refcache.c: see refcache.h; numbers in brackets refer to it. */
#include "core/mode.h"
#include "core/options.h"
#include "merge_queue.h"
#include <assert.h>
#include <stdlib.h>

#define ENTRIES (2 * SPREAD_MOST)
#define SUSPECTS 1024
#define PATIENCE 64 /* a suspect is replaced by every 64th that would be in its place */
#define GRUDGES 256
#define GRUDGE_MOST 8
#define QUESTIONS 2 /* that a thread may ask about an object: it held some before */
#define COUNT_MOST (1 << 16) /* what a thread keeps for itself */

/* Its thread's alone. Small, since many a thread is short. */
struct Suspects {
    struct Suspect {
        uint32_t name; /* of the object, or of another like it */
        uint32_t times;
    } all[SUSPECTS];
    unsigned replaced;
};

/* Written by its thread, or with the world stopped; entries are read by others, too. */
struct Refcache {
    struct {
        _Atomic(RefCount *) object; /* NULL: free. Hashed, with linear probing */
        _Atomic int32_t count;
        uint32_t asked; /* how often the thread has asked about it */
    } entries[ENTRIES];
    uint16_t used[SPREAD_MOST]; /* the numbers of the entries that are not free */
    unsigned used_count;
    bool asks; /* at the next safepoint: who has dropped last? [5] */
};

static unsigned hash(const RefCount *r) {
    return (uint32_t)((uintptr_t)r >> 4) * UINT32_C(0x9E3779B1) >> 16;
}

/* NULL: it has none. */
static Refcache *cache_of(const World *world) {
    return atomic_load_explicit(&world->refcache, memory_order_acquire);
}

/* NULL: there is no memory. */
static Refcache *cache_made(World *me) {
    Refcache *cache = cache_of(me);
    if (unlikely(!cache) && (cache = calloc(1, sizeof *cache)))
        atomic_store_explicit(&me->refcache, cache, memory_order_release);
    return cache;
}

/* ---- counting ---- */

/* For lack of memory the thread has dropped in the word, so that perhaps no cache has less
 * than 0 for what is dead: at its next safepoint all is gathered [5]. */
static _Thread_local bool must_gather;

static RefCount *object_at(const Refcache *cache, unsigned i) {
    return atomic_load_explicit(&cache->entries[i].object, memory_order_relaxed);
}

static int32_t count_at(const Refcache *cache, unsigned i) {
    return atomic_load_explicit(&cache->entries[i].count, memory_order_relaxed);
}

/* Where the object is, or would be. Half of the entries are free: what is in use was in a
 * place of `spread` since all were gathered last, and then all entries were free. */
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
    Refcache *cache = cache_made(world_current);
    if (unlikely(!cache)) {
        count_in_word(r, by);
        if (by > 0) return;
        must_gather = true;
        world_poke(world_current);
        return;
    }
    unsigned i = place(cache, r);
    if (unlikely(!object_at(cache, i))) {
        assert(cache->used_count < SPREAD_MOST);
        cache->used[cache->used_count++] = (uint16_t)i;
        atomic_store_explicit(&cache->entries[i].object, r, memory_order_relaxed);
    }
    int32_t now = count_at(cache, i) + by;
    if (unlikely(now > COUNT_MOST)) {
        count_in_word(r, now);
        now = 0;
    }
    atomic_store_explicit(&cache->entries[i].count, now, memory_order_relaxed);
    if (unlikely(now < 0)) {
        cache->asks = true;
        world_poke(world_current);
    }
}

/* ---- spreading ---- */

/* How often objects with this hash have been gathered because they are handed from thread
 * to thread. Each time they must be fought over four times as often to be spread again. */
static struct {
    _Atomic uint8_t level;
    _Atomic uint32_t fights;
} grudges[GRUDGES];

static bool is_forgiven(const RefCount *r) {
    unsigned i = hash(r) % GRUDGES;
    unsigned level = atomic_load_explicit(&grudges[i].level, memory_order_relaxed);
    if (likely(!level)) return true;
    uint32_t fights =
        atomic_fetch_add_explicit(&grudges[i].fights, 1, memory_order_relaxed);
    return (fights + 1) % (UINT32_C(1) << 2 * level) == 0;
}

static void bear_grudge(const RefCount *r) {
    unsigned i = hash(r) % GRUDGES;
    uint8_t level = atomic_load_explicit(&grudges[i].level, memory_order_relaxed);
    if (level == GRUDGE_MOST) return;
    atomic_store_explicit(&grudges[i].level, level + 1, memory_order_relaxed);
}

static _Atomic(RefCount *) spread[SPREAD_MOST];
static _Atomic unsigned spread_count; /* places taken; may be more than there are */

/* By who holds a reference, which goes to its cache; another stays in the word [5]. The
 * place is taken first, so that what is spread is found; only a gathering gives it back. */
static void be_spread(RefCount *r) {
    if (!is_forgiven(r)) return;
    if (atomic_load_explicit(&spread_count, memory_order_relaxed) >= SPREAD_MOST) return;
    unsigned number = atomic_fetch_add(&spread_count, 1);
    if (number >= SPREAD_MOST) return;
    atomic_store(&spread[number], r);
    chaos(CHAOS_SPREAD);
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    do {
        bool in_bounds = (int32_t)shared <= REF_MAX && ref_in_word(shared) >= 2;
        if (!in_bounds || (shared & REF_STATES) != REF_MERGED || ref_is_immortal(r)) {
            atomic_store(&spread[number], NULL); /* or it is spread already */
            return;
        }
    } while (!atomic_compare_exchange_weak_explicit(
        &r->shared, &shared, shared + REF_SPREAD - REF_ONE, memory_order_acq_rel,
        memory_order_relaxed));
    refcache_count(r, 1);
}

/* Is this one of the objects that the thread counts often? If another is in its place, that
 * has to go at some time. */
static bool is_suspect(const RefCount *r) {
    Suspects *suspects = world_current->suspects;
    if (unlikely(!suspects)) {
        world_current->suspects = calloc(1, sizeof *suspects);
        return false;
    }
    uint32_t name = (uint32_t)((uintptr_t)r >> 4);
    struct Suspect *suspect = &suspects->all[hash(r) % SUSPECTS];
    if (suspect->name != name) {
        if (!suspect->name || ++suspects->replaced % PATIENCE == 0)
            *suspect = (struct Suspect){.name = name};
        return false;
    }
    if (++suspect->times < options.refcache) return false;
    suspect->times = 0;
    return true;
}

bool refcache_counted(RefCount *r, uint32_t before) {
    uint32_t visitor = before & REF_VISITORS, state = before & REF_STATES;
    bool alone = !visitor || visitor == refcache_visitor();
    if (state == REF_QUEUED || (state == REF_MERGED && alone) || !options.refcache)
        return false;
    if (!is_suspect(r)) return false;
    if (state == REF_MERGED) be_spread(r);
    return state != REF_MERGED;
}

/* ---- gathering ---- */

/* With no count it may be an entry of old: the object may be gone. */
static void take(Refcache *cache, unsigned i) {
    if (count_at(cache, i)) count_in_word(object_at(cache, i), count_at(cache, i));
    atomic_store_explicit(&cache->entries[i].count, 0, memory_order_relaxed);
}

static void flush(World *world) {
    Refcache *cache = cache_of(world);
    if (!cache) return;
    for (unsigned u = 0; u < cache->used_count; u++) {
        unsigned i = cache->used[u];
        take(cache, i);
        atomic_store_explicit(&cache->entries[i].object, NULL, memory_order_relaxed);
        cache->entries[i].asked = 0;
    }
    cache->used_count = 0;
    cache->asks = false;
}

/* What all caches had for it is in the word. */
static void cease(RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_acquire) - REF_SPREAD;
    atomic_store_explicit(&r->shared, shared, memory_order_release);
    if (ref_bare(shared) == REF_MERGED && !ref_is_immortal(r)) object_died(r);
}

/* An object that is in a place without being spread: a fork has left behind who was about
 * to spread it, and who still holds it. */
void refcache_gather(void) {
    must_gather = false;
    unsigned count = atomic_exchange(&spread_count, 0);
    if (!count) return;
    world_each(flush);
    for (unsigned i = 0; i < count && i < SPREAD_MOST; i++) {
        RefCount *r = atomic_exchange(&spread[i], NULL);
        if (r && ref_is_spread(atomic_load_explicit(&r->shared, memory_order_relaxed)))
            cease(r);
    }
}

static RefCount *asked;

static void take_asked(World *world) {
    Refcache *cache = cache_of(world);
    if (!cache) return;
    unsigned i = place(cache, asked);
    if (object_at(cache, i)) take(cache, i);
}

/* One object alone. Its place stays empty until all are gathered, at the latest when there
 * are no more places. */
static void gather_one(RefCount *r) {
    for (unsigned i = 0; i < SPREAD_MOST; i++)
        if (atomic_load_explicit(&spread[i], memory_order_relaxed) == r)
            atomic_store(&spread[i], NULL);
    cease(r);
}

/* Also if it lives on the word has all its references now [5]. */
void refcache_ask(void) {
    if (must_gather || atomic_load(&spread_count) >= SPREAD_MOST) {
        refcache_gather();
        return;
    }
    Refcache *cache = cache_of(world_current);
    if (!cache || !cache->asks) return;
    cache->asks = false;
    for (unsigned u = 0; u < cache->used_count; u++) {
        unsigned i = cache->used[u];
        if (count_at(cache, i) >= 0) continue;
        asked = object_at(cache, i);
        world_each(take_asked);
        bool is_last = !ref_count(asked), too_much = cache->entries[i].asked++ == QUESTIONS;
        if (!is_last && !too_much) continue;
        cache->entries[i].asked = 0;
        if (!is_last) bear_grudge(asked);
        gather_one(asked);
    }
}

bool refcache_asks(void) {
    const Refcache *cache = cache_of(world_current);
    return must_gather || (cache && cache->asks);
}

bool refcache_is_empty(void) {
    const Refcache *cache = cache_of(world_current);
    return !must_gather && (!cache || !cache->used_count);
}

void refcache_end(World *world) {
    flush(world);
    free(atomic_exchange(&world->refcache, NULL));
    free(world->suspects);
    world->suspects = NULL;
}

/* ---- counts ---- */

static _Thread_local const RefCount *summed;
static _Thread_local int64_t sum;

static void add(World *world) {
    const Refcache *cache = cache_of(world);
    if (!cache) return;
    unsigned i = place(cache, summed);
    if (object_at(cache, i)) sum += count_at(cache, i);
}

/* Nobody's cache is freed meanwhile: a thread that has ended is not among `world_each`. */
int64_t refcache_sum(const RefCount *r) {
    summed = r;
    sum = 0;
    world_each(add);
    return sum;
}
