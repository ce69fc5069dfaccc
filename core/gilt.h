/* gilt.h: the public C API of gilt, the only header that a user includes.
 *
 * Conventions, unless a function says otherwise:
 *   - A returned GiltObject * is a new reference: the caller owns it and must give it to
 *     gilt_decref. Arguments are borrowed: the callee takes references of its own.
 *   - A failing function returns NULL, false or -1 and sets an exception on the calling
 *     thread; see "Errors". Functions never set an exception and succeed.
 *   - Strings that come in are UTF-8. Sizes count items, bytes or code points as named.
 *   - The calling thread is attached (see "Threads"); functions that may be called
 *     detached say so.
 *   - Single operations on list, dict and set are atomic with respect to other threads;
 *     reads take no lock. Passing NULL for an object is an error of the program.
 * Link with libgilt-gil.a or libgilt-nogil.a: pkg-config gilt-gil or gilt-nogil. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif
#if defined __GNUC__
#define GILT_API __attribute__((visibility("default")))
#define GILT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define GILT_API
#define GILT_PRINTF(text, first)
#endif

typedef struct GiltObject GiltObject;

/* ---- Runtime ------------------------------------------------------------------ */

/* Starts the runtime; the calling thread becomes its main thread, attached. `options`
 * are `count` settings "name=value", as after -X on the command line; those of the
 * environment variable GILT_X come first. Returns NULL, or one line (static text) that
 * says what is wrong; then nothing was started. May be called again after gilt_finish. */
GILT_API const char *gilt_start(const char *const *options, size_t count);

/* Ends the runtime. Call it on the main thread when no other thread is attached. */
GILT_API void gilt_finish(void);

/* "gil" or "nogil"; and the policies in force, such as "interval plain now" or
 * "qsbr biased page". Static text; may be called detached. */
GILT_API const char *gilt_mode(void);
GILT_API const char *gilt_policies(void);

typedef struct GiltMemory {
    size_t blocks;      /* blocks in use: objects and backing arrays */
    size_t block_bytes; /* their bytes */
    size_t pages;       /* pages of 64 KiB that hold blocks or are kept for more */
} GiltMemory;

/* What the heaps of all threads hold. Exact while no other thread is attached. */
GILT_API GiltMemory gilt_memory(void);

/* How full each page is, in percent, in order of address: 0 for those that hold nothing,
 * nearly all of which are back with the system. Writes at most `room` of them; returns how
 * many there are, 0 if there is no memory to find out. Stops the world. */
GILT_API size_t gilt_memory_map(unsigned char *fill, size_t room);

/* ---- Threads ------------------------------------------------------------------ */

typedef struct GiltThread GiltThread;

/* Starts a thread, attached, that calls run(argument). Join it exactly once, from any
 * thread; gilt_thread_join waits detached and frees the handle. A thread that ends with
 * an exception set prints it on stderr; join then returns false, without an exception.
 * Errors of start: RuntimeError if the system gives no thread, MemoryError. */
GILT_API GiltThread *gilt_thread_start(void (*run)(void *), void *argument);
GILT_API bool gilt_thread_join(GiltThread *thread);

/* Attaches a thread that gilt did not start, and detaches it for good. Returns NULL or
 * what is wrong (static text). May be called detached, of course. */
GILT_API const char *gilt_thread_attach(void);
GILT_API void gilt_thread_leave(void);

/* Around code that may block or takes long without touching objects: in between the
 * thread is detached, and others run. Not nestable. */
GILT_API void gilt_blocking_begin(void);
GILT_API void gilt_blocking_end(void);

/* A safepoint: hands over the GIL if asked, lets grace periods pass, stops for who stops
 * the world. Call it in every loop that runs for long. One load when there is nothing. */
GILT_API void gilt_safepoint(void);

/* fork() leaves the child with a runtime that works, whose only thread is the one that
 * forked, attached or detached as it was; it may start threads, collect, fork and finish.
 * The fork waits until the other threads have stopped, also if the child only calls exec:
 * prefer posix_spawn for that. In the child
 *   - the other threads are as if they had ended, but what only they referred to is never
 *     freed; gilt_thread_join of one of them returns true at once;
 *   - locks that they held stay locked, and what they did through code of the program (a
 *     sort, a finaliser) stays half done;
 *   - there is no trace: it goes on in the parent.
 * A thread that is not gilt's can fork at any time, too. As it stops nobody, its child
 * cannot use the runtime: gilt_thread_attach says so there, and the rest must not be
 * called. If the program itself uses the flavour of liburcu that nogil was built with, or a
 * lock of its own while it waits for a thread of gilt, that is its own to see to
 * (pthread_atfork). */

/* The switch interval of the gil in seconds (at least a microsecond; no effect in nogil),
 * and how often the GIL went from one thread to another. May be called detached. */
GILT_API void gilt_set_switch_interval(double seconds);
GILT_API double gilt_switch_interval(void);
GILT_API uint64_t gilt_switches(void);

/* Locks and conditions for programs, as objects. acquire waits detached. release is a
 * RuntimeError if the lock is not held; any thread may release. A condition belongs to
 * one lock, which the caller holds: wait releases it, waits for a notify, takes it again
 * (RuntimeError if the lock is not held); notify wakes at most `count` waiters. */
GILT_API GiltObject *gilt_lock_new(void);
GILT_API bool gilt_lock_acquire(GiltObject *lock);
GILT_API bool gilt_lock_try(GiltObject *lock); /* true if taken; sets no exception */
GILT_API bool gilt_lock_release(GiltObject *lock);
GILT_API GiltObject *gilt_condition_new(GiltObject *lock);
GILT_API bool gilt_condition_wait(GiltObject *condition);
GILT_API bool gilt_condition_notify(GiltObject *condition, size_t count);

/* ---- References --------------------------------------------------------------- */

/* incref returns its argument; both accept NULL. The decref that is the last destroys
 * the object, and all that it alone kept alive, to any depth, without recursion. */
GILT_API GiltObject *gilt_incref(GiltObject *object);
GILT_API void gilt_decref(GiltObject *object);

/* References now. Immortal objects answer a number above 2^30. Exact when only the
 * caller uses the object. */
GILT_API int64_t gilt_refcount(GiltObject *object);

/* ---- Types -------------------------------------------------------------------- */

/* The built-in types. An object's type is one of these or a class made at run time. */
typedef enum GiltType {
    GILT_TYPE = 1,
    GILT_OBJECT,
    GILT_NONE,
    GILT_BOOL,
    GILT_INT,
    GILT_FLOAT,
    GILT_STR,
    GILT_BYTES,
    GILT_LIST,
    GILT_TUPLE,
    GILT_DICT,
    GILT_SET,
    GILT_FUNCTION,
    GILT_CLOSURE,
    GILT_WEAKREF,
    GILT_LOCK,
    GILT_CONDITION,
    GILT_BASE_EXCEPTION,
    GILT_EXCEPTION,
    GILT_TYPE_ERROR,
    GILT_VALUE_ERROR,
    GILT_UNICODE_ERROR,
    GILT_LOOKUP_ERROR,
    GILT_INDEX_ERROR,
    GILT_KEY_ERROR,
    GILT_ATTRIBUTE_ERROR,
    GILT_ARITHMETIC_ERROR,
    GILT_OVERFLOW_ERROR,
    GILT_ZERO_DIVISION_ERROR,
    GILT_MEMORY_ERROR,
    GILT_RUNTIME_ERROR,
    GILT_RECURSION_ERROR,
    GILT_OS_ERROR,
    GILT_STOP_ITERATION,
    GILT_FLOATING_POINT_ERROR,
    GILT_UNICODE_DECODE_ERROR,
    GILT_UNICODE_ENCODE_ERROR,
    GILT_NAME_ERROR,
    GILT_UNBOUND_LOCAL_ERROR,
    GILT_SYNTAX_ERROR,
    GILT_INDENTATION_ERROR,
    GILT_TAB_ERROR,
    GILT_IMPORT_ERROR,
    GILT_MODULE_NOT_FOUND_ERROR,
    GILT_ASSERTION_ERROR,
    GILT_BUFFER_ERROR,
    GILT_EOF_ERROR,
    GILT_NOT_IMPLEMENTED_ERROR,
    GILT_REFERENCE_ERROR,
    GILT_SYSTEM_ERROR,
    GILT_STOP_ASYNC_ITERATION,
    GILT_GENERATOR_EXIT,
    GILT_KEYBOARD_INTERRUPT,
    GILT_SYSTEM_EXIT,
    GILT_WARNING,
    GILT_TYPE_COUNT
} GiltType;

/* The type as an object (borrowed, immortal); an object's own type (borrowed: it lives at
 * least as long as the object); its name in UTF-8 (lives until gilt_finish). */
GILT_API GiltObject *gilt_type(GiltType type);
GILT_API GiltObject *gilt_type_of(GiltObject *object);
GILT_API const char *gilt_type_name(GiltObject *object);

/* Is the object of exactly this built-in type? Of `type` or a type that inherits it? */
GILT_API bool gilt_is(GiltObject *object, GiltType type);
GILT_API bool gilt_is_instance(GiltObject *object, GiltObject *type);

/* ---- Any object --------------------------------------------------------------- */

GILT_API GiltObject *gilt_repr(GiltObject *object); /* a str for the programmer */
GILT_API GiltObject *gilt_str(GiltObject *object);  /* a str for the reader */

/* Hash into *hash; TypeError if the object has none (list, dict, set). */
GILT_API bool gilt_hash(GiltObject *object, int64_t *hash);

/* 1 equal, 0 not, -1 error. Objects of unrelated types are not equal. */
GILT_API int gilt_equal(GiltObject *a, GiltObject *b);

/* 1 if a < b, 0 if not, -1 error (TypeError between types that have no order). */
GILT_API int gilt_less(GiltObject *a, GiltObject *b);
GILT_API int gilt_true(GiltObject *object); /* 1 or 0; -1 error */

/* Items: len is -1 on error; get, set and del take an index or key; contains is 1, 0 or
 * -1. Errors: TypeError, IndexError, KeyError. */
GILT_API ssize_t gilt_len(GiltObject *object);
GILT_API GiltObject *gilt_get_item(GiltObject *object, GiltObject *key);
GILT_API bool gilt_set_item(GiltObject *object, GiltObject *key, GiltObject *value);
GILT_API bool gilt_del_item(GiltObject *object, GiltObject *key);
GILT_API int gilt_contains(GiltObject *object, GiltObject *item);

/* Arithmetic of int, bool, float; + and * also of sequences. Python's rules: floor
 * division and a remainder with the divisor's sign. Errors: TypeError,
 * ZeroDivisionError, OverflowError, MemoryError. */
GILT_API GiltObject *gilt_add(GiltObject *a, GiltObject *b);
GILT_API GiltObject *gilt_subtract(GiltObject *a, GiltObject *b);
GILT_API GiltObject *gilt_multiply(GiltObject *a, GiltObject *b);
GILT_API GiltObject *gilt_divide(GiltObject *a, GiltObject *b); /* true division, float */
GILT_API GiltObject *gilt_floor_divide(GiltObject *a, GiltObject *b);
GILT_API GiltObject *gilt_remainder(GiltObject *a, GiltObject *b);
GILT_API GiltObject *gilt_negative(GiltObject *a);

/* Attributes. `name` is a str, best an interned one (gilt_intern): those are compared by
 * address. AttributeError with Python's text if there is none. */
GILT_API GiltObject *gilt_get_attr(GiltObject *object, GiltObject *name);
GILT_API bool gilt_set_attr(GiltObject *object, GiltObject *name, GiltObject *value);
GILT_API bool gilt_del_attr(GiltObject *object, GiltObject *name);

/* Calls a native function, a class (makes an instance, then calls its __init__ if there
 * is one) with `count` arguments. call_method finds the attribute `name` in the class and
 * passes `self` first. */
GILT_API GiltObject *gilt_call(GiltObject *callable, GiltObject *const *arguments,
                               size_t count);
GILT_API GiltObject *gilt_call_method(GiltObject *self, GiltObject *name,
                                      GiltObject *const *arguments, size_t count);

/* ---- Scalars ------------------------------------------------------------------ */

GILT_API GiltObject *gilt_none(void);         /* new reference, but immortal */
GILT_API GiltObject *gilt_bool(bool value);   /* likewise */
GILT_API GiltObject *gilt_int(int64_t value); /* -5 to 256 are immortal */
GILT_API GiltObject *gilt_float(double value);

/* An int of any size from text in `base` 2 to 36 (0: as a literal with 0x, 0o, 0b), with
 * an optional sign, underscores between digits and white space around. ValueError. */
GILT_API GiltObject *gilt_int_parse(const char *text, int base);

/* The value of an int or bool: OverflowError if it does not fit, TypeError otherwise. */
GILT_API bool gilt_int_value(GiltObject *object, int64_t *value);
/* Of a float, int or bool as the nearest double. */
GILT_API bool gilt_float_value(GiltObject *object, double *value);

/* ---- Text and bytes ------------------------------------------------------------ */

/* A str from UTF-8: of `bytes` bytes, or up to the first NUL. UnicodeError (a ValueError)
 * says at which byte it is not UTF-8. Surrogates are not valid. */
GILT_API GiltObject *gilt_str_new(const char *utf8, size_t bytes);
GILT_API GiltObject *gilt_str_from(const char *utf8);
GILT_API GiltObject *gilt_str_format(const char *format, ...) GILT_PRINTF(1, 2);

/* The one immortal str with this text. Use it for names of attributes and for keys. */
GILT_API GiltObject *gilt_intern(const char *utf8);

/* As UTF-8 with a final NUL into memory that the caller gives to free(); *bytes (may be
 * NULL) gets the length. TypeError if not a str. */
GILT_API char *gilt_str_utf8(GiltObject *str, size_t *bytes);

/* slice is cut to what there is. split gives a list; separator NULL means white space. find
 * gives the index of the first `part` at or after `from`, -1 if there is none, -2 with an
 * exception. lower and upper map the letters of ASCII and Latin-1. strip takes the white
 * space off both ends. */
GILT_API GiltObject *gilt_str_slice(GiltObject *str, ssize_t from, ssize_t to);
GILT_API GiltObject *gilt_str_join(GiltObject *separator, GiltObject *list);
GILT_API GiltObject *gilt_str_split(GiltObject *str, GiltObject *separator);
GILT_API ssize_t gilt_str_find(GiltObject *str, GiltObject *part, ssize_t from);
GILT_API GiltObject *gilt_str_lower(GiltObject *str);
GILT_API GiltObject *gilt_str_upper(GiltObject *str);
GILT_API GiltObject *gilt_str_strip(GiltObject *str);

GILT_API GiltObject *gilt_bytes_new(const void *data, size_t size);
/* The bytes themselves: borrowed, alive as long as the object. NULL, TypeError. */
GILT_API const uint8_t *gilt_bytes_data(GiltObject *bytes, size_t *size);

/* ---- Containers ---------------------------------------------------------------- */

/* A tuple, list or set of `count` items (borrowed; NULL if count is 0). */
GILT_API GiltObject *gilt_tuple_new(GiltObject *const *items, size_t count);
GILT_API GiltObject *gilt_list_new(GiltObject *const *items, size_t count);
GILT_API GiltObject *gilt_set_new(GiltObject *const *items, size_t count);
GILT_API GiltObject *gilt_dict_new(void);

/* Negative indices count from the end. IndexError outside. A slice copies, and is cut to
 * what there is. */
GILT_API GiltObject *gilt_tuple_get(GiltObject *tuple, ssize_t index);
GILT_API size_t gilt_tuple_size(GiltObject *tuple);

GILT_API size_t gilt_list_size(GiltObject *list);
GILT_API GiltObject *gilt_list_get(GiltObject *list, ssize_t index);
GILT_API bool gilt_list_set(GiltObject *list, ssize_t index, GiltObject *item);
GILT_API bool gilt_list_append(GiltObject *list, GiltObject *item);
GILT_API bool gilt_list_insert(GiltObject *list, ssize_t index, GiltObject *item);
GILT_API bool gilt_list_extend(GiltObject *list, GiltObject *other); /* a list or tuple */
GILT_API GiltObject *gilt_list_pop(GiltObject *list, ssize_t index);
GILT_API GiltObject *gilt_list_slice(GiltObject *list, ssize_t from, ssize_t to);
GILT_API bool gilt_list_reverse(GiltObject *list);
GILT_API void gilt_list_clear(GiltObject *list);

/* Sorts in place, stable, by gilt_less. ValueError if the list is changed meanwhile: what
 * came in stays, behind the sorted items. */
GILT_API bool gilt_list_sort(GiltObject *list);

/* A dict keeps the order of insertion. get returns NULL without an exception if there is
 * no such key: ask gilt_error() where the difference matters. set_default returns what is
 * there, after putting `value` if nothing was. pop is a KeyError if there is none. */
GILT_API size_t gilt_dict_size(GiltObject *dict);
GILT_API GiltObject *gilt_dict_get(GiltObject *dict, GiltObject *key);
GILT_API bool gilt_dict_set(GiltObject *dict, GiltObject *key, GiltObject *value);
GILT_API GiltObject *gilt_dict_set_default(GiltObject *dict, GiltObject *key,
                                           GiltObject *value);
GILT_API GiltObject *gilt_dict_pop(GiltObject *dict, GiltObject *key);
GILT_API bool gilt_dict_delete(GiltObject *dict, GiltObject *key); /* KeyError */
GILT_API bool gilt_dict_update(GiltObject *dict, GiltObject *other);
GILT_API void gilt_dict_clear(GiltObject *dict);
GILT_API GiltObject *gilt_dict_copy(GiltObject *dict);
GILT_API GiltObject *gilt_dict_keys(GiltObject *dict); /* a new list, in order */
GILT_API GiltObject *gilt_dict_values(GiltObject *dict);
/* Walks in order: start with *position = 0; false at the end. Gives new references to
 * what is there; key or value may be NULL if not wanted. If other code changes the dict
 * meanwhile, items may be missed or come twice, and nothing else happens. */
GILT_API bool gilt_dict_next(GiltObject *dict, size_t *position, GiltObject **key,
                             GiltObject **value);

GILT_API size_t gilt_set_size(GiltObject *set);
GILT_API bool gilt_set_add(GiltObject *set, GiltObject *item);
GILT_API int gilt_set_discard(GiltObject *set, GiltObject *item); /* 1 was there, 0, -1 */
GILT_API int gilt_set_contains(GiltObject *set, GiltObject *item);
GILT_API void gilt_set_clear(GiltObject *set);
GILT_API bool gilt_set_next(GiltObject *set, size_t *position, GiltObject **item);

/* ---- Functions, classes, weak references ---------------------------------------- */

/* A native function: returns a new reference, or NULL with an exception. `data` is passed
 * on; `name` is copied. */
typedef GiltObject *GiltNative(void *data, GiltObject *const *arguments, size_t count);
GILT_API GiltObject *gilt_function_new(const char *name, GiltNative *native, void *data);

/* A native function that has captured an object, any object: a container, say, of all that
 * it needs. It is called with it, borrowed, and keeps a reference to it. `name` is copied.
 * Unlike the `data` of a native function, what a closure captured is known to the
 * collector, so it may refer back to the closure. */
typedef GiltObject *GiltClosure(GiltObject *captured, GiltObject *const *arguments,
                                size_t count);
GILT_API GiltObject *gilt_closure_new(const char *name, GiltClosure *native,
                                      GiltObject *captured);

/* A class. base NULL means object. With `slots` (NULL ends the list of names), instances
 * have exactly these attributes and those of the base's slots; without (NULL), any. Its
 * attributes are set with gilt_set_attr. Bases that are built in are object and the
 * exceptions. TypeError; MemoryError, also if more than about 131,000 were ever made.
 *
 * A class lives as long as there is a reference to it, an instance or a subclass; a program
 * that never drops the result keeps it until gilt_finish. Only full collections free
 * classes, since each is in a cycle with the table of types. What stays of a class until
 * gilt_finish are its name, its number, and what it knew of the layout of instances. */
GILT_API GiltObject *gilt_class_new(const char *name, GiltObject *base,
                                    const char *const *slots);

/* An instance without calling __init__. TypeError if not such a class. */
GILT_API GiltObject *gilt_instance_new(GiltObject *type);

/* A weak reference to an instance, class, set, function or other object that has no
 * literal (TypeError for None, numbers, str, bytes, tuple, list, dict, as in Python).
 * `callback` (NULL for none) is called with the weak reference after the object died;
 * what it raises is printed and dropped. get returns a new reference, or NULL without an
 * exception if the object is dead. */
GILT_API GiltObject *gilt_weakref_new(GiltObject *object, GiltObject *callback);
GILT_API GiltObject *gilt_weakref_get(GiltObject *weakref);

/* ---- The collector ---------------------------------------------------------------- */

/* Reference counts free most objects; cycles of objects are found by a collector that stops
 * the world: core/gc/README.md. It looks at containers (all that may hold references to
 * containers) in three generations, 0 young, 1 middle, 2 old. It runs by itself, at
 * safepoints, once more than threshold 0 containers have been made than destroyed, for each
 * of the running threads or cores, whichever are fewer; a class's __del__ is called once
 * for each of its objects that dies, also in a cycle, and may bring the object back to
 * life. */

/* Collects the generations up to this one (2: all) now. How many objects were garbage and
 * are gone; 0 if called from a finaliser or callback of a collection; -1 with ValueError
 * (there is no such generation) or MemoryError (then nothing is lost, try again). */
GILT_API ssize_t gilt_gc_collect(int generation);

/* Collections that run by themselves, on and off; on at the start. */
GILT_API void gilt_gc_enable(void);
GILT_API void gilt_gc_disable(void);
GILT_API bool gilt_gc_is_enabled(void);

/* [0]: containers made less destroyed, for each thread that has a core, until the young
 * generation is collected, 0 never; [1], [2]: collections of the generation before until
 * this one is. 2000, 10, 10 at first. The old generation also waits until it has grown by
 * as much as survived last time, or four times as much if that found next to nothing. */
GILT_API void gilt_gc_set_thresholds(const size_t thresholds[3]);
GILT_API void gilt_gc_thresholds(size_t thresholds[3]);
GILT_API void gilt_gc_counts(size_t counts[3]); /* how far each is on its way there */

/* What collections of one generation have done since the start. */
typedef struct GiltGcStats {
    uint64_t collections;
    uint64_t collected;     /* objects that were garbage */
    uint64_t uncollectable; /* that could not be freed: no type of gilt has any such */
    uint64_t candidates;    /* objects looked at */
    uint64_t finalized;     /* finalisers called */
    uint64_t resurrected;   /* objects that were garbage until a finaliser ran */
    double seconds_to_stop; /* from the wish to stop the world until it stood */
    double seconds_stopped; /* with the world stopped, all in all */
    double longest_stop;    /* the longest single stop */
} GiltGcStats;
GILT_API void gilt_gc_stats(int generation,
                            GiltGcStats *stats); /* zeroes if there is none */

/* Pauses of all generations: how many stops took at least `seconds[i]` and less than
 * seconds[i + 1]; the first is 0, the bounds grow by an eighth from a microsecond on. */
#define GILT_GC_PAUSES 160
typedef struct GiltGcPauses {
    double seconds[GILT_GC_PAUSES];
    uint64_t stopped[GILT_GC_PAUSES]; /* with the world stopped */
    uint64_t to_stop[GILT_GC_PAUSES]; /* before it was */
} GiltGcPauses;
GILT_API void gilt_gc_pauses(GiltGcPauses *pauses);

/* New lists of what the collector tracks in a generation (-1: in all); of what refers to
 * any of the objects; and of what these refer to, as often as they do. MemoryError,
 * ValueError. */
GILT_API GiltObject *gilt_gc_objects(int generation);
GILT_API GiltObject *gilt_gc_referrers(GiltObject *const *objects, size_t count);
GILT_API GiltObject *gilt_gc_referents(GiltObject *const *objects, size_t count);
GILT_API bool gilt_gc_is_tracked(GiltObject *object);
GILT_API bool gilt_gc_is_finalized(GiltObject *object); /* its __del__ has been called */

/* Freeze: what is tracked now is never looked at again, nor written by the collector, until
 * unfreeze makes it part of the old generation. For what a process makes before it forks.
 */
GILT_API void gilt_gc_freeze(void);
GILT_API void gilt_gc_unfreeze(void);
GILT_API size_t gilt_gc_freeze_count(void);

/* A list (borrowed) of callables. Each is called before and after each collection with a
 * str, "start" or "stop", and a dict: generation, collected, uncollectable. What it raises
 * is printed and dropped. NULL, MemoryError. */
GILT_API GiltObject *gilt_gc_callbacks(void);

/* What a collection prints on stderr, and whether it keeps what it finds. */
enum {
    GILT_GC_DEBUG_STATS = 1,         /* a line on each collection */
    GILT_GC_DEBUG_COLLECTABLE = 2,   /* a line on each object that is garbage */
    GILT_GC_DEBUG_UNCOLLECTABLE = 4, /* a line on each that is kept */
    GILT_GC_DEBUG_SAVEALL = 32,      /* garbage is kept in gilt_gc_garbage(), alive */
    GILT_GC_DEBUG_LEAK = 38
};
GILT_API void gilt_gc_set_debug(int flags);
GILT_API int gilt_gc_debug(void);
GILT_API GiltObject *gilt_gc_garbage(void); /* a list (borrowed); NULL, MemoryError */

/* Checks the whole heap with the world stopped: that counts are at least the references
 * there are, the states of the generations, the books of the pages, and that nothing alive
 * names a freed block. Returns NULL, or what is wrong (static text). Debug builds do it by
 * themselves after collections, and stop the program if something is wrong. */
GILT_API const char *gilt_gc_verify(void);

/* ---- Errors ---------------------------------------------------------------------- */

/* Sets an exception of this type with a message, replacing any that was set. Always
 * returns NULL, so that `return gilt_raise(...)` reads well. gilt_raise_object takes an
 * exception instance (TypeError for others). */
GILT_API GiltObject *gilt_raise(GiltType type, const char *format, ...) GILT_PRINTF(2, 3);
GILT_API GiltObject *gilt_raise_object(GiltObject *exception);

/* The exception that is set: borrowed, or NULL. Is it of this type or one inheriting it?
 * take gives it to the caller and clears it; clear drops it. */
GILT_API GiltObject *gilt_error(void);
GILT_API bool gilt_error_is(GiltType type);
GILT_API GiltObject *gilt_error_take(void);
GILT_API void gilt_error_clear(void);

/* Prints "TypeError: message" and a newline on stderr, and clears. Nothing if none. */
GILT_API void gilt_error_print(void);

#ifdef __cplusplus
}
#endif
