/* instances.h: the program of instance-attributes and instance-slots, which differ in the
 * class alone: `slots` is NULL, or the names of the attributes.
 *
 * Make a point, set three attributes, replace one by a sum, read all, drop it. A few
 * hundred points stay alive at a time, as in a program that keeps what it computes. */
#pragma once
#include "workloads/micro/values.h"

enum { POINTS = 4096, KEPT = 256, NAMES = 3 };

static const char *const slot_names[NAMES + 1] = {"x", "y", "z", NULL};
static GiltObject *class, *names[NAMES];
static _Thread_local GiltObject *kept[KEPT], *values[NAMES];

static bool setup_with(const char *const *slots) {
    if (!(class = gilt_class_new("Point", NULL, slots))) return false;
    for (int i = 0; i < NAMES; i++)
        if (!(names[i] = gilt_intern(slot_names[i]))) return false;
    return true;
}

static bool begin(int thread) {
    (void)thread;
    for (int i = 0; i < NAMES; i++)
        if (!(values[i] = gilt_int(1000 + i))) return false;
    return true;
}

static GiltObject *point_new(int number) {
    GiltObject *point = gilt_instance_new(class);
    for (int i = 0; point && i < NAMES; i++)
        if (!gilt_set_attr(point, names[i], values[(number + i) % NAMES])) drop(&point);
    return point;
}

/* point.x = point.x + point.y */
static bool point_move(GiltObject *point) {
    GiltObject *x = gilt_get_attr(point, names[0]),
               *y = x ? gilt_get_attr(point, names[1]) : NULL;
    bool ok = y && put_attr(point, names[0], gilt_add(x, y));
    gilt_decref(x);
    gilt_decref(y);
    return ok;
}

static bool point_read(GiltObject *point, uint64_t *sum) {
    for (int i = 0; i < NAMES; i++)
        if (!mix_taken(sum, gilt_get_attr(point, names[i]))) return false;
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int i = 0; i < POINTS; i++) {
        GiltObject **point = &kept[i % KEPT];
        drop(point);
        *point = point_new(i);
        if (!*point || !point_move(*point) || !point_read(*point, &sum)) return false;
        if (i % 4 == 0) gilt_safepoint();
    }
    *checksum = sum;
    return true;
}

static void end(int thread) {
    (void)thread;
    drop_all(kept, KEPT);
    drop_all(values, NAMES);
}

static void teardown(void) {
    drop(&class);
    drop_all(names, NAMES);
}
