/* time.c: the module time: clocks, and sleep. What knows calendars is time_calendar.c.
 *
 * A time is kept as whole nanoseconds, and becomes a double at the last step. */
#include "core/modules/time.h"
#include "core/object/error.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/str.h"
#include "core/vm/signals.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND INT64_C(1000000000)

/* ---- Clocks ---------------------------------------------------------------------- */

/* The names by which get_clock_info knows them. */
static const struct Clock {
    const char *name;
    clockid_t id;
    const char *source;
    bool monotonic, adjustable;
} clocks[] = {
    {"time", CLOCK_REALTIME, "clock_gettime(CLOCK_REALTIME)", false, true},
    {"monotonic", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"perf_counter", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
    {"process_time", CLOCK_PROCESS_CPUTIME_ID, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)",
     true, false},
    {"thread_time", CLOCK_THREAD_CPUTIME_ID, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true,
     false},
};
enum { CLOCKS = sizeof clocks / sizeof *clocks };

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

static double as_seconds(int64_t time) {
    return time % SECOND ? (double)time / 1e9 : (double)(time / SECOND);
}

#define CLOCK(name, clock)                                                                 \
    static Object *do_##name(Object *self, Object *const *arguments, size_t count) {       \
        (void)self, (void)arguments, (void)count;                                          \
        return gilt_float(as_seconds(nanoseconds(clock)));                                 \
    }                                                                                      \
    static Object *do_##name##_ns(Object *self, Object *const *arguments, size_t count) {  \
        (void)self, (void)arguments, (void)count;                                          \
        return gilt_int(nanoseconds(clock));                                               \
    }
CLOCK(time, CLOCK_REALTIME)
CLOCK(monotonic, CLOCK_MONOTONIC)
CLOCK(process_time, CLOCK_PROCESS_CPUTIME_ID)
CLOCK(thread_time, CLOCK_THREAD_CPUTIME_ID)
#undef CLOCK

/* Any clock of the system, by its number. */
static bool any_clock(Object *which, int (*ask)(clockid_t, struct timespec *),
                      int64_t *time) {
    struct timespec answer;
    ssize_t clock;
    if (!object_index(which, &clock)) return false;
    if (ask((clockid_t)clock, &answer)) return error_raise_os(errno, NULL, NULL);
    *time = answer.tv_sec * SECOND + answer.tv_nsec;
    return true;
}

static Object *do_gettime(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int64_t time;
    if (!any_clock(arguments[0], clock_gettime, &time)) return NULL;
    return gilt_float(as_seconds(time));
}

static Object *do_gettime_ns(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int64_t time;
    return any_clock(arguments[0], clock_gettime, &time) ? gilt_int(time) : NULL;
}

static Object *do_getres(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int64_t time;
    if (!any_clock(arguments[0], clock_getres, &time)) return NULL;
    return gilt_float(as_seconds(time));
}

static Object *clock_info(const struct Clock *clock) {
    static const char *const fields[] = {"implementation", "monotonic", "adjustable",
                                         "resolution"};
    static const RecordSpec spec = {"namespace", fields, 4};
    struct timespec step;
    clock_getres(clock->id, &step);
    return record_new(&spec, (Object *[]){gilt_str_from(clock->source),
                                          gilt_bool(clock->monotonic),
                                          gilt_bool(clock->adjustable),
                                          gilt_float(as_seconds(step.tv_nsec))});
}

static Object *do_get_clock_info(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (!str_expect(arguments[0])) return NULL;
    char *name = gilt_str_utf8(arguments[0], NULL);
    if (!name) return NULL;
    const struct Clock *found = NULL;
    for (int i = 0; i < CLOCKS; i++)
        if (!strcmp(name, clocks[i].name)) found = &clocks[i];
    free(name);
    return found ? clock_info(found) : gilt_raise(GILT_VALUE_ERROR, "unknown clock");
}

/* ---- Sleep ----------------------------------------------------------------------- */

static Object *too_large(void) {
    return gilt_raise(GILT_OVERFLOW_ERROR, "timestamp too large to convert to C _PyTime_t");
}

/* Of a float, rounded up, or of an int. */
static bool duration_of(Object *o, int64_t *time) {
    if (float_check(o)) {
        double seconds = float_value(o) * 1e9;
        if (isnan(seconds))
            return gilt_raise(GILT_VALUE_ERROR, "Invalid value NaN (not a number)");
        if (!(fabs(seconds) < 0x1p63)) return too_large();
        *time = (int64_t)ceil(seconds);
        return true;
    }
    if (!number_index_cut(o, time)) return false;
    return !__builtin_mul_overflow(*time, SECOND, time) || too_large();
}

/* Until a signal has raised an exception, or the time has come. */
static bool sleep_until(int64_t end) {
    struct timespec until = {end / SECOND, end % SECOND};
    int wrong;
    do {
        gilt_blocking_begin();
        wrong = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        gilt_blocking_end();
        gilt_safepoint();
        if (!signals_check()) return false;
    } while (wrong == EINTR);
    return true;
}

static Object *do_sleep(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int64_t time, end;
    if (!duration_of(arguments[0], &time)) return NULL;
    if (time < 0) return gilt_raise(GILT_VALUE_ERROR, "sleep length must be non-negative");
    if (__builtin_add_overflow(nanoseconds(CLOCK_MONOTONIC), time, &end)) end = INT64_MAX;
    return sleep_until(end) ? gilt_none() : NULL;
}

/* ---- The module ------------------------------------------------------------------ */

static const Native functions[] = {
    {"time()", do_time},
    {"time_ns()", do_time_ns},
    {"monotonic()", do_monotonic},
    {"monotonic_ns()", do_monotonic_ns},
    {"perf_counter()", do_monotonic},
    {"perf_counter_ns()", do_monotonic_ns},
    {"process_time()", do_process_time},
    {"process_time_ns()", do_process_time_ns},
    {"thread_time()", do_thread_time},
    {"thread_time_ns()", do_thread_time_ns},
    {"clock_gettime(clk_id, /)", do_gettime},
    {"clock_gettime_ns(clk_id, /)", do_gettime_ns},
    {"clock_getres(clk_id, /)", do_getres},
    {"get_clock_info(name, /)", do_get_clock_info},
    {"sleep(seconds, /)", do_sleep},
    {0},
};

static bool put_int(Object *module, const char *name, int64_t value) {
    return module_put(module, name, gilt_int(value));
}

static bool fill(Object *module) {
    return natives_add(module_dict(module), time_calendar, NULL, module) &&
           time_fill_zone(module) && put_int(module, "CLOCK_REALTIME", CLOCK_REALTIME) &&
           put_int(module, "CLOCK_MONOTONIC", CLOCK_MONOTONIC) &&
           put_int(module, "CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW) &&
           put_int(module, "CLOCK_BOOTTIME", CLOCK_BOOTTIME) &&
           put_int(module, "CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID) &&
           put_int(module, "CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID);
}

const ModuleSpec time_module = {"time", functions, fill};
