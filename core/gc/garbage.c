/* garbage.c: see garbage.h.
 *
 * Why the dead can be dismantled one by one, in any order, while the world runs: all
 * references to them stood in them, and those are empty now; weak references to them are
 * cut, and those among them that are weak references are out of the table; they are
 * untracked, so no other collection sees them; no late reader is in a slot of theirs,
 * because all threads have been through a safepoint since they could be found. What they
 * hold besides is dropped like any reference, and may run any code. A class among them is
 * no block: it is retired, and may be before its instances, or while one of them waits in
 * another thread for its memory to be freed (types/class.h). */
#include "core/gc/garbage.h"
#include "core/gc/gc.h"
#include "core/gc/report.h"
#include "core/types/class.h"

static void list_one(Object *o, void *data) {
    Garbage *garbage = data;
    garbage->objects.items[garbage->objects.count++] = o;
    garbage->finalizers += finalizers_exist() && object_finalizes(o);
    garbage->classes |= is_class(o);
}

bool garbage_list(Garbage *garbage, const Search *search, size_t count) {
    if (!vector_reserve(&garbage->objects, count)) return false;
    search_each(search, search->candidates, list_one, garbage);
    if (garbage->finalizers && !vector_reserve(&garbage->living, count)) {
        vector_free(&garbage->objects);
        garbage->finalizers = 0;
        return false;
    }
    garbage->found = count;
    return true;
}

/* ---- References ---- */

static ALWAYS_INLINE void each_place(Object *o, const Search *search,
                                     void (*visit)(const Search *, Slot *, Object *)) {
    Span spans[SPANS_MAX];
    unsigned count = type_of(o)->ops->spans(o, spans);
    for (unsigned i = 0; i < count; i++)
        for (size_t at = 0; at < spans[i].count; at++) {
            Slot *slot = (Slot *)((char *)spans[i].first + at * spans[i].stride);
            Object *to = span_held(slot);
            if (to) visit(search, slot, to);
        }
}

static void restore_place(const Search *search, Slot *slot, Object *to) {
    (void)slot;
    if (gc_in(search->candidates | GC_IN(search->reached), marks_load(to)))
        ref_trial_add(&to->refs, 1);
}

void garbage_restore(Object *o, const Search *search) {
    each_place(o, search, restore_place);
    if (unlikely(is_class(o))) ref_trial_add(&o->refs, 1);
}

/* A reference to garbage goes; one to an object that was reached is counted again, until
 * it is dropped; others were never out of the account. */
static void cut_place(const Search *search, Slot *slot, Object *to) {
    unsigned marks = marks_load(to);
    if (gc_in(search->candidates, marks))
        slot_put(slot, NULL);
    else if (gc_in(GC_IN(search->reached), marks))
        ref_trial_add(&to->refs, 1);
}

/* ---- Stopped ---- */

/* All of them at once, so that each can see that another is garbage, too. */
static void cut_weakrefs(Garbage *garbage) {
    Vector *objects = &garbage->objects;
    for (size_t i = 0; i < objects->count; i++) gc_set_state(objects->items[i], GC_SUSPECT);
    for (size_t i = 0; i < objects->count; i++) {
        Object *o = objects->items[i];
        if (unlikely(marks_load(o) & MARK_WEAKLY)) weakrefs_cut(o, &garbage->calls);
    }
}

/* What is listed is dead: nobody can reach it from here on. */
static void die_all(Garbage *garbage, const Search *search) {
    Vector *objects = &garbage->objects;
    for (size_t i = 0; i < objects->count; i++)
        each_place(objects->items[i], search, cut_place);
    cut_weakrefs(garbage);
    for (size_t i = 0; i < objects->count; i++)
        gc_set_state(objects->items[i], GC_UNTRACKED);
}

static void hold_all(Garbage *garbage, const Search *search, GcState survivor) {
    Vector *objects = &garbage->objects;
    for (size_t i = 0; i < objects->count; i++) garbage_restore(objects->items[i], search);
    cut_weakrefs(garbage);
    for (size_t i = 0; i < objects->count; i++) {
        Object *o = objects->items[i];
        ref_trial_add(&o->refs, 1);
        gc_set_state(o, survivor);
    }
}

void garbage_settle(Garbage *garbage, const Search *search, GcState survivor) {
    garbage->saved = gilt_gc_debug() & GILT_GC_DEBUG_SAVEALL;
    if (garbage->saved) garbage->finalizers = 0;
    if (garbage->finalizers || garbage->saved)
        hold_all(garbage, search, survivor);
    else
        die_all(garbage, search);
}

/* Splits the list: who was reached lives; our reference is counted again. */
static void part_living(Garbage *garbage) {
    Vector *objects = &garbage->objects;
    size_t dead = 0;
    for (size_t i = 0; i < objects->count; i++) {
        Object *o = objects->items[i];
        if (gc_state(o) == GC_REACHED) {
            ref_trial_add(&o->refs, 1);
            garbage->living.items[garbage->living.count++] = o;
        } else {
            objects->items[dead++] = o;
        }
    }
    objects->count = dead;
}

/* Its page may have been frozen while it was held, where searches would not find it. A
 * class is on no page. */
static void make_old(Object *o) {
    Page *page = is_class(o) ? NULL : page_of(o);
    if (page && page->list == PAGES_FROZEN) page_move(page, PAGES_OLD);
    gc_set_state(o, gc_old_state);
}

void garbage_settle_again(Garbage *garbage) {
    Vector *objects = &garbage->objects;
    Search among = {.candidates = GC_IN(GC_SUSPECT),
                    .reached = GC_REACHED,
                    .objects = objects,
                    .classes = garbage->classes};
    for (size_t i = 0; i < objects->count; i++) {
        Object *o = objects->items[i];
        gc_set_state(o, GC_SUSPECT);
        ref_trial_drop(&o->refs, 1);
    }
    search_run(&among, 1);
    search_free(&among);
    part_living(garbage);
    die_all(garbage, &among);
    for (size_t i = 0; i < garbage->living.count; i++) make_old(garbage->living.items[i]);
    garbage->found = objects->count;
}

/* ---- Running ---- */

void garbage_finalize(Garbage *garbage) {
    Vector *objects = &garbage->objects;
    for (size_t i = 0; i < objects->count; i++) {
        Object *o = objects->items[i];
        if (!object_finalizes(o)) continue;
        marks_add(o, MARK_FINALIZED);
        class_finalize(o);
        garbage->finalized++;
    }
}

/* Held from here on by gilt_gc_garbage(). */
static void save_all(Vector *objects) {
    gc_report_kept(objects);
    for (size_t i = 0; i < objects->count; i++) decref(objects->items[i]);
}

static void dismantle_all(Vector *dead) {
    for (size_t i = 0; i < dead->count; i++) {
        Object *o = dead->items[i];
        if (unlikely(is_class(o)))
            class_retire((Type *)o);
        else
            object_dismantle(o);
    }
}

void garbage_end(Garbage *garbage) {
    Vector *objects = &garbage->objects;
    if (objects->count) gc_report_found(objects);
    if (garbage->calls.first) weakrefs_call(&garbage->calls);
    if (garbage->saved)
        save_all(objects);
    else
        dismantle_all(objects);
    for (size_t i = 0; i < garbage->living.count; i++) decref(garbage->living.items[i]);
    vector_free(objects);
    vector_free(&garbage->living);
}
