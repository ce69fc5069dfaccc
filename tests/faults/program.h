/* program.h: a small program that uses every type and every operation: here its steps about
 * functions, classes, weak references, errors and threads. The lists of all: steps.h.
 *
 * Steps do not need each other; within a step, what needs something that could not be made
 * is left out. Invariants, besides those of checked.h: a failing
 * change of a container changes nothing, and a second run of the program leaves as many
 * blocks in use as it found, since what stays (classes, shapes, interned names) is made
 * only once; what stays of classes that die is in remains_of_classes (collected.h). */
#pragma once
#include "tests/faults/collected.h"
#include "tests/faults/values.h"

#include <sched.h>

/* ---- functions and classes ---- */

static GiltObject *native_none(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_none();
}

static GiltObject *native_int(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_int(7777);
}

static GiltObject *native_text(void *data, GiltObject *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_str_from(data);
}

/* Takes memory, and lets nothing be equal. */
static GiltObject *native_unequal(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    GiltObject *number = gilt_int(7777);
    gilt_decref(number);
    return number ? gilt_bool(false) : NULL;
}

/* Classes are kept: made once in the life of the runtime. */
typedef struct Classes {
    GiltObject *plain, *slotted, *child, *special, *error;
    bool whole; /* `special` has all its methods */
} Classes;

static Classes classes;

static void class_keep(GiltObject **kept, const char *name, GiltObject *base,
                       const char *const *slots) {
    if (*kept) return;
    *kept = gilt_class_new(name, base, slots);
    done(*kept);
}

static bool method_set(GiltObject *class, const char *name, GiltNative *native,
                       void *data) {
    GiltObject *method = made(gilt_function_new(name, native, data));
    GiltObject *attribute = made(gilt_intern(name));
    return method && attribute && done(gilt_set_attr(class, attribute, method));
}

static void step_classes(void) {
    static const char *const slots[] = {"left", "right", NULL}, *const more[] = {"below",
                                                                                 NULL};
    class_keep(&classes.plain, "Plain", NULL, NULL);
    class_keep(&classes.slotted, "Slotted", NULL, slots);
    if (classes.slotted) class_keep(&classes.child, "Child", classes.slotted, more);
    class_keep(&classes.special, "Special", NULL, NULL);
    class_keep(&classes.error, "OwnError", gilt_type(GILT_VALUE_ERROR), NULL);
    refused(gilt_class_new("Bool", gilt_type(GILT_BOOL), NULL), GILT_TYPE_ERROR);
    if (classes.plain) method_set(classes.plain, "__init__", native_none, NULL);
    if (classes.plain) method_set(classes.plain, "method", native_int, NULL);
    if (!classes.special) return;
    int set = method_set(classes.special, "__eq__", native_unequal, NULL);
    set += method_set(classes.special, "__hash__", native_int, NULL);
    set += method_set(classes.special, "__repr__", native_text, "a special one");
    set += method_set(classes.special, "__str__", native_text, "special");
    classes.whole = set == 4;
}

/* More attributes than a shape may have. Stops at the first that fails: other attributes in
 * another order would be other shapes, which stay. */
static void step_attributes(void) {
    GiltObject *o = classes.plain ? made(gilt_instance_new(classes.plain)) : NULL;
    bool there[70] = {false};
    if (!o) return;
    for (int i = 0; i < 70 && (!i || there[i - 1]); i++) {
        GiltObject *name = made(gilt_str_format("attribute%d", i)),
                   *value = made(gilt_int(500 + i));
        there[i] = name && value && done(gilt_set_attr(o, name, value));
        int64_t now = 0;
        GiltObject *got = there[i] ? made(gilt_get_attr(o, name)) : NULL;
        expect(!got || (gilt_int_value(got, &now) && now == 500 + i));
    }
    for (int i = 0; i < 70; i++) {
        GiltObject *name = made(gilt_str_format("attribute%d", i));
        if (!name) continue;
        GiltObject *got = gilt_get_attr(o, name);
        if (there[i])
            made(got);
        else
            refused(got, GILT_ATTRIBUTE_ERROR);
    }
    GiltObject *absent = made(gilt_intern("absent"));
    if (absent) refused(gilt_get_attr(o, absent), GILT_ATTRIBUTE_ERROR);
    if (absent) refused(gilt_del_attr(o, absent), GILT_ATTRIBUTE_ERROR);
}

static void step_deletion(void) {
    GiltObject *o = classes.plain ? made(gilt_instance_new(classes.plain)) : NULL;
    GiltObject *names[5];
    int count = 0;
    for (int i = 0; o && i < 5 && count == i; i++) {
        names[i] = made(gilt_str_format("short%d", i));
        count += names[count] && done(gilt_set_attr(o, names[count], gilt_none()));
    }
    if (count < 5) return;
    bool deleted = done(gilt_del_attr(o, names[2]));
    for (int i = 0; i < 5; i++) {
        GiltObject *got = gilt_get_attr(o, names[i]);
        if (i != 2 || !deleted)
            made(got);
        else
            refused(got, GILT_ATTRIBUTE_ERROR);
    }
    done(gilt_set_attr(o, names[2], o)); /* a cycle, cut again at once */
    done(gilt_set_attr(o, names[2], gilt_none()));
}

static void step_slots(void) {
    GiltObject *o = classes.child ? made(gilt_instance_new(classes.child)) : NULL;
    GiltObject *left = made(gilt_intern("left")), *below = made(gilt_intern("below"));
    GiltObject *absent = made(gilt_intern("absent")), *value = made(gilt_float(1.5));
    if (!o || !left || !below || !absent || !value) return;
    done(gilt_set_attr(o, left, value)), done(gilt_set_attr(o, below, value));
    expect(made(gilt_get_attr(o, below)) == value);
    done(gilt_del_attr(o, left));
    refused(gilt_get_attr(o, left), GILT_ATTRIBUTE_ERROR);
    refused(gilt_set_attr(o, absent, value), GILT_ATTRIBUTE_ERROR);
}

/* By names that are not interned: they are on the way in. And what all objects have. */
static void step_own_attributes(void) {
    GiltObject *name = made(gilt_str_from("an attribute, not interned"));
    GiltObject *class = made(gilt_intern("__class__")), *args = made(gilt_intern("args"));
    GiltObject *o = classes.plain ? made(gilt_instance_new(classes.plain)) : NULL;
    if (!name || !class || !args || !o) return;
    if (done(gilt_set_attr(classes.plain, name, o)))
        done(gilt_del_attr(classes.plain, name));
    refused(gilt_get_attr(o, name), GILT_ATTRIBUTE_ERROR);
    expect(made(gilt_get_attr(o, class)) == classes.plain);
    refused(gilt_set_attr(o, class, o), GILT_TYPE_ERROR);
    refused(gilt_set_attr(gilt_type(GILT_INT), name, o), GILT_TYPE_ERROR);
    refused(gilt_set_attr(name, name, o), GILT_ATTRIBUTE_ERROR);
    refused(gilt_get_attr(o, o), GILT_TYPE_ERROR);
    GiltObject *error = made(gilt_call(gilt_type(GILT_OS_ERROR), &name, 1));
    GiltObject *tuple = error ? made(gilt_get_attr(error, args)) : NULL;
    expect(!tuple || gilt_tuple_size(tuple) == 1);
}

static void step_calls(void) {
    GiltObject *function = made(gilt_function_new("text", native_text, "some text"));
    GiltObject *arguments[12], *method = made(gilt_intern("method"));
    for (int i = 0; i < 12; i++) arguments[i] = gilt_none();
    if (function) made(gilt_call(function, NULL, 0)), made(gilt_repr(function));
    refused(gilt_call(gilt_none(), NULL, 0), GILT_TYPE_ERROR);
    GiltObject *o = classes.plain ? made(gilt_call(classes.plain, NULL, 0)) : NULL;
    if (!o || !method) return;
    made(gilt_repr(o));
    GiltObject *bound = gilt_get_attr(classes.plain, method);
    if (!bound)
        failed(GILT_ATTRIBUTE_ERROR); /* there was no memory to make it */
    else
        made(bound), made(gilt_call_method(o, method, arguments, 12));
}

/* Keys that all have the same hash, so that methods run while a dict grows. */
static void step_specials(void) {
    GiltObject *dict = made(gilt_dict_new()), *set = made(gilt_set_new(NULL, 0)), *o;
    size_t in_dict = 0, in_set = 0;
    if (!dict || !set || !classes.whole) return;
    for (int i = 0; i < 7; i++) {
        if (!(o = made(gilt_instance_new(classes.special)))) continue;
        bool put = done(gilt_dict_set(dict, o, o));
        in_dict += put;
        in_set += done(gilt_set_add(set, o));
        GiltObject *there = put ? found(gilt_dict_get(dict, o)) : NULL;
        expect(!there || there == o);
        expect(answered(gilt_equal(o, set)) != 1);
        made(gilt_str(o));
    }
    check_items(dict, in_dict);
    expect(gilt_set_size(set) == in_set);
    made(gilt_repr(dict));
}

/* ---- weak references, errors, locks ---- */

static GiltObject *native_count(void *data, GiltObject *const *arguments, size_t count) {
    (void)arguments, (void)count;
    ++*(int *)data;
    GiltObject *number = gilt_int(1000);
    gilt_decref(number);
    return number ? gilt_none() : NULL; /* MemoryError is printed and dropped */
}

/* So many to one object that the table grows; they outlive it. */
static void step_weakrefs(void) {
    int called = 0, expected = 0;
    GiltObject *callback = made(gilt_function_new("callback", native_count, &called));
    GiltObject *set = gilt_set_new(NULL, 0), *weakrefs[50] = {NULL};
    if (!done(set)) return;
    for (int i = 0; i < 50; i++) {
        GiltObject *wanted = i % 2 ? callback : NULL;
        weakrefs[i] = made(gilt_weakref_new(set, wanted));
        expected += weakrefs[i] && wanted;
        GiltObject *there = weakrefs[i] ? gilt_weakref_get(weakrefs[i]) : set;
        expect(there == set);
        if (weakrefs[i]) gilt_decref(there), made(gilt_repr(weakrefs[i]));
    }
    gilt_decref(set);
    done(true);
    expect(called == expected);
    for (int i = 0; i < 50; i++) expect(!weakrefs[i] || !gilt_weakref_get(weakrefs[i]));
    refused(gilt_weakref_new(gilt_none(), NULL), GILT_TYPE_ERROR);
}

static GiltObject *native_raise(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_raise(GILT_VALUE_ERROR, "from a callback"); /* printed and dropped */
}

/* They keep the hash of what they refer to, so a dict finds them when it is dead. */
static void step_weak_keys(void) {
    GiltObject *raising = made(gilt_function_new("raise", native_raise, NULL));
    GiltObject *dict = made(gilt_dict_new()), *o, *called;
    if (!raising || !dict || !classes.plain) return;
    o = gilt_instance_new(classes.plain);
    if (!done(o)) return;
    GiltObject *weak = made(gilt_weakref_new(o, raising)), *other;
    if (weak && (other = made(gilt_weakref_new(o, NULL))))
        expect(answered(gilt_equal(weak, other)) != 0);
    bool put = weak && done(gilt_dict_set(dict, weak, weak));
    called = weak ? gilt_call(weak, NULL, 0) : NULL;
    expect(called == (weak ? o : NULL));
    gilt_decref(called), gilt_decref(o);
    done(true);
    unsigned before = failures;
    if (put) expect(found(gilt_dict_get(dict, weak)) == weak || failures > before);
    GiltObject *text = weak ? made(gilt_repr(weak)) : NULL; /* with an address */
    GiltObject *part = made(gilt_str_from("; dead>"));
    if (text && part) expect(gilt_str_find(text, part, 0) > 0);
}

static void step_errors(void) {
    char longer[500];
    memset(longer, 'y', sizeof longer);
    longer[499] = 0;
    refused(gilt_raise(GILT_VALUE_ERROR, "%d %s", 1, longer), GILT_VALUE_ERROR);
    refused(gilt_raise(GILT_OS_ERROR, "not UTF-8: \xff"), GILT_OS_ERROR);
    refused(gilt_raise(GILT_MEMORY_ERROR, NULL), GILT_MEMORY_ERROR);
    failures -= failures > 0; /* that one was no fault */
    GiltObject *two[] = {made(gilt_float(1)), made(gilt_str_from("two"))};
    if (!two[0] || !two[1]) return;
    GiltObject *key = made(gilt_call(gilt_type(GILT_KEY_ERROR), two, 1));
    GiltObject *own = classes.error ? made(gilt_call(classes.error, two, 2)) : NULL;
    shows(key, "KeyError(1.0)");
    shows(own, "OwnError(1.0, 'two')");
    if (own) made(gilt_str(own)), refused(gilt_raise_object(own), GILT_VALUE_ERROR);
    refused(gilt_raise_object(two[0]), GILT_TYPE_ERROR);
    if (key) gilt_raise_object(key), gilt_error_print(), done(true);
}

/* ---- threads ---- */

static GiltThread *started(void (*run)(void *), void *argument) {
    GiltThread *thread = gilt_thread_start(run, argument);
    if (thread)
        done(true);
    else
        failed(GILT_RUNTIME_ERROR); /* the system gave none */
    return thread;
}

static void joined(GiltThread *thread, bool expected) {
    if (!thread) return;
    expect(gilt_thread_join(thread) == expected);
    done(true);
}

static void run_containers(void *unused) {
    (void)unused;
    step_lists(), pool_drop();
    step_dicts(), pool_drop();
}

static void run_raising(void *unused) {
    (void)unused;
    gilt_raise(GILT_VALUE_ERROR, "from a thread");
}

static void step_threads(void) {
    GiltThread *one = started(run_containers, NULL), *other = started(run_raising, NULL);
    run_containers(NULL);
    joined(one, true);
    joined(other, false);
}

/* One that gilt did not start, and has no place in the table yet. */
static void *run_foreign(void *attached) {
    const char *wrong = gilt_thread_attach();
    if (wrong) {
        if (!*wrong) complain("no reason why a thread cannot attach");
        failures++;
        return NULL;
    }
    *(bool *)attached = true;
    run_containers(NULL);
    gilt_thread_leave();
    return NULL;
}

static void step_foreign(void) {
    pthread_t foreign;
    unsigned before = failures;
    bool attached = false;
    if (pthread_create(&foreign, NULL, run_foreign, &attached)) {
        failures++; /* the system gave none */
        return;
    }
    gilt_blocking_begin();
    pthread_join(foreign, NULL);
    gilt_blocking_end();
    expect(attached || failures > before);
}

typedef struct Waiting {
    GiltObject *lock, *condition;
    bool ready; /* guarded by lock */
} Waiting;

static void run_notify(void *argument) {
    Waiting *w = argument;
    done(gilt_lock_acquire(w->lock));
    w->ready = true;
    done(gilt_condition_notify(w->condition, 1));
    done(gilt_lock_release(w->lock));
}

static void step_locks(void) {
    Waiting w = {.lock = made(gilt_lock_new())};
    w.condition = w.lock ? made(gilt_condition_new(w.lock)) : NULL;
    if (!w.condition) return;
    refused(gilt_lock_release(w.lock), GILT_RUNTIME_ERROR);
    refused(gilt_condition_wait(w.condition), GILT_RUNTIME_ERROR);
    refused(gilt_condition_notify(w.condition, 1), GILT_RUNTIME_ERROR);
    made(gilt_repr(w.lock));
    done(gilt_lock_acquire(w.lock));
    expect(!gilt_lock_try(w.lock));
    GiltThread *thread = started(run_notify, &w);
    while (thread && !w.ready) done(gilt_condition_wait(w.condition));
    done(gilt_lock_release(w.lock));
    joined(thread, true);
}

/* Objects made by one thread and dropped by another, whose owner then is busy, blocked, or
 * has ended; and a list that both change. */
typedef struct Handed {
    GiltObject *items[30], *list;
    bool blocked;
    _Atomic int stage; /* 1: items are there; 2: they have been dropped */
} Handed;

static void wait_for(Handed *handed, int stage, bool blocked) {
    if (blocked) gilt_blocking_begin();
    while (handed->stage < stage) {
        if (!blocked) gilt_safepoint();
        sched_yield();
    }
    if (blocked) gilt_blocking_end();
}

static void run_maker(void *argument) {
    Handed *handed = argument;
    for (int i = 0; i < 30; i++) {
        GiltObject *one = handed->items[i] = i % 2 ? gilt_float(i) : gilt_list_new(NULL, 0);
        if (done(one) && handed->list) done(gilt_list_append(handed->list, one));
    }
    handed->stage = 1;
    wait_for(handed, 2, handed->blocked);
    for (int i = 20; i < 25; i++) gilt_decref(handed->items[i]);
    handed->stage = 3;
    done(true);
}

static void hand_over(bool blocked) {
    Handed handed = {.list = made(gilt_list_new(NULL, 0)), .blocked = blocked};
    GiltThread *thread = started(run_maker, &handed);
    if (!thread) return;
    wait_for(&handed, 1, true);
    if (handed.list) {
        GiltObject *first = handed.items[0];
        size_t size = gilt_list_size(handed.list);
        if (first && size) made(gilt_list_get(handed.list, 0));
        if (first) done(gilt_list_extend(handed.list, handed.list));
        gilt_list_clear(handed.list);
    }
    for (int i = 0; i < 20; i++) gilt_decref(handed.items[i]);
    handed.stage = 2;
    wait_for(&handed, 3, true);
    joined(thread, true);
    for (int i = 25; i < 30; i++) gilt_decref(handed.items[i]);
    done(true);
}

static void step_hand_over(void) {
    hand_over(false);
    hand_over(true);
}
