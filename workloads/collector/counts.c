/* counts.c: a fixed program that makes every kind of garbage, and what the collector says
 * it did. On one thread all of it must be the same in every mode: what is collected, when,
 * and what of it was found, freed, finalised, brought back to life and promoted.
 *
 * promoted: looked at, and neither garbage nor brought back to life. freed: what a weak
 * reference no longer finds, of one pair in ten. */
#include "workloads/collector/scenes.h"
#include "workloads/micro/cycles.h"
#include <inttypes.h>

static GiltObject *final_class, *kept, *saved, *watched, *name_del;
static uint64_t calls;

/* __del__: one in ten lives on. */
static GiltObject *last_words(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)count;
    int64_t number;
    calls++;
    if (!take_int(gilt_get_attr(arguments[0], name_number), &number)) return NULL;
    if (number % 10 == 0 && !gilt_list_append(saved, arguments[0])) return NULL;
    return gilt_none();
}

bool counts_begin(size_t size) {
    (void)size;
    calls = 0;
    if (!nodes_setup() || !(kept = gilt_list_new(NULL, 0)) ||
        !(saved = gilt_list_new(NULL, 0)) || !(watched = gilt_list_new(NULL, 0)) ||
        !(name_del = gilt_intern("__del__")) ||
        !(final_class = gilt_class_new("Final", NULL, NULL)))
        return false;
    GiltObject *function = gilt_function_new("__del__", last_words, NULL);
    bool ok = function && gilt_set_attr(final_class, name_del, function);
    gilt_decref(function);
    return ok;
}

void counts_end(void) {
    drop(&final_class);
    drop(&kept);
    drop(&saved);
    drop(&watched);
    drop(&name_del);
    nodes_teardown();
}

/* A pair through an instance with a __del__, a list and a dict: a ring of four. */
static GiltObject *ring_new(int64_t value) {
    GiltObject *number = gilt_int(value), *final = gilt_instance_new(final_class);
    GiltObject *list = gilt_list_new(&final, 1), *dict = gilt_dict_new();
    GiltObject *items[2] = {dict, list};
    GiltObject *tuple = dict && list ? gilt_tuple_new(items, 2) : NULL;
    bool ok = number && final && tuple && gilt_dict_set(dict, name_other, list) &&
              gilt_set_attr(final, name_number, number) &&
              gilt_set_attr(final, name_other, tuple);
    gilt_decref(number);
    gilt_decref(list);
    gilt_decref(dict);
    gilt_decref(tuple);
    if (!ok) drop(&final);
    return final;
}

static bool step(int64_t i) {
    GiltObject *made = i % 7 == 0 ? ring_new(i) : pair_new(i);
    bool ok = made != NULL;
    if (ok && i % 10 == 0) ok = put_last(watched, gilt_weakref_new(made, NULL));
    if (ok && i % 50 == 0) ok = gilt_list_append(kept, made);
    gilt_decref(made);
    gilt_safepoint();
    return ok;
}

static bool run(size_t size) {
    for (size_t i = 0; i < size; i++)
        if (!step((int64_t)i)) return false;
    gilt_list_clear(kept);
    if (gilt_gc_collect(1) < 0 || gilt_gc_collect(2) < 0) return false;
    gilt_list_clear(saved); /* these are not finalised again */
    return gilt_gc_collect(2) >= 0;
}

static bool count_freed(uint64_t *freed) {
    *freed = 0;
    size_t size = gilt_list_size(watched);
    for (size_t i = 0; i < size; i++) {
        GiltObject *weakly = gilt_list_get(watched, (ssize_t)i);
        if (!weakly) return false;
        GiltObject *object = gilt_weakref_get(weakly);
        *freed += !object;
        gilt_decref(object);
        gilt_decref(weakly);
    }
    return true;
}

bool counts_sample(size_t size, FILE *answer) {
    uint64_t freed;
    if (!run(size) || !count_freed(&freed)) return false;
    for (int g = 0; g < 3; g++) {
        GiltGcStats s;
        gilt_gc_stats(g, &s);
        fprintf(answer,
                " collections_%d=%" PRIu64 " found_%d=%" PRIu64 " finalised_%d=%" PRIu64
                " resurrected_%d=%" PRIu64 " promoted_%d=%" PRIu64,
                g, s.collections, g, s.collected, g, s.finalized, g, s.resurrected, g,
                s.candidates - s.collected - s.resurrected);
    }
    fprintf(answer, " freed=%" PRIu64 " watched=%zu calls=%" PRIu64 " blocks=%zu", freed,
            gilt_list_size(watched), calls, gilt_memory().blocks);
    return true;
}
