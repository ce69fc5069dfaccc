/* meeting.h: for tests in which another thread acts in the middle of an operation.
 *
 * Operations that compare or print items run code of the program in between, with no lock
 * held. Here that code is a method of the class Meeting that lets a second thread act, and
 * waits until it has: so what others see, and may do, in the middle is not left to chance.
 *
 *     meeting_begin(act);     makes the class, and the thread that waits to act
 *     ... an operation on a container with items of meeting_new() ...
 *     meeting_end();          joins the thread: it has acted, once */
#pragma once
#include "tests/threads/together.h"

typedef enum MeetingStage { MEETING_EARLY, MEETING_NOW, MEETING_OVER } MeetingStage;

static GiltObject *Meeting;
static atomic_int meeting_stage;
static GiltThread *meeting_thread;

static inline void meeting_await(MeetingStage stage) {
    while (atomic_load(&meeting_stage) < (int)stage) gilt_safepoint();
}

/* The first call meets the other thread; later ones find that it has acted. */
static inline void meet(void) {
    int early = MEETING_EARLY;
    atomic_compare_exchange_strong(&meeting_stage, &early, MEETING_NOW);
    meeting_await(MEETING_OVER);
}

static inline GiltObject *meeting_equal(void *data, GiltObject *const *arguments,
                                        size_t count) {
    check(count == 2);
    meet();
    return gilt_bool(data != NULL && gilt_is_instance(arguments[1], Meeting));
}

static inline GiltObject *meeting_repr(void *data, GiltObject *const *arguments,
                                       size_t count) {
    (void)data, (void)arguments;
    check(count == 1);
    meet();
    return gilt_str_from("M");
}

static inline GiltObject *meeting_hash(void *data, GiltObject *const *arguments,
                                       size_t count) {
    (void)data, (void)arguments;
    check(count == 1);
    return gilt_int(7);
}

static inline void meeting_method(const char *name, GiltNative *native, void *data) {
    GiltObject *function = gilt_function_new(name, native, data);
    assert_true(gilt_set_attr(Meeting, gilt_intern(name), function));
    gilt_decref(function);
}

static inline void meeting_run(void *act) {
    meeting_await(MEETING_NOW);
    ((void (*)(void))act)();
    check(!gilt_error());
    atomic_store(&meeting_stage, MEETING_OVER);
}

/* Two of the class are equal, after they have met, if `equal` says so. */
static inline void meeting_begin(void (*act)(void), bool equal) {
    assert_non_null(Meeting = gilt_class_new("Meeting", NULL, NULL));
    meeting_method("__eq__", meeting_equal, equal ? &meeting_stage : NULL);
    meeting_method("__hash__", meeting_hash, NULL);
    meeting_method("__repr__", meeting_repr, NULL);
    testing_blocks = gilt_memory().blocks; /* the class stays */
    gilt_set_switch_interval(1e-4);
    atomic_store(&wrong, 0);
    atomic_store(&meeting_stage, MEETING_EARLY);
    assert_non_null(meeting_thread = gilt_thread_start(meeting_run, (void *)act));
}

static inline GiltObject *meeting_new(void) { return gilt_instance_new(Meeting); }

/* If no operation has come to its middle, that is wrong, but nobody waits for ever. */
static inline void meeting_end(void) {
    if (atomic_load(&meeting_stage) == MEETING_EARLY) {
        check(false);
        atomic_store(&meeting_stage, MEETING_NOW);
    }
    assert_true(gilt_thread_join(meeting_thread));
    assert_int_equal(atomic_load(&wrong), 0);
}
