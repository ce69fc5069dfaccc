/* gc.c: the module gc: the collector's functions of gilt.h, as Python names them. */
#include "core/modules/module.h"
#include "core/object/builtin.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"
#include <limits.h>

static Object *function_enable(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    gilt_gc_enable();
    return gilt_none();
}

static Object *function_disable(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    gilt_gc_disable();
    return gilt_none();
}

static Object *function_is_enabled(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_bool(gilt_gc_is_enabled());
}

static bool int_read(Object *o, int *value) {
    ssize_t wide;
    if (!index_number(o, GILT_OVERFLOW_ERROR, &wide)) return false;
    *value = wide < INT_MIN ? INT_MIN : wide > INT_MAX ? INT_MAX : (int)wide;
    return true;
}

static Object *function_collect(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int generation = 2;
    if (arguments[0] && !int_read(arguments[0], &generation)) return NULL;
    if (generation < 0 || generation > 2)
        return gilt_raise(GILT_VALUE_ERROR, "invalid generation");
    ssize_t found = gilt_gc_collect(generation);
    return found < 0 ? NULL : gilt_int(found);
}

/* ---- Counts and thresholds ---- */

static Object *three(const size_t numbers[3]) {
    Object *items[3] = {0}, *tuple = NULL;
    bool well = true;
    for (int i = 0; i < 3 && well; i++) well = (items[i] = gilt_int((int64_t)numbers[i]));
    if (well) tuple = gilt_tuple_new(items, 3);
    for (int i = 0; i < 3; i++) decref_maybe(items[i]);
    return tuple;
}

static Object *function_get_count(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    size_t counts[3];
    gilt_gc_counts(counts);
    return three(counts);
}

static Object *function_get_threshold(Object *self, Object *const *arguments,
                                      size_t count) {
    (void)self, (void)arguments, (void)count;
    size_t thresholds[3];
    gilt_gc_thresholds(thresholds);
    return three(thresholds);
}

static Object *function_set_threshold(Object *self, Object *const *arguments,
                                      size_t count) {
    (void)self, (void)count;
    size_t thresholds[3];
    gilt_gc_thresholds(thresholds);
    for (int i = 0; i < 3 && arguments[i]; i++) {
        int value;
        if (!int_read(arguments[i], &value)) return NULL;
        thresholds[i] = value < 0 ? 0 : (size_t)value;
    }
    gilt_gc_set_thresholds(thresholds);
    return gilt_none();
}

/* ---- Figures ---- */

static bool put(Object *dict, const char *name, Object *value) {
    Object *key = value ? gilt_intern(name) : NULL;
    bool well = key && gilt_dict_set(dict, key, value);
    decref_maybe(value);
    return well;
}

static Object *stats_of(int generation) {
    GiltGcStats stats;
    gilt_gc_stats(generation, &stats);
    Object *dict = gilt_dict_new();
    if (dict && put(dict, "collections", gilt_int((int64_t)stats.collections)) &&
        put(dict, "collected", gilt_int((int64_t)stats.collected)) &&
        put(dict, "uncollectable", gilt_int((int64_t)stats.uncollectable)) &&
        put(dict, "candidates", gilt_int((int64_t)stats.candidates)) &&
        put(dict, "finalized", gilt_int((int64_t)stats.finalized)) &&
        put(dict, "resurrected", gilt_int((int64_t)stats.resurrected)) &&
        put(dict, "seconds_to_stop", gilt_float(stats.seconds_to_stop)) &&
        put(dict, "seconds_stopped", gilt_float(stats.seconds_stopped)) &&
        put(dict, "longest_stop", gilt_float(stats.longest_stop)))
        return dict;
    decref_maybe(dict);
    return NULL;
}

static Object *function_get_stats(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    Object *list = gilt_list_new(NULL, 0);
    bool well = list;
    for (int i = 0; i < 3 && well; i++) {
        Object *stats = stats_of(i);
        well = stats && gilt_list_append(list, stats);
        decref_maybe(stats);
    }
    if (well) return list;
    decref_maybe(list);
    return NULL;
}

/* ---- What refers to what ---- */

static Object *function_get_objects(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int generation = -1;
    Object *given = arguments[0];
    if (given && !is_type(given, GILT_NONE)) {
        if (!int_read(given, &generation)) return NULL;
        if (generation < 0 || generation > 2)
            return gilt_raise(GILT_VALUE_ERROR,
                              generation < 0 ? "generation parameter cannot be negative"
                                             : "generation parameter must be less than the "
                                               "number of available generations (3)");
    }
    return gilt_gc_objects(generation);
}

static Object *function_get_referrers(Object *self, Object *const *arguments,
                                      size_t count) {
    (void)self;
    return gilt_gc_referrers(arguments, count);
}

static Object *function_get_referents(Object *self, Object *const *arguments,
                                      size_t count) {
    (void)self;
    return gilt_gc_referents(arguments, count);
}

static Object *function_is_tracked(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_bool(gilt_gc_is_tracked(arguments[0]));
}

static Object *function_is_finalized(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_bool(gilt_gc_is_finalized(arguments[0]));
}

/* ---- Freezing and debugging ---- */

static Object *function_freeze(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    gilt_gc_freeze();
    return gilt_none();
}

static Object *function_unfreeze(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    gilt_gc_unfreeze();
    return gilt_none();
}

static Object *function_freeze_count(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int((int64_t)gilt_gc_freeze_count());
}

static Object *function_set_debug(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int flags;
    if (!int_read(arguments[0], &flags)) return NULL;
    gilt_gc_set_debug(flags);
    return gilt_none();
}

static Object *function_get_debug(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int(gilt_gc_debug());
}

static const Native functions[] = {
    {"enable()", function_enable},
    {"disable()", function_disable},
    {"isenabled()", function_is_enabled},
    {"collect(generation=)", function_collect},
    {"get_count()", function_get_count},
    {"get_threshold()", function_get_threshold},
    {"set_threshold(threshold0, threshold1=, threshold2=, /)", function_set_threshold},
    {"get_stats()", function_get_stats},
    {"get_objects(generation=)", function_get_objects},
    {"get_referrers(*objs)", function_get_referrers},
    {"get_referents(*objs)", function_get_referents},
    {"is_tracked(obj, /)", function_is_tracked},
    {"is_finalized(obj, /)", function_is_finalized},
    {"freeze()", function_freeze},
    {"unfreeze()", function_unfreeze},
    {"get_freeze_count()", function_freeze_count},
    {"set_debug(flags, /)", function_set_debug},
    {"get_debug()", function_get_debug},
    {0},
};

static bool put_list(Object *module, const char *name, Object *borrowed) {
    return borrowed && module_put(module, name, incref(borrowed));
}

static bool fill(Object *module) {
    return module_put(module, "DEBUG_STATS", gilt_int(GILT_GC_DEBUG_STATS)) &&
           module_put(module, "DEBUG_COLLECTABLE", gilt_int(GILT_GC_DEBUG_COLLECTABLE)) &&
           module_put(module, "DEBUG_UNCOLLECTABLE",
                      gilt_int(GILT_GC_DEBUG_UNCOLLECTABLE)) &&
           module_put(module, "DEBUG_SAVEALL", gilt_int(GILT_GC_DEBUG_SAVEALL)) &&
           module_put(module, "DEBUG_LEAK", gilt_int(GILT_GC_DEBUG_LEAK)) &&
           put_list(module, "callbacks", gilt_gc_callbacks()) &&
           put_list(module, "garbage", gilt_gc_garbage());
}

const ModuleSpec gc_module = {"gc", functions, fill};
