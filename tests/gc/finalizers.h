/* finalizers.h: for tests with __del__ and with callbacks of weak references: classes whose
 * finaliser is a C function, a log of who was called in which order, and what stderr got.
 */
#pragma once
#include "tests/gc/cycles.h"
#include <unistd.h>

/* A class that inherits `base` (NULL: object), and `del` for its __del__. It stays until
 * the runtime ends, so use it in the body of CHECKED_FOR_LEAKS (kept.h). */
static inline GiltObject *class_with_del(GiltObject *base, GiltNative *del, void *data) {
    GiltObject *class = some(gilt_class_new("Del", base, NULL));
    assert_true(set(class, "__del__", gilt_function_new("__del__", del, data)));
    return class;
}

/* ---- The log ---- */

static char calls[4096]; /* one letter for each call, in order */
static size_t call_count;

static inline void note_call(char letter) {
    if (call_count < sizeof calls - 1) calls[call_count] = letter;
    calls[++call_count < sizeof calls ? call_count : sizeof calls - 1] = 0;
}

static inline void forget_calls(void) {
    call_count = 0;
    calls[0] = 0;
}

#define assert_calls(text)                                                                 \
    do {                                                                                   \
        assert_string_equal(calls, text);                                                  \
        forget_calls();                                                                    \
    } while (0)

/* A function that notes the first letter of its data. */
static inline GiltObject *note(void *letter, GiltObject *const *arguments, size_t count) {
    (void)arguments;
    note_call(count == 1 ? *(const char *)letter : '?');
    return gilt_none();
}

static inline GiltObject *noting(const char *letter) {
    return some(gilt_function_new("note", note, (void *)letter));
}

/* The same as a finaliser: it notes the attribute `name` of its object, which is a str. */
static inline GiltObject *note_name(void *data, GiltObject *const *arguments,
                                    size_t count) {
    (void)data;
    GiltObject *name = count == 1 ? get(arguments[0], "name") : NULL;
    char *text = name ? gilt_str_utf8(name, NULL) : NULL;
    note_call(text ? *text : '?');
    gilt_error_clear();
    free(text);
    gilt_decref(name);
    return gilt_none();
}

static inline GiltObject *named(GiltObject *class, const char *name) {
    GiltObject *o = some(gilt_instance_new(class));
    assert_true(set(o, "name", gilt_str_from(name)));
    return o;
}

/* A ring of `count` objects of this class, by `next`, with the names of these letters. */
static inline GiltObject *ring_of(GiltObject *class, const char *letters) {
    GiltObject *first = NULL, *last = NULL;
    for (; *letters; letters++) {
        GiltObject *o = named(class, (char[]){*letters, 0});
        if (last)
            link_to(last, "next", o);
        else
            first = gilt_incref(o);
        gilt_decref(last);
        last = o;
    }
    link_to(last, "next", first);
    gilt_decref(last);
    return first;
}

/* ---- What is printed ---- */

static int stderr_before, stderr_pipe[2];

static inline void stderr_begin(void) {
    fflush(stderr);
    stderr_before = dup(2);
    assert_int_equal(pipe(stderr_pipe), 0);
    dup2(stderr_pipe[1], 2);
}

/* What came since stderr_begin: no more than fits in a pipe. */
static inline void assert_stderr(const char *expected) {
    char text[4096];
    fflush(stderr);
    dup2(stderr_before, 2);
    close(stderr_pipe[1]);
    ssize_t length = read(stderr_pipe[0], text, sizeof text - 1);
    text[length < 0 ? 0 : length] = 0;
    close(stderr_pipe[0]);
    close(stderr_before);
    assert_string_equal(text, expected);
}
