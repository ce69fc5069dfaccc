/* report_test.c: what a collection tells: callbacks, debug output, saved garbage. */
#include "tests/gc/questions.h"
#include "tests/threads/together.h"

static GiltObject *Thing;

/* The lists are made when they are first asked for, and stay: they are no leaks. */
#define WITH_REPORTS                                                                       \
    Thing = gilt_class_new("Thing", NULL, NULL);                                           \
    assert_non_null(gilt_gc_callbacks());                                                  \
    assert_non_null(gilt_gc_garbage());                                                    \
    QUIET

static char heard[256]; /* what callbacks were told */

static int64_t number_in(GiltObject *info, const char *name) {
    GiltObject *key = gilt_str_from(name), *value = gilt_dict_get(info, key);
    int64_t number = -1;
    if (value) gilt_int_value(value, &number);
    gilt_decref(key), gilt_decref(value);
    return number;
}

/* Adds "name phase generation/collected/uncollectable;" to `heard`. */
static GiltObject *hear(void *name, GiltObject *const *arguments, size_t count) {
    if (count != 2) return gilt_raise(GILT_TYPE_ERROR, "two arguments");
    char *phase = gilt_str_utf8(arguments[0], NULL), text[64];
    GiltObject *info = arguments[1];
    snprintf(text, sizeof text, "%s %s %d/%d/%d;", (char *)name, phase,
             (int)number_in(info, "generation"), (int)number_in(info, "collected"),
             (int)number_in(info, "uncollectable"));
    strncat(heard, text, sizeof heard - strlen(heard) - 1);
    free(phase);
    return gilt_none();
}

static GiltObject *complain(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_raise(GILT_KEY_ERROR, "a callback");
}

/* A callback that makes a cycle and collects, as often as it is called. */
static GiltObject *collect(void *found, GiltObject *const *arguments, size_t count) {
    (void)arguments, (void)count;
    GiltObject *list = empty();
    gilt_list_append(list, list);
    gilt_decref(list);
    *(ssize_t *)found += gilt_gc_collect(2);
    return gilt_none();
}

static void call_back(GiltNative *native, void *data) {
    GiltObject *callback = gilt_function_new("callback", native, data);
    assert_true(gilt_list_append(gilt_gc_callbacks(), callback));
    gilt_decref(callback);
}

static void cycles(int count) {
    while (count--) {
        GiltObject *list = empty();
        assert_true(gilt_list_append(list, list));
        gilt_decref(list);
    }
}

/* A thing in a cycle; a weak reference to it. */
static GiltObject *lost_thing(GiltObject *callback) {
    GiltObject *thing = make(Thing), *weak = gilt_weakref_new(thing, callback);
    set(thing, "self", thing);
    return weak;
}

/* ---- What is printed ---- */

static FILE *printed;
static int real_stderr;

static void print_to_file(void) {
    fflush(stderr);
    printed = tmpfile();
    assert_non_null(printed);
    real_stderr = dup(2);
    dup2(fileno(printed), 2);
}

/* All that was printed since, and stderr is itself again. */
static const char *text_printed(void) {
    static char text[4096];
    fflush(stderr);
    dup2(real_stderr, 2);
    close(real_stderr);
    rewind(printed);
    text[fread(text, 1, sizeof text - 1, printed)] = 0;
    fclose(printed);
    return text;
}

/* How many lines of the text begin so. */
static int lines(const char *text, const char *begin) {
    int count = 0;
    for (; text && *text; text = strchr(text, '\n'), text += text != NULL)
        count += !strncmp(text, begin, strlen(begin));
    return count;
}

/* ---- Callbacks ---- */

TEST(callbacks_are_called_in_order_before_and_after) {
    WITH_REPORTS {
        *heard = 0;
        call_back(hear, "a");
        call_back(hear, "b");
        cycles(3);
        assert_int_equal(gilt_gc_collect(1), 3);
        assert_int_equal(gilt_gc_collect(0), 0);
        assert_string_equal(heard, "a start 1/0/0;b start 1/0/0;"
                                   "a stop 1/3/0;b stop 1/3/0;"
                                   "a start 0/0/0;b start 0/0/0;"
                                   "a stop 0/0/0;b stop 0/0/0;");
        gilt_list_clear(gilt_gc_callbacks());
        gilt_gc_collect(2);
        assert_null(strstr(heard, "2/"));
    }
}

TEST(collections_without_callbacks_make_no_objects) {
    gilt_gc_disable();
    GiltMemory before = gilt_memory();
    gilt_gc_collect(2);
    assert_ptr_equal(gilt_gc_callbacks(), gilt_gc_callbacks());
    assert_ptr_equal(gilt_gc_garbage(), gilt_gc_garbage());
    assert_ptr_not_equal(gilt_gc_callbacks(), gilt_gc_garbage());
    testing_blocks = gilt_memory().blocks;
    assert_int_equal(testing_blocks, before.blocks + 2);
    gilt_gc_collect(2);
    assert_int_equal(gilt_memory().blocks, testing_blocks);
}

TEST(automatic_collections_call_back_too) {
    WITH_REPORTS {
        *heard = 0;
        call_back(hear, "a");
        gilt_gc_set_thresholds((size_t[]){50, 10, 10});
        gilt_gc_collect(2);
        *heard = 0;
        gilt_gc_enable();
        for (int i = 0; i < 60; i++) {
            cycles(1);
            gilt_safepoint();
        }
        gilt_gc_disable();
        assert_non_null(strstr(heard, "a start 0/0/0;a stop 0/"));
        gilt_list_clear(gilt_gc_callbacks());
        gilt_gc_collect(2);
    }
}

TEST(callback_that_raises_is_reported_and_the_next_is_called) {
    WITH_REPORTS {
        *heard = 0;
        call_back(complain, NULL);
        call_back(hear, "b");
        print_to_file();
        gilt_gc_collect(0);
        const char *text = text_printed();
        assert_string_equal(heard, "b start 0/0/0;b stop 0/0/0;");
        assert_int_equal(lines(text, "Exception ignored in: gc.callbacks"), 2);
        assert_int_equal(lines(text, "KeyError: 'a callback'"), 2);
        assert_null(gilt_error());
        gilt_list_clear(gilt_gc_callbacks());
    }
}

TEST(exception_that_is_set_stays_set) {
    WITH_REPORTS {
        *heard = 0;
        call_back(complain, NULL);
        call_back(hear, "b");
        gilt_gc_set_debug(GILT_GC_DEBUG_SAVEALL);
        cycles(1);
        gilt_raise(GILT_INDEX_ERROR, "set before");
        print_to_file();
        assert_int_equal(gilt_gc_collect(0), 1);
        text_printed();
        assert_string_equal(heard, "b start 0/0/0;b stop 0/1/0;");
        assert_raised_text(GILT_INDEX_ERROR, "set before");
        gilt_gc_set_debug(0);
        gilt_list_clear(gilt_gc_callbacks());
        gilt_list_clear(gilt_gc_garbage());
        assert_int_equal(gilt_gc_collect(2), 1);
    }
}

TEST(callback_that_collects_collects_nothing) {
    WITH_REPORTS {
        ssize_t found = 0;
        call_back(collect, &found);
        cycles(1);
        assert_int_equal(gilt_gc_collect(2), 2);
        assert_int_equal(found, 0);
        gilt_list_clear(gilt_gc_callbacks());
        assert_int_equal(gilt_gc_collect(2), 1);
    }
}

static GiltObject *clear_all(void *data, GiltObject *const *arguments, size_t count) {
    gilt_list_clear(gilt_gc_callbacks());
    return hear(data, arguments, count);
}

TEST(callback_may_change_the_list) {
    WITH_REPORTS {
        *heard = 0;
        call_back(clear_all, "last");
        call_back(hear, "never");
        gilt_gc_collect(0);
        assert_string_equal(heard, "last start 0/0/0;");
    }
}

static GiltObject *seen[2];

static void ask(int number) { seen[number] = gilt_gc_callbacks(); }

/* They meet once in a while: each new runtime is a new chance. */
TEST(threads_that_ask_first_get_the_same_list) {
    for (int i = 0; i < 100; i++) {
        gilt_finish();
        assert_null(gilt_start(NULL, 0));
        testing_blocks = gilt_memory().blocks + 1;
        together(2, ask, 0, NULL);
        assert_ptr_equal(seen[0], seen[1]);
        assert_ptr_equal(seen[0], gilt_gc_callbacks());
        assert_int_equal(gilt_memory().blocks, testing_blocks);
    }
}

/* ---- Debug output ---- */

TEST(debug_flags_are_what_was_set) {
    assert_int_equal(gilt_gc_debug(), 0);
    gilt_gc_set_debug(GILT_GC_DEBUG_LEAK | GILT_GC_DEBUG_STATS);
    assert_int_equal(gilt_gc_debug(), 39);
    gilt_gc_set_debug(0);
    assert_int_equal(gilt_gc_debug(), 0);
}

TEST(debug_flags_and_lists_end_with_the_runtime) {
    gilt_gc_disable();
    gilt_gc_set_debug(GILT_GC_DEBUG_SAVEALL);
    call_back(hear, "a");
    cycles(1);
    gilt_gc_collect(0);
    assert_int_equal(gilt_list_size(gilt_gc_garbage()), 1);
    gilt_finish();
    assert_null(gilt_start(NULL, 0));
    testing_blocks = gilt_memory().blocks + 2;
    assert_int_equal(gilt_gc_debug(), 0);
    assert_int_equal(gilt_list_size(gilt_gc_callbacks()), 0);
    assert_int_equal(gilt_list_size(gilt_gc_garbage()), 0);
}

TEST(debug_stats_is_a_line_on_each_collection) {
    WITH_REPORTS {
        gilt_gc_set_debug(GILT_GC_DEBUG_STATS);
        print_to_file();
        cycles(7);
        gilt_gc_collect(0);
        gilt_gc_collect(2);
        const char *text = text_printed();
        gilt_gc_set_debug(0);
        assert_int_equal(lines(text, ""), 2);
        assert_int_equal(lines(text, "gc: generation 0 (request): "), 1);
        assert_non_null(strstr(text, " candidates, 7 collected, "));
        const char *second = strchr(text, '\n') + 1;
        size_t candidates = 0, collected = 1;
        double stopped = -1;
        assert_int_equal(sscanf(second,
                                "gc: generation 2 (request): %zu candidates, %zu "
                                "collected, %lf ms stopped",
                                &candidates, &collected, &stopped),
                         3);
        assert_int_equal(candidates, objects_tracked());
        assert_int_equal(collected, 0);
        assert_true(stopped > 0 && stopped < 10000);
    }
}

TEST(debug_collectable_is_a_line_on_each_object) {
    WITH_REPORTS {
        gilt_gc_set_debug(GILT_GC_DEBUG_COLLECTABLE);
        GiltObject *weak = lost_thing(NULL), *thing = gilt_weakref_get(weak);
        char line[64];
        snprintf(line, sizeof line, "gc: collectable <Thing %p>\n", (void *)thing);
        gilt_decref(thing);
        cycles(2);
        print_to_file();
        assert_int_equal(gilt_gc_collect(0), 3);
        assert_int_equal(gilt_gc_collect(0), 0);
        const char *text = text_printed();
        gilt_gc_set_debug(0);
        assert_int_equal(lines(text, ""), 3);
        assert_int_equal(lines(text, "gc: collectable <list 0x"), 2);
        assert_int_equal(lines(text, line), 1);
        gilt_decref(weak);
    }
}

/* ---- Saved garbage ---- */

TEST(saved_garbage_is_alive_and_whole) {
    WITH_REPORTS {
        gilt_gc_set_debug(GILT_GC_DEBUG_SAVEALL);
        GiltObject *first = empty(), *second = list_of(first), *leaf = gilt_float(0.5);
        assert_true(gilt_list_append(first, second) && gilt_list_append(first, leaf));
        gilt_decref(first), gilt_decref(second);
        assert_int_equal(gilt_gc_collect(0), 2);
        GiltObject *garbage = gilt_gc_garbage();
        assert_int_equal(gilt_list_size(garbage), 2);
        assert_int_equal(times(garbage, first), 1);
        assert_int_equal(times(garbage, second), 1);
        assert_int_equal(gilt_refcount(first), 2);
        assert_int_equal(gilt_refcount(second), 2);
        assert_repr(gilt_incref(first), "[[[...]], 0.5]");
        assert_true(is_in(1, first));
        is_sound();
        assert_int_equal(gilt_gc_collect(2), 0);
        assert_int_equal(gilt_list_size(garbage), 2);
        gilt_gc_set_debug(0);
        gilt_list_clear(garbage);
        assert_int_equal(gilt_gc_collect(2), 2);
        assert_int_equal(gilt_refcount(leaf), 1);
        gilt_decref(leaf);
    }
}

static int finalized;

static GiltObject *finalize(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    finalized++;
    return gilt_none();
}

static int called;

static GiltObject *weakly(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)count;
    called += gilt_weakref_get(arguments[0]) == NULL;
    return gilt_none();
}

/* As in CPython, but for finalisers, which there are called. */
TEST(saved_garbage_has_lost_its_weak_references_and_is_not_finalized) {
    WITH_REPORTS {
        set(Thing, "__del__", gilt_function_new("finalize", finalize, NULL));
        finalized = called = 0;
        gilt_gc_set_debug(GILT_GC_DEBUG_SAVEALL);
        GiltObject *callback = gilt_function_new("weakly", weakly, NULL);
        GiltObject *weak = lost_thing(callback);
        assert_int_equal(gilt_gc_collect(2), 1);
        assert_int_equal(finalized, 0);
        assert_int_equal(called, 1);
        assert_null(gilt_weakref_get(weak));
        GiltObject *thing = gilt_list_get(gilt_gc_garbage(), 0);
        assert_false(gilt_gc_is_finalized(thing));
        gilt_decref(thing);
        gilt_gc_set_debug(0);
        gilt_list_clear(gilt_gc_garbage());
        assert_int_equal(gilt_gc_collect(2), 1);
        assert_int_equal(finalized, 1);
        gilt_decref(weak), gilt_decref(callback);
    }
}

TEST(debug_leak_names_what_it_saves) {
    WITH_REPORTS {
        gilt_gc_set_debug(GILT_GC_DEBUG_LEAK);
        cycles(2);
        print_to_file();
        assert_int_equal(gilt_gc_collect(0), 2);
        const char *text = text_printed();
        gilt_gc_set_debug(0);
        assert_int_equal(lines(text, ""), 4);
        assert_int_equal(lines(text, "gc: collectable <list 0x"), 2);
        assert_int_equal(lines(text, "gc: uncollectable <list 0x"), 2);
        gilt_list_clear(gilt_gc_garbage());
        assert_int_equal(gilt_gc_collect(2), 2);
    }
}

TESTS(test(callbacks_are_called_in_order_before_and_after),
      test(collections_without_callbacks_make_no_objects),
      test(automatic_collections_call_back_too),
      test(callback_that_raises_is_reported_and_the_next_is_called),
      test(exception_that_is_set_stays_set), test(callback_that_collects_collects_nothing),
      test(callback_may_change_the_list), test(threads_that_ask_first_get_the_same_list),
      test(debug_flags_are_what_was_set), test(debug_flags_and_lists_end_with_the_runtime),
      test(debug_stats_is_a_line_on_each_collection),
      test(debug_collectable_is_a_line_on_each_object),
      test(saved_garbage_is_alive_and_whole),
      test(saved_garbage_has_lost_its_weak_references_and_is_not_finalized),
      test(debug_leak_names_what_it_saves))
