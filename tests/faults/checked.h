/* checked.h: calls that may fail, and what must hold when they do.
 *
 * Each call of a program that an allocation may fail in goes through one of these
 * functions. Invariant that they check: a call that fails has set MemoryError and no other
 * exception, one that succeeds has set none. What a call makes is dropped by pool_drop, at
 * the end of the step that made it. The first thing that is wrong is noted in `complaint`;
 * the program goes on. Threads of the program have a pool each. */
#pragma once
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/gilt.h"

static char complaint[512];
static const char *step_name;
static _Atomic unsigned failures; /* calls that failed for lack of memory */
static pthread_mutex_t complaining = PTHREAD_MUTEX_INITIALIZER;

__attribute__((format(printf, 1, 2))) static void complain(const char *format, ...) {
    va_list args;
    va_start(args, format);
    pthread_mutex_lock(&complaining);
    if (!*complaint) {
        int used = snprintf(complaint, sizeof complaint, "step %s: ", step_name);
        vsnprintf(complaint + used, sizeof complaint - (size_t)used, format, args);
    }
    pthread_mutex_unlock(&complaining);
    va_end(args);
}

#define expect(what)                                                                       \
    do {                                                                                   \
        if (!(what)) complain("line %d: not so: %s", __LINE__, #what);                     \
    } while (0)

/* A call has failed: for lack of memory, or as it had to (`type`, if not 0). */
static void failed(GiltType type) {
    if (!gilt_error()) {
        complain("a call failed without an exception");
    } else if (gilt_error_is(GILT_MEMORY_ERROR)) {
        failures++;
    } else if (!type || !gilt_error_is(type)) {
        GiltObject *text = gilt_str(gilt_error());
        char *utf8 = text ? gilt_str_utf8(text, NULL) : NULL;
        complain("a call raised %s: %s", gilt_type_name(gilt_error()), utf8 ? utf8 : "?");
        free(utf8);
        gilt_decref(text);
    }
    gilt_error_clear();
}

static bool done(bool well) {
    if (!well)
        failed(0);
    else if (gilt_error()) {
        complain("a call succeeded and set %s", gilt_type_name(gilt_error()));
        gilt_error_clear();
    }
    return well;
}

static _Thread_local GiltObject *pool[1024];
static _Thread_local size_t pooled;

/* The result of a call that makes an object; NULL if there was no memory for it. */
static GiltObject *made(GiltObject *object) {
    if (done(object != NULL)) pool[pooled++] = object;
    if (pooled == sizeof pool / sizeof *pool) complain("the pool is full"), pooled--;
    return object;
}

/* The same for a call that may also find nothing. */
static inline GiltObject *found(GiltObject *object) {
    return object || gilt_error() ? made(object) : NULL;
}

/* The result of a call that answers with a number, below 0 for an error. */
static int64_t answered(int64_t answer) {
    done(answer >= 0);
    return answer;
}

/* A call must raise this, or have had no memory to. */
static inline void refused(bool well, GiltType type) {
    if (well)
        complain("a call that must raise has succeeded");
    else
        failed(type);
}

static void pool_drop(void) {
    while (pooled) gilt_decref(pool[--pooled]);
    if (gilt_error()) {
        complain("dropping has set %s", gilt_type_name(gilt_error()));
        gilt_error_clear();
    }
}

/* The repr of `object` must be this, if there is memory for it. */
static inline void shows(GiltObject *object, const char *text) {
    GiltObject *repr = object ? made(gilt_repr(object)) : NULL;
    char *utf8 = repr ? gilt_str_utf8(repr, NULL) : NULL;
    if (repr && done(utf8) && strcmp(utf8, text)) complain("%s, not %s", utf8, text);
    free(utf8);
}
