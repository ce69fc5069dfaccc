/* _thread.c: the module _thread: starting threads, and their locks.
 *
 * A thread of the runtime must be joined once. Nobody joins one that a program has started
 * (threading.Thread.join waits for a lock), so a thread that ends puts itself into a list,
 * and the next one to start, or the end of the program, joins those. The end waits for
 * those that the program itself waits for (threads that are no daemons): threading has seen
 * their last line of Python by then, but they may not have come to their end. */
#define _GNU_SOURCE /* gettid */
#include "core/modules/local.h"
#include "core/modules/module.h"
#include "core/modules/rlock.h"
#include "core/modules/threads.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/builtin.h"
#include "core/threads/thread.h"
#include "core/types/class.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- Threads that have ended ---- */

typedef struct Started {
    Object *function, *arguments, *keywords; /* keywords: a dict, or NULL */
    GiltThread *thread;                      /* set by who started it */
    bool ended;   /* set by itself; the second of both queues it */
    bool awaited; /* by the end of the program */
    struct Started *next;
} Started;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* a leaf: guards those below */
static pthread_cond_t none_awaited = PTHREAD_COND_INITIALIZER;
static Started *to_join;
static size_t running, awaited;
static _Thread_local Started *own; /* NULL: of a thread that no program has started */

static void queue_if_both(Started *s) {
    if (!s->thread || !s->ended) return;
    s->next = to_join;
    to_join = s;
}

static void note_started(Started *s, GiltThread *thread) {
    pthread_mutex_lock(&mutex);
    s->thread = thread;
    queue_if_both(s);
    pthread_mutex_unlock(&mutex);
}

/* The calling thread, or one that could not be started, runs no more: under the mutex. */
static void note_gone(const Started *s) {
    running--;
    if (s->awaited && !--awaited) pthread_cond_broadcast(&none_awaited);
}

static void note_ended(Started *s) {
    pthread_mutex_lock(&mutex);
    note_gone(s);
    s->ended = true;
    queue_if_both(s);
    pthread_mutex_unlock(&mutex);
}

size_t program_threads(void) {
    pthread_mutex_lock(&mutex);
    size_t count = running;
    pthread_mutex_unlock(&mutex);
    return count;
}

void program_threads_reap(void) {
    pthread_mutex_lock(&mutex);
    Started *all = to_join;
    to_join = NULL;
    pthread_mutex_unlock(&mutex);
    for (Started *next; all; all = next) {
        next = all->next;
        gilt_thread_join(all->thread);
        free(all);
    }
}

void program_threads_finish(void) {
    blocking_begin();
    pthread_mutex_lock(&mutex);
    while (awaited) pthread_cond_wait(&none_awaited, &mutex);
    pthread_mutex_unlock(&mutex);
    blocking_end();
    program_threads_reap();
}

/* In a child the thread that forked is the main one: nobody waits for its end. */
void program_threads_fork(ForkStep step) {
    if (step == FORK_CHILD) {
        running = own ? 1 : 0;
        awaited = 0;
        if (own) own->awaited = false;
        pthread_cond_init(&none_awaited, NULL);
    }
    fork_mutex(&mutex, step);
}

/* ---- Starting ---- */

/* The keywords of a dict: their names as a tuple, and the values behind the others. */
static Object *call_with_dict(Object *function, Tuple *arguments, Object *keywords) {
    Object *names = gilt_dict_keys(keywords), *values = gilt_dict_values(keywords);
    Object *tuple = names ? tuple_from_list(names) : NULL, *result = NULL;
    size_t more = tuple ? gilt_tuple_size(tuple) : 0;
    Object **all = malloc((arguments->size + more + 1) * sizeof *all);
    if (tuple && values && all && gilt_list_size(values) == more) {
        for (size_t i = 0; i < arguments->size; i++) all[i] = arguments->items[i];
        for (size_t i = 0; i < more; i++)
            all[arguments->size + i] = gilt_list_get(values, (ssize_t)i);
        result = object_call(function, all, arguments->size, more ? tuple : NULL);
        for (size_t i = 0; i < more; i++) decref(all[arguments->size + i]);
    }
    free(all);
    decref_maybe(tuple);
    decref_maybe(values);
    decref_maybe(names);
    return result;
}

static Object *run(Started *s) {
    Tuple *arguments = (Tuple *)s->arguments;
    if (s->keywords) return call_with_dict(s->function, arguments, s->keywords);
    return object_call(s->function, arguments->items, arguments->size, NULL);
}

/* Nobody can catch what a thread raises; SystemExit just ends it. */
static void report(Object *function) {
    if (!gilt_error()) return;
    if (gilt_error_is(GILT_SYSTEM_EXIT)) {
        gilt_error_clear();
        return;
    }
    Object *error = gilt_error_take(), *shown = gilt_repr(function);
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    gilt_error_clear();
    fprintf(stderr, "Exception ignored in thread started by: %s\n", utf8 ? utf8 : "?");
    free(utf8);
    decref_maybe(shown);
    error_set(error);
    gilt_error_print();
}

static int64_t ident_of(const Started *s) { return (int64_t)(uintptr_t)s; }

static void thread_run(void *data) {
    Started *s = data;
    own = s;
    Object *result = run(s);
    decref_maybe(result);
    report(s->function);
    local_thread_ends();
    decref(s->function);
    decref(s->arguments);
    decref_maybe(s->keywords);
    note_ended(s);
}

static Started *started_new(Object *const *arguments, bool waited_for) {
    Started *s = calloc(1, sizeof *s);
    if (!s) return (Started *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    s->awaited = waited_for;
    s->function = incref(arguments[0]);
    s->arguments = incref(arguments[1]);
    s->keywords = arguments[2] ? incref(arguments[2]) : NULL;
    return s;
}

static bool start(Started *s) {
    pthread_mutex_lock(&mutex);
    running++;
    awaited += s->awaited;
    pthread_mutex_unlock(&mutex);
    GiltThread *thread = gilt_thread_start(thread_run, s);
    if (thread) return note_started(s, thread), true;
    pthread_mutex_lock(&mutex);
    note_gone(s);
    pthread_mutex_unlock(&mutex);
    decref(s->function);
    decref(s->arguments);
    decref_maybe(s->keywords);
    free(s);
    return false;
}

static Object *start_new(Object *const *arguments, bool waited_for) {
    if (!is_callable_type(type_of(arguments[0])))
        return gilt_raise(GILT_TYPE_ERROR, "first arg must be callable");
    if (!is_kind(arguments[1], GILT_TUPLE))
        return gilt_raise(GILT_TYPE_ERROR, "2nd arg must be a tuple");
    if (arguments[2] && !is_kind(arguments[2], GILT_DICT))
        return gilt_raise(GILT_TYPE_ERROR, "optional 3rd arg must be a dictionary");
    program_threads_reap();
    Started *s = started_new(arguments, waited_for);
    int64_t number = ident_of(s); /* it may be gone before start returns */
    return s && start(s) ? gilt_int(number) : NULL;
}

static Object *function_start(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return start_new(arguments, false);
}

static Object *function_start_awaited(Object *self, Object *const *arguments,
                                      size_t count) {
    (void)self, (void)count;
    return start_new(arguments, true);
}

/* ---- About the calling thread ---- */

static Object *function_get_ident(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int(own ? ident_of(own) : (int64_t)pthread_self());
}

static Object *function_native_id(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int(gettid());
}

static Object *function_count(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int((int64_t)program_threads());
}

static Object *function_exit(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return error_raise_args(GILT_SYSTEM_EXIT, NULL, 0);
}

static Object *function_allocate(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_lock_new();
}

/* What stacks of new threads would be; 0: what the system gives. Kept, to be told. */
static _Atomic size_t stack_bytes;

static Object *function_stack_size(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ssize_t size = 0;
    if (arguments[0] && !index_number(arguments[0], GILT_OVERFLOW_ERROR, &size))
        return NULL;
    if (size < 0) return gilt_raise(GILT_VALUE_ERROR, "size must be 0 or a positive value");
    if (size && size < 32768)
        return gilt_raise(GILT_VALUE_ERROR, "size not valid: %zd bytes", size);
    size_t before = atomic_load(&stack_bytes);
    if (arguments[0]) atomic_store(&stack_bytes, (size_t)size);
    return gilt_int((int64_t)before);
}

static Object *function_interrupt(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ssize_t number = SIGINT;
    if (arguments[0] && !index_number(arguments[0], GILT_OVERFLOW_ERROR, &number))
        return NULL;
    if (number < 1 || number >= NSIG)
        return gilt_raise(GILT_VALUE_ERROR, "signal number out of range");
    kill(getpid(), (int)number);
    return gilt_none();
}

static const Native functions[] = {
    {"start_new_thread(function, args, kwargs=, /)", function_start},
    {"_start_awaited(function, args, kwargs=, /)", function_start_awaited},
    {"allocate_lock()", function_allocate},
    {"get_ident()", function_get_ident},
    {"get_native_id()", function_native_id},
    {"_count()", function_count},
    {"exit()", function_exit},
    {"stack_size(size=, /)", function_stack_size},
    {"interrupt_main(signum=, /)", function_interrupt},
    {0},
};

static bool fill(Object *module) {
    return module_put(module, "error", incref(&types[GILT_RUNTIME_ERROR].head)) &&
           module_put(module, "LockType", incref(&types[GILT_LOCK].head)) &&
           module_put(module, "RLock", (Object *)rlock_type_new()) &&
           module_put(module, "_local", (Object *)local_type_new()) &&
           module_put(module, "TIMEOUT_MAX", gilt_float(9223372036.0));
}

const ModuleSpec _thread_module = {"_thread", functions, fill};
