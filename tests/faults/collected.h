/* collected.h: the steps of the program (program.h) about the collector: cycles of all
 * kinds, finalisers, closures, classes that die, and what programs may ask.
 *
 * Each step begins with nothing to collect, so that what it finds is what it has made. A
 * collection that fails has lost nothing: the next one must find all of it. What the
 * collector itself does without memory is no failure of a call: it keeps the garbage, and
 * callbacks for which there is no memory are not called. */
#pragma once
#include "tests/faults/checked.h"

/* Tries again, because one fault is all there is. */
static int64_t collected(int generation) {
    int64_t found = answered(gilt_gc_collect(generation));
    return found >= 0 ? found : answered(gilt_gc_collect(generation));
}

static bool attribute_set(GiltObject *o, const char *text, GiltObject *value) {
    GiltObject *name = o && value ? made(gilt_intern(text)) : NULL;
    return name && done(gilt_set_attr(o, name, value));
}

/* ---- Cycles and closures ---- */

static GiltObject *closure_size(GiltObject *captured, GiltObject *const *arguments,
                                size_t count) {
    (void)arguments, (void)count;
    return gilt_int(1000 + gilt_len(captured));
}

/* list -> dict -> tuple -> closure -> list; how many objects, or 0 if it is not whole. */
static int make_cycle(void) {
    GiltObject *list = made(gilt_list_new(NULL, 0)), *dict = made(gilt_dict_new());
    GiltObject *closure = list ? made(gilt_closure_new("size", closure_size, list)) : NULL;
    GiltObject *tuple = closure ? made(gilt_tuple_new(&closure, 1)) : NULL;
    GiltObject *key = made(gilt_str_from("some key"));
    if (!dict || !tuple || !key) return 0;
    bool whole =
        done(gilt_dict_set(dict, key, tuple)) && done(gilt_list_append(list, dict));
    shows(made(gilt_call(closure, NULL, 0)), whole ? "1001" : "1000");
    made(gilt_repr(closure));
    expect(gilt_gc_is_tracked(list) && gilt_gc_is_tracked(closure));
    return whole ? 4 : 0;
}

static void step_cycles(void) {
    for (int generation = 0; generation < 3; generation++) {
        collected(2);
        int count = make_cycle();
        expect(collected(generation) == 0);
        pool_drop();
        expect(collected(2) == count);
        expect(collected(2) == 0);
    }
    refused(gilt_gc_collect(3) >= 0, GILT_VALUE_ERROR);
}

/* ---- Finalisers and weak references ---- */

static GiltObject *finalized_class, *revived; /* kept; a list */
static int finalized;

static GiltObject *native_del(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)count;
    finalized++;
    if (revived && !gilt_list_append(revived, arguments[0])) return NULL;
    return gilt_int(7777); /* takes memory, too */
}

static bool make_finalized_class(void) {
    if (!finalized_class) {
        finalized_class = gilt_class_new("Finalized", NULL, NULL);
        if (!done(finalized_class)) return false;
    }
    GiltObject *del = made(gilt_function_new("__del__", native_del, NULL));
    return attribute_set(finalized_class, "__del__", del);
}

/* Two that hold each other (else false), and a weak reference to the first, if there is
 * memory for it. */
static bool make_finalized(GiltObject *weakref_callback, GiltObject **weakref) {
    GiltObject *a = made(gilt_instance_new(finalized_class));
    GiltObject *b = made(gilt_instance_new(finalized_class));
    *weakref = a ? made(gilt_weakref_new(a, weakref_callback)) : NULL;
    gilt_incref(*weakref);
    return attribute_set(a, "other", b) && attribute_set(b, "other", a);
}

static GiltObject *native_called(void *data, GiltObject *const *arguments, size_t count) {
    ++*(int *)data;
    return gilt_list_new(arguments, count);
}

static void finalize_a_pair(bool revive) {
    int called = 0;
    GiltObject *callback = gilt_function_new("called", native_called, &called), *weakref;
    if (!done(callback)) return;
    collected(2);
    finalized = 0;
    bool ring = make_finalized(callback, &weakref);
    revived = revive ? gilt_list_new(NULL, 0) : NULL;
    if (revive) done(revived);
    pool_drop();
    int64_t found = collected(2), kept = revived ? (int64_t)gilt_list_size(revived) : 0;
    if (ring) expect(finalized == 2 && called == (weakref != NULL));
    if (ring) expect(found == (kept ? 0 : 2));
    expect(!weakref || !gilt_weakref_get(weakref));
    GiltObject *list = revived;
    revived = NULL; /* if not both are in it, the other one dies now */
    gilt_decref(list);
    expect(collected(2) == (ring && kept ? 2 : 0));
    if (ring) expect(finalized == 2);
    gilt_decref(weakref);
    gilt_decref(callback);
    done(true);
}

static void step_finalizers(void) {
    if (!make_finalized_class()) return;
    pool_drop();
    finalize_a_pair(false);
    finalize_a_pair(true);
}

/* ---- Classes that die ---- */

/* Blocks that stay of them: counted here, since a fault leaves less of them. */
static size_t remains_of_classes;

static void step_dying_classes(void) {
    collected(2);
    if (!made(gilt_intern("item"))) return; /* it is not of the class, and stays, too */
    size_t before = gilt_memory().blocks;
    unsigned failures_before = failures;
    GiltObject *class = made(gilt_class_new("Dying", NULL, NULL));
    GiltObject *child = class ? made(gilt_class_new("Child", class, NULL)) : NULL;
    GiltObject *o = child ? made(gilt_instance_new(child)) : NULL;
    bool whole = attribute_set(class, "item", o);
    pool_drop();
    int64_t found = collected(2);
    if (whole) expect(found == 5); /* the classes, their dicts, the instance */
    expect(collected(2) == 0);
    size_t remains = gilt_memory().blocks - before;
    remains_of_classes += remains;
    expect(failures > failures_before ? remains <= 6 : remains == 6);
}

/* ---- What programs ask ---- */

static bool is_in(GiltObject *list, GiltObject *o) {
    bool found = false;
    for (size_t i = 0; i < gilt_list_size(list) && !found; i++) {
        GiltObject *one = gilt_list_get(list, (ssize_t)i);
        found = one == o;
        gilt_decref(one);
    }
    return found;
}

static void step_inspection(void) {
    GiltObject *inner = made(gilt_list_new(NULL, 0));
    GiltObject *outer = inner ? made(gilt_list_new(&inner, 1)) : NULL;
    if (!outer) return;
    GiltObject *all = made(gilt_gc_objects(-1)), *young = made(gilt_gc_objects(0));
    expect(!all || (is_in(all, inner) && is_in(all, outer)));
    expect(!young || gilt_list_size(young) > 0);
    GiltObject *from = made(gilt_gc_referrers(&inner, 1));
    expect(!from || is_in(from, outer));
    GiltObject *to = made(gilt_gc_referents(&outer, 1));
    expect(!to || (gilt_list_size(to) == 1 && is_in(to, inner)));
    refused(gilt_gc_objects(3), GILT_VALUE_ERROR);
    expect(gilt_gc_freeze_count() == 0);
    gilt_gc_freeze();
    expect(gilt_gc_freeze_count() > 1);
    collected(2);
    gilt_gc_unfreeze();
    expect(gilt_gc_freeze_count() == 0);
    expect(gilt_gc_is_tracked(outer));
    unsigned char map[4];
    gilt_memory_map(map, sizeof map); /* 0 if there is no memory */
    done(true);
}

/* ---- What programs hear ---- */

/* One fault costs at most one of the calls. */
static void hear_collections(GiltObject *callbacks) {
    int called = 0;
    GiltObject *callback = made(gilt_function_new("called", native_called, &called));
    if (!callback || !done(gilt_list_append(callbacks, callback))) return;
    for (int i = 0; i < 3; i++) expect(collected(i) >= 0);
    gilt_list_clear(callbacks);
    expect(called >= 5);
    collected(2);
}

/* What is not kept for lack of memory is found again, too. */
static void keep_garbage(GiltObject *garbage) {
    collected(2);
    int count = make_cycle();
    gilt_gc_set_debug(GILT_GC_DEBUG_SAVEALL);
    pool_drop();
    int64_t found = collected(2);
    gilt_gc_set_debug(0);
    expect(found == count && gilt_list_size(garbage) <= (size_t)count);
    gilt_list_clear(garbage);
    expect(collected(2) == count);
}

static void step_reports(void) {
    GiltObject *callbacks = gilt_gc_callbacks(), *garbage = gilt_gc_garbage();
    if (!callbacks || !garbage) {
        failed(0); /* one of them, or it would be two faults */
        return;
    }
    hear_collections(callbacks);
    pool_drop();
    keep_garbage(garbage);
}
