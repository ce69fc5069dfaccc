/* table_ends_test.c: taking entries out at both ends, moving keys to them, and walking both
 * ways, against a plain array; and that it takes constant time, whatever was deleted. */
#include "core/types/table.h"
#include "tests/testing.h"

static GiltObject *dict;
static int keys[4000]; /* what must be in the dict, in order */
static size_t count;

static unsigned random_below(unsigned n) {
    static unsigned seed = 1;
    seed = seed * 1103515245u + 12345u;
    return (seed >> 8) % n;
}

static TableOwner *owner(void) { return (TableOwner *)dict; }

static int64_t value_of(GiltObject *o) {
    int64_t value;
    assert_true(gilt_int_value(o, &value));
    gilt_decref(o);
    return value;
}

static void put(int key) {
    GiltObject *o = gilt_int(key);
    size_t before = gilt_dict_size(dict);
    assert_true(gilt_dict_set(dict, o, o));
    if (gilt_dict_size(dict) > before) keys[count++] = key;
    gilt_decref(o);
}

static void forget(size_t at) {
    memmove(keys + at, keys + at + 1, (--count - at) * sizeof *keys);
}

static void take(bool last) {
    GiltObject *key, *value;
    assert_int_equal(table_pop(owner(), DICT_ENTRY, last, &key, &value), count > 0);
    if (!count) return;
    size_t at = last ? count - 1 : 0;
    gilt_decref(value);
    assert_int_equal(value_of(key), keys[at]);
    forget(at);
}

static void move(size_t at, bool last) {
    int number = keys[at];
    GiltObject *o = gilt_int(number);
    Key key;
    assert_true(key_make(&key, o));
    assert_int_equal(table_move(owner(), &key, DICT_ENTRY, last), 1);
    gilt_decref(o);
    forget(at);
    if (!last) memmove(keys + 1, keys, count * sizeof *keys);
    keys[last ? count : 0] = number;
    count++;
}

static void delete_at(size_t at) {
    GiltObject *o = gilt_int(keys[at]);
    assert_true(gilt_dict_delete(dict, o));
    gilt_decref(o);
    forget(at);
}

static void compare_all(void) {
    GiltObject *key, *value;
    size_t i = 0, position = 0;
    assert_int_equal(gilt_dict_size(dict), count);
    for (; table_next(owner(), DICT_ENTRY, &position, &key, &value); i++) {
        gilt_decref(value);
        assert_int_equal(value_of(key), keys[i]);
    }
    assert_int_equal(i, count);
    for (position = SIZE_MAX; table_before(owner(), DICT_ENTRY, &position, &key, NULL);)
        assert_int_equal(value_of(key), keys[--i]);
    assert_int_equal(i, 0);
}

TEST(both_ends_are_those_of_the_order_of_insertion) {
    dict = gilt_dict_new();
    count = 0;
    for (unsigned i = 0; i < 60000; i++) {
        unsigned what = random_below(100), puts = i / 2000 % 3 * 25 + 20;
        if (what < puts && count < 3000)
            put((int)random_below(5000));
        else if (what < puts + 15)
            take(random_below(3));
        else if (count && what < puts + 18)
            move(random_below((unsigned)count), random_below(4));
        else if (count)
            delete_at(random_below((unsigned)count));
        if (i % 997 == 0) compare_all();
    }
    gilt_decref(dict);
}

TEST(a_key_that_is_not_there_cannot_be_moved) {
    dict = gilt_dict_new();
    GiltObject *o = gilt_int(1);
    Key key;
    assert_true(key_make(&key, o));
    assert_int_equal(table_move(owner(), &key, DICT_ENTRY, true), 0);
    gilt_decref(dict);
}

/* Each of these takes minutes if a step looks at all that was deleted before. */
TEST(what_was_deleted_costs_nothing_later) {
    enum { MANY = 300000 };
    GiltObject *key, *value;
    dict = gilt_dict_new();
    for (int i = 0; i < MANY; i++) {
        GiltObject *o = gilt_int(i);
        assert_true(gilt_dict_set(dict, o, o));
        gilt_decref(o);
    }
    for (int i = 0; i < 2 * MANY; i++) {
        if (i < MANY / 2) { /* leaves dead entries at the end */
            assert_true(table_pop(owner(), DICT_ENTRY, true, &key, &value));
            gilt_decref(key);
            gilt_decref(value);
        }
        GiltObject *o = gilt_int(MANY + i % 3); /* the same few keys again and again */
        assert_true(gilt_dict_set(dict, o, o));
        assert_true(gilt_dict_delete(dict, o));
        gilt_decref(o);
    }
    while (table_pop(owner(), DICT_ENTRY, true, &key, &value)) {
        gilt_decref(key);
        gilt_decref(value);
    }
    gilt_decref(dict);
}

TESTS(test(both_ends_are_those_of_the_order_of_insertion),
      test(a_key_that_is_not_there_cannot_be_moved),
      test(what_was_deleted_costs_nothing_later))
