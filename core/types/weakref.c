/* weakref.c: weak references, and the table that finds those of an object.
 *
 * The weak references of all objects stand in a hash table by the address of the referent,
 * in shards with a mutex each. In a bucket the newest comes first. Invariant: a weak
 * reference is in its bucket if and only if its `referent` is not NULL (one to an immortal
 * object is in none: its `key` is 0); both change together under the shard's mutex.
 * MARK_WEAKLY says that an object may be in the table: as referent, or as a weak reference.
 * A shard's mutex is a leaf in the order of locks: under it nothing is allocated, dropped
 * or called, and no safepoint reached, so it is only ever held for a moment.
 *
 * A dead object is out of the table before its memory can become anything else, because
 * object_destroy calls weakrefs_cut first. In nogil an object can be dead, its count
 * gone, while its thread has not got there yet. So what is found in the table may be dead,
 * and only ref_try tells: a referent in weakref_get, and, in weakrefs_cut, a weak
 * reference that dies in another thread at the same time as its referent. Both had a
 * ref_share before they came into the table, so that for them 'false' means dead. In gil
 * nobody else runs between the last drop and weakrefs_cut: what is found is alive. */
#include "core/types/alias.h"
#include "core/types/weakref.h"
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/types/class.h"
#include "core/types/heir.h"
#include "core/vm/report.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct Weakref {
    Object head;
    Slot referent;                 /* not counted; NULL once it has died */
    Object *callback;              /* or NULL */
    struct Weakref *next, *before; /* in the bucket */
    uintptr_t key;        /* the referent's address, only to compare; never changes */
    _Atomic int64_t hash; /* the referent's, or HASH_UNKNOWN */
} Weakref;

#define HASH_UNKNOWN INT64_MIN
#define SHARDS 64
#define FIRST_BUCKETS 16

typedef struct Shard {
    _Alignas(64) pthread_mutex_t mutex;
    Weakref **grown; /* the buckets, or NULL: `first` */
    size_t size;     /* of grown */
    size_t count;    /* weak references in all buckets */
    Weakref *first[FIRST_BUCKETS];
} Shard;

static Shard shards[SHARDS] = {[0 ... SHARDS - 1] = {.mutex = PTHREAD_MUTEX_INITIALIZER}};

/* ---- The table ---- */

static uint64_t key_hash(uintptr_t key) {
    return (key >> 4) * UINT64_C(0x9E3779B97F4A7C15);
}

/* By the page, which belongs to one thread: so threads that keep to their own objects keep
 * to their own shards, too. */
static Shard *shard_of(uintptr_t key) {
    return &shards[(key / PAGE_BYTES * UINT64_C(0x9E3779B97F4A7C15)) >> 58];
}

static size_t shard_size(const Shard *shard) {
    return shard->grown ? shard->size : FIRST_BUCKETS;
}

/* Locked, as all below. */
static Weakref **bucket_of(Shard *shard, uintptr_t key) {
    Weakref **buckets = shard->grown ? shard->grown : shard->first;
    return &buckets[(key_hash(key) >> 24) & (shard_size(shard) - 1)];
}

static void bucket_push(Weakref **bucket, Weakref *w) {
    w->before = NULL;
    w->next = *bucket;
    if (w->next) w->next->before = w;
    *bucket = w;
}

static void table_remove(Shard *shard, Weakref *w) {
    if (w->before)
        w->before->next = w->next;
    else
        *bucket_of(shard, w->key) = w->next;
    if (w->next) w->next->before = w->before;
    shard->count--;
}

/* Moves a bucket's weak references, the oldest first, so that the newest is first again. */
static void bucket_move(Shard *shard, Weakref *w) {
    while (w && w->next) w = w->next;
    while (w) {
        Weakref *newer = w->before;
        bucket_push(bucket_of(shard, w->key), w);
        w = newer;
    }
}

/* Makes the table larger. If there is no memory, it stays as it is, and is slower. */
static void shard_grow(Shard *shard, size_t size) {
    size_t bytes = size * sizeof(Weakref *), old_size = 0;
    Weakref **old = NULL, **fresh = memory_new(MEMORY_ARRAY, bytes);
    if (!fresh) return;
    memset(fresh, 0, bytes);
    pthread_mutex_lock(&shard->mutex);
    bool needed = shard_size(shard) < size && shard->count > shard_size(shard);
    if (needed) {
        Weakref *first[FIRST_BUCKETS];
        memcpy(first, shard->first, sizeof first);
        memset(shard->first, 0, sizeof first);
        old = shard->grown;
        old_size = shard->size;
        shard->grown = fresh;
        shard->size = size;
        for (size_t i = 0; i < (old ? old_size : FIRST_BUCKETS); i++)
            bucket_move(shard, old ? old[i] : first[i]);
    }
    pthread_mutex_unlock(&shard->mutex);
    if (!needed) memory_free(fresh, bytes);
    if (old) memory_free(old, old_size * sizeof *old);
}

/* Unlocks, and frees the buckets that had grown if nothing is in them. */
static void shard_unlock(Shard *shard) {
    Weakref **idle = NULL;
    size_t bytes = shard->size * sizeof *idle;
    if (!shard->count) {
        idle = shard->grown;
        shard->grown = NULL;
    }
    pthread_mutex_unlock(&shard->mutex);
    if (idle) memory_free(idle, bytes);
}

static void table_add(Weakref *w, Object *referent) {
    Shard *shard = shard_of(w->key);
    pthread_mutex_lock(&shard->mutex);
    marks_add(referent, MARK_WEAKLY);
    bucket_push(bucket_of(shard, w->key), w);
    shard->count++;
    size_t size = shard_size(shard);
    bool full = shard->count > 2 * size;
    pthread_mutex_unlock(&shard->mutex);
    if (unlikely(full)) shard_grow(shard, 4 * size);
}

void weakref_finish(void) {
    for (size_t i = 0; i < SHARDS; i++) {
        shards[i].grown = NULL;
        shards[i].count = 0;
        memset(shards[i].first, 0, sizeof shards[i].first);
    }
}

void weakref_fork(ForkStep step) {
    for (size_t i = 0; i < SHARDS; i++) fork_mutex(&shards[i].mutex, step);
}

/* ---- Making and asking ---- */

static Object *weakref_new(Type *type, Object *object, Object *callback) {
    if (!(flags_load(type_of(object)) & TYPE_WEAKLY))
        return gilt_raise(GILT_TYPE_ERROR, "cannot create weak reference to '%s' object",
                          type_of(object)->name);
    Weakref *w = (Weakref *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *w);
    if (!w) return NULL;
    bool immortal = ref_is_immortal(&object->refs);
    slot_init(&w->referent, refs_of(object));
    w->callback = callback ? incref(callback) : NULL;
    w->key = immortal ? 0 : (uintptr_t)object;
    atomic_init(&w->hash, HASH_UNKNOWN);
    if (immortal) return &w->head;
    marks_add(&w->head, MARK_WEAKLY);
    ref_share(&w->head.refs);
    ref_share(&object->refs);
    table_add(w, object);
    return &w->head;
}

GiltObject *gilt_weakref_new(GiltObject *object, GiltObject *callback) {
    return weakref_new(&types[GILT_WEAKREF], object, callback);
}

/* The slot could not tell whether the referent is alive. Under the mutex it cannot leave
 * the table, so it is the same object, and was shared: ref_try says if it is alive. */
static Object *get_locked(Weakref *w) {
    Shard *shard = shard_of(w->key);
    pthread_mutex_lock(&shard->mutex);
    RefCount *seen = slot_peek(&w->referent);
    bool alive = seen && ref_try(seen);
    pthread_mutex_unlock(&shard->mutex);
    return alive ? object_of(seen) : NULL;
}

/* Without a lock. Why does the count reach the right object, in memory that is still there?
 * The slot is not counted, but it is emptied, under the mutex, before the referent's block
 * is freed. If slot_seen finds the referent, then its block had not been freed when the
 * read section began or is freed in the course of it; and a page that held an object is
 * not given back before the read section has ended, so the count that ref_try looks at is
 * that of some object, or of a free block, which never counts. If the block has become
 * another object meanwhile, then the slot was emptied before: ref_try's acquire pairs with
 * the release by which the new object was shared, so slot_count sees the empty slot when
 * it looks again, takes its count back and says READ_RETRY. */
GiltObject *gilt_weakref_get(GiltObject *weakref) {
    if (unlikely(!is_kind(weakref, GILT_WEAKREF)))
        return gilt_raise(GILT_TYPE_ERROR, "must be weakref, not %s",
                          type_of(weakref)->name);
    Weakref *w = (Weakref *)weakref;
    for (;;) {
        read_begin();
        RefCount *seen = slot_seen(&w->referent);
        ReadResult result = seen ? slot_count(&w->referent, seen) : READ_DONE;
        read_end();
        if (likely(result == READ_DONE)) return object_of(seen);
        if (result == READ_LOCKED) return get_locked(w);
    }
}

/* ---- Dying ---- */

/* A weak reference has died: takes it out, unless its referent did so. */
static void weakref_forget(Weakref *w) {
    if (!w->key) return;
    Shard *shard = shard_of(w->key);
    pthread_mutex_lock(&shard->mutex);
    if (slot_peek(&w->referent)) {
        table_remove(shard, w);
        slot_put(&w->referent, NULL);
    }
    shard_unlock(shard);
}

/* Takes out all of `key`, and adds to *calls those whose callbacks are to be called. One
 * that is dying itself is left to the thread that lets it die, which waits for the mutex in
 * weakref_forget at the earliest; nor does garbage call back. */
static void table_take(Shard *shard, uintptr_t key, WeakrefCalls *calls) {
    for (Weakref *w = *bucket_of(shard, key), *next; w; w = next) {
        next = w->next;
        if (w->key != key) continue;
        table_remove(shard, w);
        slot_put(&w->referent, NULL);
        if (!w->callback || gc_is_garbage(&w->head) || !ref_try(&w->head.refs)) continue;
        w->next = NULL;
        *(calls->first ? &calls->last->next : &calls->first) = w;
        calls->last = w;
    }
}

void weakrefs_cut(Object *dying, WeakrefCalls *calls) {
    marks_store(dying, marks_load(dying) & ~(unsigned)MARK_WEAKLY);
    if (is_kind(dying, GILT_WEAKREF)) {
        weakref_forget((Weakref *)dying);
        if (is_type(dying, GILT_WEAKREF)) return; /* an heir may be a referent itself */
    }
    Shard *shard = shard_of((uintptr_t)dying);
    pthread_mutex_lock(&shard->mutex);
    table_take(shard, (uintptr_t)dying, calls);
    shard_unlock(shard);
}

static void callback_call(Weakref *w) {
    Object *self = &w->head, *result = gilt_call(w->callback, &self, 1);
    if (!result) report_ignored("Exception ignored in: ", w->callback);
    decref_maybe(result);
}

void weakrefs_call(WeakrefCalls *calls) {
    Object *error =
        gilt_error_take(); /* objects also die while an exception is on its way */
    Weakref *w = calls->first;
    *calls = (WeakrefCalls){0};
    for (Weakref *next; w; w = next) {
        next = w->next;
        callback_call(w);
        decref(&w->head);
    }
    error_set(error);
}

/* ---- As an object ---- */

static size_t weakref_bytes(const Object *o) {
    (void)o;
    return sizeof(Weakref);
}

static unsigned weakref_spans(const Object *o, Span *spans) {
    spans[0] = (Span){(const Slot *)&((const Weakref *)o)->callback, 1, sizeof(Slot)};
    return 1;
}

static void weakref_destroy(Object *o) { decref_maybe(((Weakref *)o)->callback); }

/* The referent's hash, which is kept, so that a dict finds the weak reference later, too.
 */
static bool weakref_hash(Object *o, int64_t *hash) {
    Weakref *w = (Weakref *)o;
    *hash = atomic_load_explicit(&w->hash, memory_order_relaxed);
    if (*hash != HASH_UNKNOWN) return true;
    Object *referent = gilt_weakref_get(o);
    if (!referent) return gilt_raise(GILT_TYPE_ERROR, "weak object has gone away"), false;
    bool well = gilt_hash(referent, hash);
    decref(referent);
    if (well) atomic_store_explicit(&w->hash, *hash, memory_order_relaxed);
    return well;
}

/* Equal while both live and their referents are equal. */
static int weakref_equal(Object *a, Object *b) {
    if (!is_kind(b, GILT_WEAKREF)) return 2;
    Object *one = gilt_weakref_get(a), *other = gilt_weakref_get(b);
    int equal = one && other ? gilt_equal(one, other) : a == b;
    decref_maybe(one);
    decref_maybe(other);
    return equal;
}

static Object *weakref_repr(Object *o) {
    Object *referent = gilt_weakref_get(o);
    if (!referent) return gilt_str_format("<weakref at %p; dead>", (void *)o);
    Object *text = gilt_str_format("<weakref at %p; to '%s' at %p>", (void *)o,
                                   type_of(referent)->name, (void *)referent);
    decref(referent);
    return text;
}

static Object *weakref_call(Object *o, Object *const *arguments, size_t count,
                            Object *names) {
    (void)arguments;
    if (!arguments_plain("weakref", count, names, 0, 0)) return NULL;
    Object *referent = gilt_weakref_get(o);
    return referent || gilt_error() ? referent : gilt_none();
}

/* Heirs may have further arguments, for their __init__. */
static Object *weakref_make(Type *type, Object *const *arguments, size_t count,
                            Object *names) {
    size_t most = type_is_heir(type) ? SIZE_MAX : 2;
    if (!arguments_plain("__new__", count, type_is_heir(type) ? NULL : names, 1, most))
        return NULL;
    Object *callback = count > 1 && !is_type(arguments[1], GILT_NONE) ? arguments[1] : NULL;
    return weakref_new(type, arguments[0], callback);
}

static bool weakref_init(Object *o, Object *const *arguments, size_t count, Object *names) {
    (void)o, (void)arguments;
    return arguments_plain("__init__", count, names, 1, 2);
}

static Object *get_callback(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Weakref *w = (Weakref *)o;
    Object *referent = gilt_weakref_get(o);
    if (!referent || !w->callback) return decref_maybe(referent), gilt_none();
    decref(referent);
    return incref(w->callback);
}

/* ---- Which there are ---- */

/* Those of `object` that are alive, counted, into found[]: at most `room`; how many there
 * are. */
static size_t table_find(Object *object, Object **found, size_t room) {
    Shard *shard = shard_of((uintptr_t)object);
    size_t count = 0;
    pthread_mutex_lock(&shard->mutex);
    for (Weakref *w = *bucket_of(shard, (uintptr_t)object); w; w = w->next) {
        if (w->key != (uintptr_t)object) continue;
        if (room && count >= room) continue;
        if (room && !ref_try(&w->head.refs)) continue;
        if (room) found[count] = &w->head;
        count++;
    }
    pthread_mutex_unlock(&shard->mutex);
    return count;
}

size_t weakrefs_count(Object *object) {
    if (ref_is_immortal(&object->refs)) return 0;
    return table_find(object, NULL, 0);
}

Object *weakrefs_list(Object *object) {
    size_t room = weakrefs_count(object);
    if (!room) return gilt_list_new(NULL, 0);
    Object **found = malloc(room * sizeof *found);
    if (!found) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t count = table_find(object, found, room);
    Object *list = gilt_list_new(found, count);
    for (size_t i = 0; i < count; i++) decref(found[i]);
    free(found);
    return list;
}

static const Native weakref_methods[] = {
    {"get __callback__", get_callback}, ALIAS_METHOD, {0}};

const TypeOps weakref_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = weakref_bytes,
    .spans = weakref_spans,
    .destroy = weakref_destroy,
    .hash = weakref_hash,
    .equal = weakref_equal,
    .repr = weakref_repr,
    .call = weakref_call,
    .make = weakref_make,
    .init = weakref_init,
    .methods = weakref_methods,
};
