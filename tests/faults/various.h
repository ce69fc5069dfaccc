/* various.h: the steps of the program (program.h) about what values.h leaves over: items by
 * operators, comparisons, large numbers, how each type shows itself, and the functions that
 * only ask. */
#pragma once
#include "tests/faults/checked.h"

/* ---- items and comparisons ---- */

static void check_sequence(GiltObject *sequence, GiltObject *const *three) {
    GiltObject *one = gilt_int(1), *far = gilt_int(99);
    GiltObject *got = sequence ? made(gilt_get_item(sequence, one)) : NULL;
    if (!sequence) return;
    expect(!got || got == three[1]);
    expect(gilt_len(sequence) == 3 && gilt_true(sequence) == 1);
    expect(answered(gilt_contains(sequence, three[2])) != 0);
    expect(answered(gilt_contains(sequence, far)) != 1);
    refused(gilt_get_item(sequence, far), GILT_INDEX_ERROR);
    refused(gilt_get_item(sequence, three[1]), GILT_TYPE_ERROR);
    made(gilt_str(sequence));
}

static void change_items(GiltObject *list, GiltObject *dict, GiltObject *value) {
    GiltObject *one = gilt_int(1);
    if (list && done(gilt_set_item(list, one, value)))
        expect(made(gilt_list_get(list, 1)) == value);
    if (list && done(gilt_list_set(list, -1, value))) done(gilt_del_item(list, one));
    if (list) refused(gilt_list_set(list, 9, value), GILT_INDEX_ERROR);
    if (!dict || !done(gilt_set_item(dict, value, one))) return;
    GiltObject *got = made(gilt_get_item(dict, value));
    expect(!got || got == one);
    if (done(gilt_del_item(dict, value))) expect(gilt_len(dict) == 0);
}

static void step_items(void) {
    GiltObject *three[] = {made(gilt_float(0.5)), made(gilt_str_new("b\0c", 3)),
                           made(gilt_int(1 << 20))};
    if (!three[0] || !three[1] || !three[2]) return;
    GiltObject *list = made(gilt_list_new(three, 3));
    check_sequence(list, three);
    check_sequence(made(gilt_tuple_new(three, 3)), three);
    GiltObject *set = made(gilt_set_new(three, 3)), *same = made(gilt_set_new(three, 3));
    if (set) expect(gilt_set_size(set) == 3);
    if (set && same) expect(answered(gilt_equal(set, same)) != 0);
    if (set) expect(answered(gilt_contains(set, three[0])) != 0);
    GiltObject *dict = made(gilt_dict_new());
    change_items(list, dict, three[0]);
    if (set && dict) refused(gilt_set_item(dict, set, set), GILT_TYPE_ERROR);
    refused(gilt_set_item(three[1], gilt_int(1), three[1]), GILT_TYPE_ERROR);
    refused(gilt_len(three[0]) >= 0, GILT_TYPE_ERROR);
}

/* Alike but for the last item. */
static GiltObject *row_of(GiltObject *(*new)(GiltObject *const *, size_t), double last) {
    GiltObject *items[] = {made(gilt_str_from("first")), made(gilt_bytes_new("ab", 2)),
                           made(gilt_float(last))};
    return items[0] && items[1] && items[2] ? made(new (items, 3)) : NULL;
}

static void compare_rows(GiltObject *(*new)(GiltObject *const *, size_t)) {
    GiltObject *a = row_of(new, 1), *b = row_of(new, 2), *same = row_of(new, 1);
    if (!a || !b || !same) return;
    expect(answered(gilt_less(a, b)) != 0 && answered(gilt_less(b, a)) != 1);
    expect(answered(gilt_equal(a, same)) != 0 && answered(gilt_equal(a, b)) != 1);
    refused(gilt_less(a, gilt_none()) >= 0, GILT_TYPE_ERROR);
}

static void step_comparisons(void) {
    int64_t hash, again;
    compare_rows(gilt_list_new);
    compare_rows(gilt_tuple_new);
    GiltObject *list = row_of(gilt_list_new, 1), *row = row_of(gilt_tuple_new, 1);
    if (row && done(gilt_hash(row, &hash)) && done(gilt_hash(row, &again)))
        expect(hash == again);
    if (list) refused(gilt_hash(list, &hash), GILT_TYPE_ERROR);
    if (list && row) expect(answered(gilt_equal(list, row)) != 1);
    GiltObject *one = made(gilt_dict_new()), *other = made(gilt_dict_new());
    if (!list || !row || !one || !other) return;
    if (done(gilt_dict_set(one, row, list)) && done(gilt_dict_set(other, row, list)))
        expect(answered(gilt_equal(one, other)) != 0);
}

/* ---- large numbers ---- */

/* 7 to the power of 2 to the `doublings`. */
static GiltObject *power(int doublings) {
    GiltObject *result = made(gilt_int(7));
    for (int i = 0; result && i < doublings; i++)
        result = made(gilt_multiply(result, result));
    return result;
}

static void step_large_ints(void) {
    GiltObject *large = power(9), *less = power(7), *minus, *back;
    int64_t hash;
    double real;
    if (!large || !less || !(minus = made(gilt_negative(large)))) return;
    GiltObject *quotient = made(gilt_floor_divide(minus, less));
    GiltObject *rest = made(gilt_remainder(minus, less));
    back = quotient && rest ? made(gilt_multiply(quotient, less)) : NULL;
    back = back ? made(gilt_add(back, rest)) : NULL;
    if (back) expect(answered(gilt_equal(back, minus)) != 0);
    made(gilt_subtract(large, less)), made(gilt_divide(less, large));
    refused(gilt_divide(large, less), GILT_OVERFLOW_ERROR);
    done(gilt_hash(large, &hash));
    made(gilt_str(minus));
    refused(gilt_float_value(large, &real), GILT_OVERFLOW_ERROR);
    expect(answered(gilt_less(minus, less)) != 0);
    made(gilt_int_parse(" -0b1010_1010 ", 0)), made(gilt_int_parse("zz_zz", 36));
    refused(gilt_int_parse("2", 2), GILT_VALUE_ERROR);
    made(gilt_add(gilt_bool(true), large)), made(gilt_multiply(large, gilt_int(0)));
}

/* ---- how they show themselves ---- */

static GiltObject *show_captured(GiltObject *captured, GiltObject *const *arguments,
                                 size_t count) {
    (void)arguments, (void)count;
    return gilt_repr(captured);
}

static void show_in_itself(GiltObject *list, GiltObject *dict) {
    if (list && done(gilt_list_append(list, list))) shows(list, "[[...]]");
    if (list) gilt_list_clear(list);
    GiltObject *key = gilt_int(1);
    if (dict && done(gilt_dict_set(dict, key, dict))) shows(dict, "{1: {...}}");
    if (dict) gilt_dict_clear(dict);
}

static void step_shown(void) {
    GiltObject *half = made(gilt_float(0.5)), *list = made(gilt_list_new(NULL, 0));
    shows(gilt_none(), "None"), shows(gilt_bool(true), "True");
    shows(gilt_type(GILT_INT), "<class 'int'>");
    shows(made(gilt_set_new(NULL, 0)), "set()");
    if (half) shows(made(gilt_set_new(&half, 1)), "{0.5}");
    if (half) shows(made(gilt_tuple_new(&half, 1)), "(0.5,)");
    show_in_itself(list, made(gilt_dict_new()));
    GiltObject *lock = made(gilt_lock_new());
    GiltObject *condition = lock ? made(gilt_condition_new(lock)) : NULL;
    if (condition) made(gilt_repr(condition));
    refused(gilt_condition_new(gilt_none()), GILT_TYPE_ERROR);
    GiltObject *closure = list ? made(gilt_closure_new("show", show_captured, list)) : NULL;
    GiltObject *shown = closure ? made(gilt_call(closure, NULL, 0)) : NULL;
    if (shown) expect(gilt_len(shown) == 2);
    GiltObject *weakref = closure ? made(gilt_weakref_new(closure, NULL)) : NULL;
    GiltObject *text = weakref ? made(gilt_repr(weakref)) : NULL; /* with addresses */
    GiltObject *part = made(gilt_str_from("; to 'function' at "));
    if (text && part) expect(gilt_str_find(text, part, 0) > 0);
    if (weakref) expect(made(gilt_call(weakref, NULL, 0)) == closure);
}

/* ---- strings that meet others ---- */

static void step_more_strs(void) {
    GiltObject *wide = made(gilt_str_from("aΩ𝄞 aΩ")), *narrow = made(gilt_str_from("Ωa"));
    GiltObject *words[] = {wide, narrow}, *list, *number = made(gilt_int(9999));
    if (!wide || !narrow || !number) return;
    if (!(list = made(gilt_list_new(words, 2)))) return;
    GiltObject *joined = made(gilt_str_join(narrow, list));
    if (joined) expect(gilt_len(joined) == 10);
    if (done(gilt_list_append(list, number)))
        refused(gilt_str_join(narrow, list), GILT_TYPE_ERROR);
    expect(gilt_str_find(narrow, wide, 0) == -1);
    expect(answered(gilt_less(narrow, wide)) != 1 && gilt_equal(wide, narrow) == 0);
    GiltObject *nothing = made(gilt_str_from(""));
    if (nothing) refused(gilt_str_split(wide, nothing), GILT_VALUE_ERROR);
    refused(gilt_contains(wide, number) >= 0, GILT_TYPE_ERROR);
    refused(gilt_add(wide, list), GILT_TYPE_ERROR);
    refused(gilt_get_item(wide, number), GILT_INDEX_ERROR);
    refused(gilt_str_utf8(number, NULL), GILT_TYPE_ERROR);
    refused(gilt_bytes_data(wide, NULL), GILT_TYPE_ERROR);
}

/* ---- what only asks ---- */

static void ask_of_the_collector(GiltObject *list) {
    size_t thresholds[3], counts[3];
    GiltGcStats stats;
    static GiltGcPauses pauses;
    bool enabled = gilt_gc_is_enabled();
    gilt_gc_thresholds(thresholds), gilt_gc_counts(counts);
    gilt_gc_disable();
    expect(!gilt_gc_is_enabled());
    gilt_gc_set_thresholds(thresholds);
    if (enabled) gilt_gc_enable();
    gilt_gc_stats(2, &stats), gilt_gc_pauses(&pauses);
    expect(!gilt_gc_is_finalized(list) && gilt_gc_debug() == 0);
}

static void step_questions(void) {
    GiltObject *list = made(gilt_list_new(NULL, 0)), *bytes = made(gilt_bytes_new("a", 1));
    size_t size;
    if (!list || !bytes) return;
    expect(gilt_is(list, GILT_LIST) && gilt_is_instance(list, gilt_type(GILT_OBJECT)));
    expect(gilt_type_of(bytes) == gilt_type(GILT_BYTES));
    expect(*gilt_bytes_data(bytes, &size) == 'a' && size == 1);
    expect(gilt_refcount(list) == 1 && gilt_true(list) == 0);
    GiltObject *tuple = made(gilt_tuple_new(&list, 1));
    if (tuple) expect(gilt_tuple_size(tuple) == 1 && gilt_refcount(list) == 2);
    expect(*gilt_mode() && *gilt_policies());
    gilt_set_switch_interval(gilt_switch_interval());
    (void)gilt_switches();
    ask_of_the_collector(list);
    gilt_raise(GILT_VALUE_ERROR, "taken");
    GiltObject *error = gilt_error_take();
    if (error && !gilt_is_instance(error, gilt_type(GILT_VALUE_ERROR))) failures++;
    gilt_decref(error);
    done(true);
}
