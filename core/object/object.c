/* object.c: destruction, to any depth.
 *
 * object_destroy recurses as the references lead it, but only DEPTH_MAX levels of C stack;
 * a dead object deeper down is put on the thread's list of the dead, which the outermost
 * call works off. The list costs no memory, because a dead count is a link (ref_bury). So
 * a chain of any length is destroyed with a bounded stack and in linear time, and in the
 * usual order, parents before children and children in turn, for all that is not deeper.
 *
 * Weak references are cleared before anything else, so that none names an object that is
 * only a link by now. No memory is needed to destroy, so dropping a reference cannot fail.
 */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "core/types/weakref.h"

#define DEPTH_MAX 64

static void clear_weakrefs(Object *dead) {
    if (likely(!(dead->refs.marks & MARK_WEAKLY))) return;
    weakrefs_clear(dead);
    dead->refs.marks &= (uint8_t)~MARK_WEAKLY;
}

static void block_free(Object *dead, size_t bytes) {
    ref_clear(&dead->refs);
    memory_free(dead, bytes);
}

static void destroy_one(Object *dead) {
    const TypeOps *ops = type_of(dead)->ops;
    clear_weakrefs(dead);
    if (ops->destroy) ops->destroy(dead);
    size_t bytes = ops->bytes(dead);
    if (likely(reclaim_object(&dead->refs, bytes))) block_free(dead, bytes);
}

void object_release(RefCount *dead) {
    Object *o = object_of(dead);
    block_free(o, type_of(o)->ops->bytes(o));
}

static void note(Thread *self, RefCount *dead) {
    ref_bury(dead, self->dead);
    self->dead = dead;
}

static void destroy_noted(Thread *self) {
    while (self->dead) {
        RefCount *next = self->dead;
        self->dead = ref_next(next);
        destroy_one(object_of(next));
    }
}

void object_destroy(Object *dead) {
    Thread *self = thread_self();
    clear_weakrefs(dead);
    if (self->destroying == DEPTH_MAX) {
        note(self, &dead->refs);
        return;
    }
    self->destroying++;
    destroy_one(dead);
    if (self->destroying == 1) destroy_noted(self);
    self->destroying--;
}

void object_drop(Object *o) {
    if (ref_was_last(&o->refs)) object_destroy(o);
}

void object_died(RefCount *dead, bool now) {
    if (now) {
        object_destroy(object_of(dead));
        return;
    }
    note(thread_self(), dead);
    world_poke(world_self());
}

void object_destroy_noted(void) {
    Thread *self = thread_self();
    if (self->destroying) return; /* the outermost call does it */
    self->destroying++;
    destroy_noted(self);
    self->destroying--;
}

GiltObject *gilt_incref(GiltObject *object) { return object ? incref(object) : NULL; }
void gilt_decref(GiltObject *object) { decref_maybe(object); }
int64_t gilt_refcount(GiltObject *object) { return ref_count(&object->refs); }
