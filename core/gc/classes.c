/* classes.c: see classes.h. All of it with the world stopped, by one thread. */
#include "core/object/builtin.h"
#include "core/gc/classes.h"
#include "core/threads/thread.h"
#include "core/types/class.h"

/* ---- Walking ---- */

void classes_each(unsigned states, void (*visit)(Object *, void *data), void *data) {
    uint32_t count = types_count();
    for (uint32_t handle = BUILTIN_TYPES; handle < count; handle++) {
        Object *class = &types[handle].head;
        if (gc_in(states, marks_load(class))) visit(class, data);
    }
}

/* Those of the search, in one of `states`. */
static void each(const Search *search, unsigned states, void (*visit)(Object *, void *data),
                 void *data) {
    const Vector *objects = search->objects;
    if (!objects) {
        classes_each(states, visit, data);
        return;
    }
    for (size_t i = 0; i < objects->count; i++) {
        Object *o = objects->items[i];
        if (is_class(o) && gc_in(states, marks_load(o))) visit(o, data);
    }
}

/* ---- Before ---- */

static void leave_out(Object *class, void *unused) {
    (void)unused;
    ref_trial_drop(&class->refs, 1);
}

static unsigned involved(const Search *search) {
    return search->candidates | GC_IN(search->reached);
}

/* An instance that the search does not look at holds its class. */
static void hold_class_of(const Object *o, const Search *search) {
    if (o->type < BUILTIN_TYPES) return;
    Type *class = type_of(o);
    if (class_claim(class, involved(search))) ref_trial_add(&class->head.refs, 1);
}

static void hold_by_dead(Thread *thread, void *search) {
    for (RefCount *dead = thread->dead; dead; dead = ref_next(dead))
        hold_class_of(object_of(dead), search);
}

/* What is tracked is alive, or waits in a list of the dead of merge_queue.c. */
static void hold_by_page(const Page *page, const Search *search) {
    size_t size = page_step(page), end = page_end(page);
    for (size_t at = PAGE_FIRST; at < end; at += size) {
        const Object *o = (const Object *)((const char *)page + at);
        if (gc_is_tracked(o) && !gc_in(search->candidates, marks_load(o)))
            hold_class_of(o, search);
    }
}

static void hold_by_others(Thread *thread, void *search) {
    for (unsigned list = PAGES_YOUNG; list <= PAGES_FROZEN; list++)
        for (const Page *page = thread->heap.pages[list]; page; page = page->all_next)
            hold_by_page(page, search);
}

void classes_leave_out(const Search *search) {
    each(search, search->candidates, leave_out, NULL);
    threads_each(hold_by_dead, (void *)search);
    if (search->objects) threads_each(hold_by_others, (void *)search);
}

/* ---- After ---- */

/* A class without instances is reached by counted references alone. What was not reached
 * keeps its account as it is: garbage.h. */
static void take_in(Object *o, void *unused) {
    (void)unused;
    Type *class = (Type *)o;
    if (!atomic_load_explicit(&class->claimed, memory_order_relaxed))
        ref_trial_add(&o->refs, 1);
    atomic_store_explicit(&class->claimed, false, memory_order_relaxed);
}

void classes_take_in(const Search *search) {
    each(search, GC_IN(search->reached), take_in, NULL);
}
