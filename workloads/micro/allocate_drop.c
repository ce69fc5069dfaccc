/* allocate-drop: what do the birth and the death of a small object cost?
 *
 * Each thread makes floats, tuples, lists and instances in turn, and drops each when 64
 * younger ones have been made, as programs do: so blocks come back in another order than
 * that of a stack, and destruction cascades one level deep. */
#include "workloads/micro/values.h"

enum { OBJECTS = 8192, ALIVE = 64 };

static GiltObject *class, *name;
static _Thread_local GiltObject *alive[ALIVE];

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return (name = gilt_intern("value")) && (class = gilt_class_new("Small", NULL, NULL));
}

/* One object that holds `value`, new; its kind goes by the two lowest bits of i. */
static GiltObject *make(int i) {
    GiltObject *value = gilt_float(i * 0.5);
    if (!value || i % 4 == 0) return value;
    GiltObject *pair[2] = {value, value}, *made;
    if (i % 4 == 1)
        made = gilt_tuple_new(pair, 2);
    else if (i % 4 == 2)
        made = gilt_list_new(pair, 2);
    else if ((made = gilt_instance_new(class)) && !gilt_set_attr(made, name, value))
        drop(&made);
    gilt_decref(value);
    return made;
}

static bool look(int i, GiltObject *made, uint64_t *sum) {
    GiltObject *found = i % 4 == 0   ? gilt_incref(made)
                        : i % 4 == 1 ? gilt_tuple_get(made, 1)
                        : i % 4 == 2 ? gilt_list_get(made, 1)
                                     : gilt_get_attr(made, name);
    double value;
    bool ok = found && gilt_float_value(found, &value);
    gilt_decref(found);
    if (ok) *sum = mix(*sum, (uint64_t)(value * 2));
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int i = 0; i < OBJECTS; i++) {
        GiltObject **place = &alive[i % ALIVE];
        drop(place);
        *place = make(i);
        if (!*place || !look(i, *place, &sum)) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    *checksum = sum;
    return true;
}

static void end(int thread) {
    (void)thread;
    drop_all(alive, ALIVE);
}

static void teardown(void) {
    drop(&class);
    drop(&name);
}

WORKLOAD(allocate_drop) = {
    .name = "allocate-drop",
    .title = "make and drop floats, tuples, lists and instances",
    .operations = OBJECTS,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .end = end,
    .teardown = teardown,
};
