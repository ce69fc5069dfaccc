/* object.c: destruction, to any depth.
 *
 * object_destroy recurses as the references lead it, but only DEPTH_MAX levels of C stack;
 * a dead object deeper down is put on the thread's list of the dead, which the outermost
 * call works off. The list costs no memory, because a dead count is a link (ref_bury). So
 * a chain of any length is destroyed with a bounded stack and in linear time, and in the
 * usual order, parents before children and children in turn, for all that is not deeper.
 *
 * Before anything else a dead object is out of the collector's sight, since its count means
 * nothing any more, and its weak references are cleared, so that none names an object that
 * is only a link by now. Then its finaliser runs, then the callbacks of those weak
 * references, and then what it held is dropped. No memory is needed to destroy, so dropping
 * a reference cannot fail. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "core/types/class.h"
#include "core/types/weakref.h"

#define DEPTH_MAX 64

static void block_free(Object *dead, size_t bytes) {
    ref_clear(&dead->refs);
    memory_free(dead, bytes);
}

/* One container less: the thread may make another one, up to what it began with. */
static inline void count_destroyed(const TypeOps *ops) {
    Heap *heap = heap_current;
    heap->allowance +=
        ops->kind == MEMORY_CONTAINER && heap->allowance < heap->allowance_most;
}

void object_dismantle(Object *dead) {
    const TypeOps *ops = type_of(dead)->ops;
    count_destroyed(ops);
    if (ops->destroy) ops->destroy(dead);
    size_t bytes = ops->bytes(dead);
    if (likely(reclaim_object(&dead->refs, bytes))) block_free(dead, bytes);
}

void object_release(RefCount *dead) {
    Object *o = object_of(dead);
    block_free(o, type_of(o)->ops->bytes(o));
}

/* From here on nobody finds the object but by a reference. The callbacks are for later. */
static inline void withdraw(Object *dead, WeakrefCalls *calls) {
    chaos(CHAOS_DEAD);
    gc_set_state(dead, GC_UNTRACKED);
    if (unlikely(dead->refs.marks & MARK_WEAKLY)) weakrefs_cut(dead, calls);
}

/* Gives a dead object to its finaliser, if it has one that has not run: with one reference,
 * as if it had just been made. If that is the last again, the object is destroyed when it
 * is dropped; if not, it lives on. false: there is nothing to run. */
static bool finalize(Object *dead, WeakrefCalls *calls) {
    if (!object_finalizes(dead)) return false;
    if (is_type(dead, TYPE_GENERATOR) && calls->first)
        weakrefs_call(calls); /* as CPython */
    ref_init(&dead->refs, dead->refs.marks | MARK_FINALIZED);
    gc_track(dead);
    class_finalize(dead);
    decref(dead);
    return true;
}

/* Dead and withdrawn. */
static inline void end(Object *dead, WeakrefCalls *calls) {
    bool revived = unlikely(finalizers_exist()) && finalize(dead, calls);
    if (unlikely(calls->first)) weakrefs_call(calls);
    if (likely(!revived)) object_dismantle(dead);
}

static void note(Thread *self, RefCount *dead) {
    ref_bury(dead, self->dead);
    self->dead = dead;
}

/* Callbacks may drop what dies and is noted, and nobody comes back for it at the end of a
 * thread: so until nothing is left. */
static void end_noted(Thread *self) {
    do {
        while (self->dead) {
            RefCount *next = self->dead;
            self->dead = ref_next(next);
            WeakrefCalls none = {0};
            end(object_of(next), &none);
        }
        if (unlikely(self->calls.first)) weakrefs_call(&self->calls);
    } while (unlikely(self->dead || self->calls.first));
}

/* Of most objects: they refer to nothing, and nobody refers to them weakly. */
static inline void end_plain(Object *dead, const TypeOps *ops) {
    chaos(CHAOS_DEAD);
    size_t bytes = ops->bytes(dead);
    if (likely(reclaim_object(&dead->refs, bytes))) block_free(dead, bytes);
}

void object_destroy(Object *dead) {
    const TypeOps *ops = type_of(dead)->ops;
    if (ops->plain) return end_plain(dead, ops);
    Thread *self = thread_self();
    if (self->destroying == DEPTH_MAX) {
        withdraw(dead, &self->calls);
        note(self, &dead->refs);
        return;
    }
    WeakrefCalls calls = {0};
    withdraw(dead, &calls);
    self->destroying++;
    end(dead, &calls);
    if (self->destroying == 1) end_noted(self);
    self->destroying--;
}

void object_drop(Object *o) {
    if (ref_was_last(&o->refs)) object_destroy(o);
}

void object_died(RefCount *dead) {
    Thread *self = thread_self();
    withdraw(object_of(dead), &self->calls);
    note(self, dead);
    world_poke(&self->world);
}

void object_destroy_noted(void) {
    Thread *self = thread_self();
    if (self->destroying) return; /* the outermost call does it */
    self->destroying++;
    end_noted(self);
    self->destroying--;
}

GiltObject *gilt_incref(GiltObject *object) { return object ? incref(object) : NULL; }
void gilt_decref(GiltObject *object) { decref_maybe(object); }
int64_t gilt_refcount(GiltObject *object) { return ref_count(&object->refs); }
