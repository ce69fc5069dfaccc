/* mortal.h: what the tests of classes as garbage share.
 *
 * What stays of a dead class until the runtime ends are its name, its root shape, that of
 * its instances with a dict, and one shape for each attribute that an instance had: STAYS.
 * A dict of class attributes that holds no container is not tracked once it has survived a
 * collection, and then not counted in what is found. */
#pragma once
#include "tests/gc/cycles.h"

#define STAYS(attributes) (testing_blocks += 3 + (attributes))

static GiltObject *keeper; /* a list: where finalisers leave things */
static int deaths, words;  /* calls of __del__; those that found the class's `word` */

static inline GiltObject *class_new(GiltObject *base) {
    return some(gilt_class_new("Mortal", base, NULL));
}

static inline GiltObject *instance(GiltObject *class) {
    return some(gilt_instance_new(class));
}

/* An instance that refers to itself, already dropped. */
static inline void lose_instance(GiltObject *class) {
    GiltObject *o = instance(class);
    link_to(o, "item", o);
    gilt_decref(o);
}

static inline bool has_word(GiltObject *o) {
    GiltObject *word = get(o, "item_of_class");
    if (!word) gilt_error_clear();
    gilt_decref(word);
    return word;
}

/* ---- Finalisers ---- */

static inline GiltObject *del_noting(void *data, GiltObject *const *arguments,
                                     size_t count) {
    (void)data, (void)count;
    deaths++;
    words += has_word(arguments[0]);
    return gilt_none();
}

static inline void give_del(GiltObject *class, GiltNative *native) {
    assert_true(set(class, "__del__", gilt_function_new("__del__", native, NULL)));
    assert_true(set(class, "item_of_class", gilt_str_from("a word")));
}

/* ---- The frame ---- */

static inline int prepare(void) {
    keeper = empty_list();
    deaths = words = 0;
    gilt_intern("item_of_class");
    gilt_gc_collect(2);
    testing_blocks = blocks_now();
    return 0;
}

static inline int begin(void **state) { return gc_begin(state) || prepare(); }

#define class_test(name) cmocka_unit_test_setup_teardown(name, begin, gc_end)
