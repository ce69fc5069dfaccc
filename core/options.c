/* options.c: reads settings. To add an option: a field in Options, a row in the table. */
#include "core/options.h"
#include "core/chaos.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

Options options;

void options_reset(void) {
    options.gil_ticks = false;
    atomic_store(&options.switch_nanoseconds, 5000000);
    options.reclaim_object = false;
    options.retire_bytes = 512 * 1024;
    options.refcache = 8;
    options.gc_threads = 0;
    options.gc_stress = 0;
    options.out_of_memory = 0;
    options.chaos = 0;
    options.trace[0] = 0;
}

static bool read_number(const char *text, double least, double most, double *number) {
    char *end;
    errno = 0;
    *number = strtod(text, &end);
    return *text && !*end && !errno && *number >= least && *number <= most;
}

static const char *set_gil(const char *value) {
    bool ticks = !strcmp(value, "ticks");
    if (!ticks && strcmp(value, "interval")) return "gil must be interval or ticks";
    options.gil_ticks = ticks;
    return NULL;
}

static const char *set_interval(const char *value) {
    double seconds;
    if (!read_number(value, 1e-6, 10, &seconds))
        return "interval must be a number of seconds from 0.000001 to 10";
    atomic_store(&options.switch_nanoseconds, (uint64_t)(seconds * 1e9));
    return NULL;
}

static const char *set_reclaim(const char *value) {
    bool object = !strcmp(value, "object");
    if (!object && strcmp(value, "page")) return "reclaim must be page or object";
    options.reclaim_object = object;
    return NULL;
}

static const char *set_retire(const char *value) {
    double bytes;
    if (!read_number(value, 0, 1e12, &bytes)) return "retire must be a number of bytes";
    options.retire_bytes = (size_t)bytes;
    return NULL;
}

static const char *set_refcache(const char *value) {
    double n;
    if (!read_number(value, 0, 255, &n) || n != (unsigned)n)
        return "refcache must be a number from 1 to 255, or 0 for never";
    options.refcache = (unsigned)n;
    return NULL;
}

static const char *set_oom(const char *value) {
    double n;
    if (!read_number(value, 0, 1e15, &n)) return "oom must be a number of allocations";
    options.out_of_memory = (uint64_t)n;
    return NULL;
}

static const char *set_gc_threads(const char *value) {
    double n;
    if (!read_number(value, 1, 16, &n) || n != (unsigned)n)
        return "gc_threads must be a number from 1 to 16";
    options.gc_threads = (unsigned)n;
    return NULL;
}

static const char *set_gc_stress(const char *value) {
    double n;
    if (!read_number(value, 0, 1e9, &n)) return "gc_stress must be a number of allocations";
    options.gc_stress = (size_t)n;
    return NULL;
}

static const char *set_trace(const char *value) {
    size_t length = strlen(value);
    if (!length || length >= sizeof options.trace)
        return "trace must be the path of the file to write";
    memcpy(options.trace, value, length + 1);
    return NULL;
}

static const char *set_chaos(const char *value) {
    double seed;
    if (!read_number(value, 0, 1e15, &seed) || seed != (double)(uint64_t)seed)
        return "chaos must be a number, the seed; 0 for none";
    if (seed != 0 && !CHAOS_IS_HERE)
        return "this build has no points for chaos: make it with DEBUG=1, SAN= or CHAOS=1";
    options.chaos = (uint64_t)seed;
    return NULL;
}

static const struct {
    const char *name;
    const char *(*set)(const char *value);
} table[] = {{"gil", set_gil},
             {"interval", set_interval},
             {"reclaim", set_reclaim},
             {"retire", set_retire},
             {"refcache", set_refcache},
             {"gc_threads", set_gc_threads},
             {"gc_stress", set_gc_stress},
             {"trace", set_trace},
             {"oom", set_oom},
             {"chaos", set_chaos}};

const char *options_set(const char *setting) {
    const char *equals = strchr(setting, '=');
    if (!equals) return "an option is name=value";
    size_t length = (size_t)(equals - setting);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].name) == length && !strncmp(table[i].name, setting, length))
            return table[i].set(equals + 1);
    return "no such option; there are gil, interval, reclaim, retire, refcache, "
           "gc_threads, gc_stress, trace, oom and chaos";
}

const char *options_from_environment(void) {
    const char *variable = getenv("GILT_X");
    if (!variable) return NULL;
    char *settings = strdup(variable), *rest;
    const char *wrong = settings ? NULL : "no memory";
    for (char *one = settings ? strtok_r(settings, " ,", &rest) : NULL; one && !wrong;
         one = strtok_r(NULL, " ,", &rest))
        wrong = options_set(one);
    free(settings);
    return wrong;
}
