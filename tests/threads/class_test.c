/* class_test.c: what many threads may rely on when they use one class and its instances:
 * attributes are set and deleted once, what stays is never missed, an instance is whole
 * when it comes from a call, and its __del__ is called once. */
#include "tests/threads/counted.h"

enum { MANY = 4, NAMES = 12 };

static GiltObject *Class, *object;
static GiltObject *names[NAMES];

static void begin(const char *const *slots) {
    char name[8];
    for (int i = 0; i < NAMES; i++) {
        snprintf(name, sizeof name, "a%d", i);
        assert_non_null(names[i] = gilt_intern(name));
    }
    assert_non_null(Class = gilt_class_new("Shared", NULL, slots));
    assert_non_null(object = gilt_instance_new(Class));
}

/* Names, shapes and classes stay. */
static void finish(void) {
    gilt_decref(object);
    gilt_safepoint();
    testing_blocks = gilt_memory().blocks;
}

static bool set_int(GiltObject *o, GiltObject *name, int value) {
    GiltObject *number = gilt_int(value);
    bool well = gilt_set_attr(o, name, number);
    gilt_decref(number);
    return well;
}

static int int_of(GiltObject *value) {
    int64_t n = -1;
    check(value && gilt_int_value(value, &n));
    gilt_decref(value);
    return (int)n;
}

static void define(GiltObject *class, const char *name, GiltNative *native, void *data) {
    GiltObject *function = gilt_function_new(name, native, data);
    check(function && gilt_set_attr(class, gilt_intern(name), function));
    gilt_decref(function);
}

/* ---- attributes: of an instance, of one with slots, and of a class ---- */

static const char *const slots[] = {"a0", "a1", "a2", "a3", "a4", NULL};

static void set_over(int number) {
    for (int i = 0; i < 15000; i++) {
        check(gilt_set_attr(object, names[i % 3], held[(i + number) % HELD]));
        if (i % 64 == 0) gilt_safepoint();
    }
}

static void get_held(int number) {
    for (int i = number; keep_reading(); i++) {
        GiltObject *value = gilt_get_attr(object, names[i % 3]);
        check(is_held(value));
        gilt_decref(value);
    }
}

/* In `o`, which is as `object` for a while. */
static void set_over_in(GiltObject *o) {
    GiltObject *kept = object;
    object = o;
    held_begin();
    for (int i = 0; i < 3; i++) assert_true(gilt_set_attr(object, names[i], held[i]));
    together(2, set_over, 1, get_held);
    for (int i = 0; i < 3; i++) assert_true(gilt_del_attr(object, names[i]));
    held_end();
    object = kept;
}

TEST(a_value_of_an_attribute_that_is_set_over_is_dropped_once) {
    begin(NULL);
    set_over_in(object);
    set_over_in(object); /* it keeps them in a dict now */
    set_over_in(Class);
    finish();
    begin(slots);
    set_over_in(object);
    finish();
}

static void delete_all(int number) {
    long count = 0;
    for (int i = 0; i < 5; i++) {
        if (gilt_del_attr(object, names[(i + number) % 5]))
            count++;
        else
            check(gilt_error_is(GILT_ATTRIBUTE_ERROR));
        gilt_error_clear();
    }
    atomic_fetch_add(&sum, count);
}

static void delete_in(GiltObject *o) {
    GiltObject *kept = object;
    object = o;
    for (int i = 0; i < 5; i++) assert_true(set_int(object, names[i], i));
    together(MANY, delete_all, 0, NULL);
    assert_int_equal(atomic_load(&sum), 5);
    object = kept;
}

TEST(each_attribute_is_deleted_once) {
    for (int round = 0; round < 8; round++) {
        begin(round % 2 ? slots : NULL);
        delete_in(object);
        delete_in(object);
        delete_in(Class);
        finish();
    }
}

/* a0 is set over again and again, which hides the class's; meanwhile the rest comes and
 * goes, so that the instance grows, and turns to a dict. */
static void set_first(int number) {
    for (int i = 0; i < 4000; i++, gilt_safepoint()) {
        check(set_int(object, names[0], 1000 + i));
        int n = 1 + i % 4;
        if (number) check(set_int(object, names[n], i));
        if (i > 100 && number && !gilt_del_attr(object, names[n])) check(false);
    }
}

static void see_that_of_the_instance(int number) {
    (void)number;
    while (keep_reading()) check(int_of(gilt_get_attr(object, names[0])) >= 1000);
}

TEST(an_attribute_that_stays_is_never_missed) {
    for (int round = 0; round < 4; round++) {
        begin(round % 2 ? slots : NULL);
        assert_true(set_int(Class, names[5], 1) && set_int(object, names[0], 1000));
        assert_true(round % 2 || set_int(Class, names[0], 1));
        together(2, set_first, 2, see_that_of_the_instance);
        finish();
    }
}

/* The last value that this thread has set, or a later one. */
static void count_up(int number) {
    (void)number;
    for (int i = 1; i < 20000; i++) {
        check(set_int(Class, names[0], i));
        check(int_of(gilt_get_attr(object, names[0])) == i);
        if (i % 8 == 0) gilt_safepoint();
    }
}

static void see_it_grow(int number) {
    for (int before = 0, now; keep_reading(); before = now) {
        now = int_of(gilt_get_attr(number % 2 ? object : Class, names[0]));
        check(now >= before);
    }
}

TEST(instances_see_what_is_set_in_their_class_and_nothing_older_again) {
    begin(NULL);
    assert_true(set_int(Class, names[0], 0));
    together(1, count_up, 3, see_it_grow);
    finish();
}

/* ---- methods ---- */

static GiltObject *answer_true(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments;
    check(count == 2);
    return gilt_bool(true);
}

static GiltObject *classes[64], *pairs[64][2];
static atomic_int defined; /* so many of the classes have an __eq__ */

static void define_equal(int number) {
    (void)number;
    for (int i = 0; i < 64; i++) {
        define(classes[i], "__eq__", answer_true, NULL);
        atomic_store(&defined, i + 1);
        gilt_safepoint();
    }
}

/* Whoever knows that the method is there, finds it. */
static void compare_pairs(int number) {
    for (int i = number; keep_reading(); i = (i + 1) % 64) {
        bool must = i < atomic_load(&defined);
        int equal = gilt_equal(pairs[i][0], pairs[i][1]);
        check(must ? equal == 1 : equal >= 0);
    }
}

TEST(a_method_that_was_put_into_a_class_is_used_by_all) {
    atomic_store(&defined, 0);
    for (int i = 0; i < 64; i++) {
        classes[i] = gilt_class_new("Compared", NULL, NULL);
        for (int k = 0; k < 2; k++) pairs[i][k] = gilt_instance_new(classes[i]);
    }
    together(1, define_equal, 2, compare_pairs);
    for (int i = 0; i < 64; i++) {
        assert_int_equal(gilt_equal(pairs[i][0], pairs[i][1]), 1);
        for (int k = 0; k < 2; k++) gilt_decref(pairs[i][k]);
    }
    gilt_safepoint();
    testing_blocks = gilt_memory().blocks; /* the classes stay */
}

static int marks[2] = {1, 2};

/* Sets two attributes to the same number; `data` says which of the two __init__ it is. */
static GiltObject *init(void *data, GiltObject *const *arguments, size_t count) {
    check(count == 2);
    int mark = *(int *)data;
    for (int i = 0; i < 2; i++)
        check(set_int(arguments[0], names[i], mark) &&
              gilt_set_attr(arguments[0], names[2 + i], arguments[1]));
    return gilt_none();
}

static GiltObject *get_mark(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    check(count == 1);
    return gilt_get_attr(arguments[0], names[0]);
}

static void change_init(int number) {
    (void)number;
    for (int i = 0; i < 4000; i++, gilt_safepoint())
        define(Class, "__init__", init, &marks[i % 2]);
}

static void call_class(int number) {
    GiltObject *argument = gilt_int(1000 + number), *get = gilt_intern("get_mark");
    while (keep_reading()) {
        GiltObject *o = gilt_call(Class, &argument, 1);
        int mark = int_of(gilt_get_attr(o, names[0]));
        check((mark == 1 || mark == 2) && int_of(gilt_get_attr(o, names[1])) == mark);
        check(int_of(gilt_get_attr(o, names[3])) == 1000 + number);
        check(int_of(gilt_call_method(o, get, NULL, 0)) == mark);
        gilt_decref(o);
    }
    gilt_decref(argument);
}

TEST(a_call_of_a_class_uses_one_init_and_gives_a_whole_instance) {
    begin(NULL);
    define(Class, "__init__", init, &marks[0]);
    define(Class, "get_mark", get_mark, NULL);
    together(1, change_init, 3, call_class);
    finish();
}

/* ---- the end of an object ---- */

enum { OBJECTS = 2000 };

static GiltObject *objects[OBJECTS];
static atomic_int arrived;

/* All threads come to each object at the same time, or nearly so. */
static void drop_all(int number) {
    (void)number;
    for (int i = 0; i < OBJECTS; i++) {
        if (i % 400 == 0) {
            atomic_fetch_add(&arrived, 1);
            while (atomic_load(&arrived) < MANY * (i / 400 + 1)) gilt_safepoint();
        }
        gilt_decref(objects[i]);
    }
}

TEST(del_is_called_once_however_many_drop_the_object_at_once) {
    counted_begin();
    atomic_store(&arrived, 0);
    for (int i = 0; i < OBJECTS; i++) {
        objects[i] = counted_new();
        for (int k = 1; k < MANY; k++) gilt_incref(objects[i]);
    }
    together(MANY, drop_all, 0, NULL);
    counted_end();
}

TESTS(test(a_value_of_an_attribute_that_is_set_over_is_dropped_once),
      test(each_attribute_is_deleted_once), test(an_attribute_that_stays_is_never_missed),
      test(instances_see_what_is_set_in_their_class_and_nothing_older_again),
      test(a_method_that_was_put_into_a_class_is_used_by_all),
      test(a_call_of_a_class_uses_one_init_and_gives_a_whole_instance),
      test(del_is_called_once_however_many_drop_the_object_at_once))
