/* weakref: what do weak references cost, made, read while the object lives, and killed?
 *
 * Each operation makes an instance and a weak reference to it, reads through it, kills the
 * instance and asks again. Every fourth reference has a callback. */
#include "workloads/micro/values.h"

enum { OBJECTS = 2048 };

static GiltObject *class, *name;
static _Thread_local GiltObject *callback;
static _Thread_local uint64_t deaths;

static GiltObject *count_death(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments;
    deaths += count;
    return gilt_none();
}

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return (name = gilt_intern("number")) && (class = gilt_class_new("Mortal", NULL, NULL));
}

static bool begin(int thread) {
    (void)thread;
    return (callback = gilt_function_new("count_death", count_death, NULL)) != NULL;
}

/* What the living object says, seen through the weak reference alone. */
static bool look(GiltObject *weak, uint64_t *sum) {
    GiltObject *found = gilt_weakref_get(weak);
    if (!found) return gilt_raise(GILT_RUNTIME_ERROR, "a living object is not found");
    bool ok = mix_taken(sum, gilt_get_attr(found, name));
    gilt_decref(found);
    return ok;
}

static bool live_and_die(int i, uint64_t *sum) {
    GiltObject *weak = NULL, *object = gilt_instance_new(class);
    bool ok = object && put_attr(object, name, gilt_int(1000 + i)) &&
              (weak = gilt_weakref_new(object, i % 4 ? NULL : callback)) && look(weak, sum);
    gilt_decref(object);
    if (ok) {
        GiltObject *ghost = gilt_weakref_get(weak);
        *sum = mix(*sum, ghost != NULL);
        gilt_decref(ghost);
    }
    gilt_decref(weak);
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    deaths = 0;
    for (int i = 0; i < OBJECTS; i++) {
        if (!live_and_die(i, &sum)) return false;
        if (i % 4 == 0) gilt_safepoint();
    }
    *checksum = mix(sum, deaths);
    return true;
}

static void end(int thread) {
    (void)thread;
    drop(&callback);
}

static void teardown(void) {
    drop(&class);
    drop(&name);
}

WORKLOAD(weakref) = {
    .name = "weakref",
    .title = "make, read and kill weak references",
    .operations = OBJECTS,
    .data = PRIVATE,
    .setup = setup,
    .begin = begin,
    .batch = batch,
    .end = end,
    .teardown = teardown,
};
