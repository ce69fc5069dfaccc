/* report.c: see report.h.
 *
 * The two lists are made when a program first asks for them. They are ordinary objects that
 * `report` holds until the runtime ends, when they go with the heap like all else; so what
 * is borrowed from here is alive, and stays the same list. */
#include "core/gc/report.h"
#include "core/object/error.h"
#include <stdio.h>

static struct Report {
    _Atomic(Object *) callbacks, garbage;
    _Atomic int debug; /* GILT_GC_DEBUG_... */
} report;

void gc_report_finish(void) {
    atomic_store(&report.callbacks, NULL);
    atomic_store(&report.garbage, NULL);
    atomic_store(&report.debug, 0);
}

/* ---- Lists ---- */

/* The acquire pairs with the release by which another thread put its list there. */
static Object *list_in(_Atomic(Object *) *place) {
    return atomic_load_explicit(place, memory_order_acquire);
}

/* The list, made if there is none. Who comes second drops his. NULL, MemoryError. */
static Object *list_made(_Atomic(Object *) *place) {
    Object *there = list_in(place);
    if (there) return there;
    Object *made = gilt_list_new(NULL, 0);
    if (!made) return NULL;
    if (atomic_compare_exchange_strong_explicit(place, &there, made, memory_order_acq_rel,
                                                memory_order_acquire))
        return made;
    decref(made);
    return there;
}

GiltObject *gilt_gc_callbacks(void) { return list_made(&report.callbacks); }
GiltObject *gilt_gc_garbage(void) { return list_made(&report.garbage); }

/* ---- Flags ---- */

void gilt_gc_set_debug(int flags) { atomic_store(&report.debug, flags); }
int gilt_gc_debug(void) { return atomic_load(&report.debug); }

/* ---- Callbacks ---- */

static void ignore_error(void) {
    fputs("Exception ignored in: gc.callbacks\n", stderr);
    gilt_error_print();
}

static bool put_number(Object *dict, const char *name, size_t number) {
    Object *key = gilt_str_from(name), *value = key ? gilt_int((int64_t)number) : NULL;
    bool well = value && gilt_dict_set(dict, key, value);
    decref_maybe(value);
    decref_maybe(key);
    return well;
}

/* Nothing is uncollectable: every finaliser can be called, in any cycle. */
static Object *info_new(const Collection *c) {
    Object *info = gilt_dict_new();
    if (!info) return NULL;
    if (put_number(info, "generation", c->generation) &&
        put_number(info, "collected", c->garbage.found) &&
        put_number(info, "uncollectable", 0))
        return info;
    decref(info);
    return NULL;
}

/* A callback may change the list, and so may other threads: whoever is there when his turn
 * comes is called. */
static void call_each(Object *callbacks, Object *const arguments[2]) {
    for (size_t i = 0; i < gilt_list_size(callbacks); i++) {
        Object *callback = gilt_list_get(callbacks, (ssize_t)i);
        if (!callback) { /* it has become shorter at this very moment */
            gilt_error_clear();
            return;
        }
        Object *result = gilt_call(callback, arguments, 2);
        if (!result) ignore_error();
        decref_maybe(result);
        decref(callback);
    }
}

static void tell(const Collection *c, const char *phase) {
    Object *callbacks = list_in(&report.callbacks);
    if (likely(!callbacks) || !gilt_list_size(callbacks)) return;
    Object *error = gilt_error_take();
    Object *arguments[2] = {gilt_str_from(phase), NULL};
    if (arguments[0]) arguments[1] = info_new(c);
    if (arguments[1])
        call_each(callbacks, arguments);
    else
        ignore_error();
    decref_maybe(arguments[1]);
    decref_maybe(arguments[0]);
    error_set(error);
}

static void print_stats(const Collection *c) {
    if (c->failed)
        fprintf(stderr, "gc: generation %u (%s): no memory\n", c->generation, c->why);
    else
        fprintf(stderr,
                "gc: generation %u (%s): %zu candidates, %zu collected, %.3f ms stopped\n",
                c->generation, c->why, c->search.candidate_count, c->garbage.found,
                (double)c->paused / 1e6);
}

void gc_report_start(const Collection *c) { tell(c, "start"); }

void gc_report_stop(const Collection *c) {
    if (gilt_gc_debug() & GILT_GC_DEBUG_STATS) print_stats(c);
    tell(c, "stop");
}

/* ---- Garbage ---- */

static void print_each(const char *what, const Vector *objects) {
    for (size_t i = 0; i < objects->count; i++) {
        const Object *o = objects->items[i];
        fprintf(stderr, "gc: %s <%s %p>\n", what, type_of(o)->name, (const void *)o);
    }
}

void gc_report_found(const Vector *objects) {
    if (gilt_gc_debug() & GILT_GC_DEBUG_COLLECTABLE) print_each("collectable", objects);
}

void gc_report_kept(const Vector *objects) {
    Object *error = gilt_error_take(), *garbage = gilt_gc_garbage();
    for (size_t i = 0; garbage && i < objects->count; i++)
        if (!gilt_list_append(garbage, objects->items[i])) break;
    gilt_error_clear();
    error_set(error);
    if (gilt_gc_debug() & GILT_GC_DEBUG_UNCOLLECTABLE) print_each("uncollectable", objects);
}
