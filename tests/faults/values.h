/* values.h: the steps of the program (program.h) about numbers, text and containers. */
#pragma once
#include "tests/faults/checked.h"

/* ---- values ---- */

static void step_ints(void) {
    GiltObject *big = made(gilt_int_parse("123456789012345678901234567890", 10));
    GiltObject *half = made(gilt_int_parse("-0xfedcba98765432100", 0));
    GiltObject *small = made(gilt_int(INT64_MAX)), *three = made(gilt_int(3000));
    GiltObject *zero = made(gilt_int(0));
    int64_t value;
    double real;
    refused(gilt_int_parse("12 monkeys", 10), GILT_VALUE_ERROR);
    if (!big || !half || !small || !three) return;
    GiltObject *const all[] = {big, half, small, three};
    for (size_t i = 0; i < 16; i++) {
        GiltObject *a = all[i / 4], *b = all[i % 4];
        made(gilt_add(a, b)), made(gilt_subtract(a, b)), made(gilt_multiply(a, b));
        made(gilt_divide(a, b)), made(gilt_floor_divide(a, b)), made(gilt_remainder(a, b));
        expect(answered(gilt_equal(a, b)) == (a == b));
        answered(gilt_less(a, b));
    }
    made(gilt_negative(big)), made(gilt_negative(small));
    shows(big, "123456789012345678901234567890");
    shows(three, "3000");
    refused(gilt_int_value(big, &value), GILT_OVERFLOW_ERROR);
    expect(done(gilt_float_value(big, &real)) && real > 1e29);
    refused(gilt_divide(big, zero), GILT_ZERO_DIVISION_ERROR);
    refused(gilt_remainder(three, zero), GILT_ZERO_DIVISION_ERROR);
}

static void step_floats(void) {
    GiltObject *a = made(gilt_float(2.5)), *b = made(gilt_float(-1e300));
    GiltObject *big = made(gilt_int_parse("123456789012345678901234567890", 10));
    if (!a || !b || !big) return;
    made(gilt_add(a, b)), made(gilt_subtract(a, big)), made(gilt_multiply(big, a));
    made(gilt_divide(a, b)), made(gilt_floor_divide(b, a)), made(gilt_remainder(b, a));
    shows(made(gilt_negative(a)), "-2.5");
    answered(gilt_less(big, a));
    refused(gilt_add(a, gilt_none()), GILT_TYPE_ERROR);
}

static void step_strs(void) {
    char longer[400];
    memset(longer, 'x', sizeof longer);
    longer[399] = 0;
    GiltObject *text = made(gilt_str_from("  Grüße, the Ω of 𝄞 and a lot more text  "));
    GiltObject *plain = made(gilt_str_format("Nr %d: %s", 7, longer));
    GiltObject *space = made(gilt_str_from(", ")), *two = made(gilt_int(2));
    refused(gilt_str_from("\xff"), GILT_UNICODE_ERROR);
    if (!text || !plain || !space) return;
    made(gilt_str_lower(text)), made(gilt_str_upper(text)), made(gilt_str_strip(text));
    made(gilt_str_lower(plain)), made(gilt_str_upper(plain));
    made(gilt_str_slice(text, 3, -3)), made(gilt_repr(text)), made(gilt_str(text));
    made(gilt_add(text, plain)), made(gilt_multiply(plain, two)),
        made(gilt_get_item(text, two));
    GiltObject *words = made(gilt_str_split(text, NULL));
    GiltObject *parts = made(gilt_str_split(text, space));
    if (words) made(gilt_str_join(space, words));
    expect(!words || gilt_list_size(words) == 10);
    expect(!parts || gilt_list_size(parts) == 2);
    GiltObject *wide = made(gilt_add(text, plain)); /* to look for the narrower plain in */
    if (wide) {
        ssize_t at = gilt_str_find(wide, plain, 0);
        if (done(at != -2)) expect(at == gilt_len(text));
        answered(gilt_contains(wide, plain));
    }
    char *utf8 = gilt_str_utf8(text, NULL);
    done(utf8);
    free(utf8);
    refused(gilt_add(text, two), GILT_TYPE_ERROR);
}

/* Names stay. With 600 of them their table must grow. */
static int name_count = 10;

static void step_names(void) {
    for (int i = 0; i < name_count; i++) {
        char name[16];
        snprintf(name, sizeof name, "name%d", i);
        GiltObject *one = made(gilt_intern(name));
        GiltObject *same = one ? made(gilt_intern(name)) : NULL;
        if (same) expect(one == same);
        pool_drop();
    }
}

static void step_bytes(void) {
    GiltObject *a = made(gilt_bytes_new("a\0b'\n", 5)), *three = made(gilt_int(3));
    if (!a) return;
    shows(a, "b\"a\\x00b'\\n\"");
    made(gilt_add(a, a)), made(gilt_multiply(a, three)), made(gilt_get_item(a, three));
    answered(gilt_contains(a, three));
}

/* ---- containers ---- */

static void step_lists(void) {
    GiltObject *list = made(gilt_list_new(NULL, 0)), *pair[] = {gilt_int(1), gilt_int(2)};
    GiltObject *tuple = made(gilt_tuple_new(pair, 2)), *two = made(gilt_int(2));
    size_t count = 0;
    if (!list) return;
    for (int i = 0; i < 20; i++) {
        GiltObject *item = made(gilt_int(1000 - 7 * i));
        if (item) count += done(gilt_list_append(list, item));
        if (item) count += done(gilt_list_insert(list, i, item));
    }
    expect(gilt_list_size(list) == count);
    if (tuple && done(gilt_list_extend(list, tuple))) count += 2;
    if (done(gilt_list_extend(list, list))) count *= 2;
    expect(gilt_list_size(list) == count);
    if (done(gilt_list_sort(list)) && count)
        expect(answered(gilt_less(made(gilt_list_get(list, -1)), gilt_int(2))) != 1);
    expect(gilt_list_size(list) == count);
    GiltObject *copy = made(gilt_list_slice(list, 0, PTRDIFF_MAX));
    if (copy) expect(answered(gilt_equal(copy, list)) != 0);
    made(gilt_add(list, list)), made(gilt_multiply(list, two)), made(gilt_repr(list));
    done(gilt_list_reverse(list));
    for (; count > 3; count--) made(gilt_list_pop(list, count % 2 ? -1 : 0));
    expect(gilt_list_size(list) == 3);
    refused(gilt_list_get(list, 3), GILT_INDEX_ERROR);
    if (two) done(gilt_set_item(list, two, two)), done(gilt_del_item(list, two));
    gilt_list_clear(list);
    refused(gilt_list_pop(list, -1), GILT_INDEX_ERROR);
}

static void step_tuples(void) {
    GiltObject *items[] = {made(gilt_float(1)), made(gilt_str_from("two"))};
    GiltObject *two = made(gilt_int(2));
    GiltObject *tuple = items[0] && items[1] ? made(gilt_tuple_new(items, 2)) : NULL;
    int64_t hash;
    if (!tuple) return;
    shows(tuple, "(1.0, 'two')");
    made(gilt_add(tuple, tuple)), made(gilt_multiply(tuple, two)),
        done(gilt_hash(tuple, &hash));
    refused(gilt_tuple_get(tuple, 2), GILT_INDEX_ERROR);
}

static GiltObject *key_of(int i) {
    return i % 2 ? made(gilt_str_format("key %d", i)) : made(gilt_float(i + 0.5));
}

static void check_items(GiltObject *dict, size_t count) {
    size_t position = 0, walked = 0;
    GiltObject *key, *value;
    expect(gilt_dict_size(dict) == count);
    while (gilt_dict_next(dict, &position, &key, &value)) {
        walked++;
        gilt_decref(key);
        gilt_decref(value);
    }
    done(true);
    expect(walked == count);
}

static void step_dicts(void) {
    GiltObject *dict = made(gilt_dict_new()), *other = made(gilt_dict_new());
    size_t count = 0;
    if (!dict || !other) return;
    for (int i = 0; i < 40; i++) {
        GiltObject *key = key_of(i), *value = made(gilt_int(1000 + i));
        if (!key || !value) continue;
        GiltObject *there = made(gilt_dict_set_default(dict, key, value));
        count += there != NULL;
        expect(found(gilt_dict_get(dict, key)) == there);
        if (there) done(gilt_dict_set(dict, key, key));
    }
    check_items(dict, count);
    if (done(gilt_dict_update(other, dict))) check_items(other, count);
    expect(answered(gilt_equal(dict, other)) != 0 || gilt_dict_size(other) != count);
    GiltObject *copy = made(gilt_dict_copy(dict)), *key = key_of(0), *none = key_of(99);
    if (copy) check_items(copy, count);
    made(gilt_dict_keys(dict)), made(gilt_dict_values(dict)), made(gilt_repr(dict));
    if (none) refused(gilt_dict_pop(dict, none), GILT_KEY_ERROR);
    if (none) refused(gilt_get_item(dict, none), GILT_KEY_ERROR);
    if (none) refused(gilt_dict_delete(dict, none), GILT_KEY_ERROR);
    if (key && answered(gilt_contains(dict, key)) == 1 && made(gilt_dict_pop(dict, key)))
        count--;
    check_items(dict, count);
    refused(gilt_dict_set(dict, dict, dict), GILT_TYPE_ERROR);
    gilt_dict_clear(dict);
    check_items(dict, 0);
}

static void step_sets(void) {
    GiltObject *set = made(gilt_set_new(NULL, 0));
    size_t count = 0, walked = 0, position = 0;
    GiltObject *item;
    if (!set) return;
    for (int i = 0; i < 40; i++) {
        GiltObject *key = key_of(i);
        if (key && done(gilt_set_add(set, key))) count++;
    }
    expect(gilt_set_size(set) == count);
    while (gilt_set_next(set, &position, &item)) gilt_decref(item), walked++;
    expect(walked == count);
    GiltObject *key = key_of(3);
    if (key && answered(gilt_set_discard(set, key)) == 1) count--;
    if (key) expect(answered(gilt_set_contains(set, key)) != 1);
    made(gilt_repr(set));
    expect(gilt_set_size(set) == count);
    refused(gilt_set_add(set, set), GILT_TYPE_ERROR);
    gilt_set_clear(set);
}
