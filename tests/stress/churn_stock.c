/* churn_stock.c: things that are put in and taken out exactly once; and numbers and texts,
 * which must be what they were.
 *
 * Each thing that is put into the shared list, dict or set is an int that no other thing
 * is. Whoever takes one out notes it: nothing may be taken that was not put, nor twice; and
 * in the end each container holds exactly what was put and not taken. */
#include "tests/stress/churn.h"

#include <stdlib.h>
#include <string.h>

/* Above the small ints, which are immortal. */
enum { FIRST_VALUE = 1000 };

static const char *const store_names[] = {"list", "dict", "set"};

static Store store_for(int choice) { return (unsigned)choice % STORES; }

static GiltObject *value_of(int thing) { return gilt_int(FIRST_VALUE + thing); }

/* The thing that was found; -1, and something is wrong. */
static int thing_of(Store store, GiltObject *value) {
    int64_t number = -1;
    if (!gilt_is(value, GILT_INT)) {
        churn_wrong("a %s is in the %s, where only ints are put", gilt_type_name(value),
                    store_names[store]);
        return -1;
    }
    gilt_int_value(value, &number);
    number -= FIRST_VALUE;
    if (number >= 0 && number < churn_given(&churn.goods[store], GOODS) &&
        churn_marks(&churn.put[store][number]))
        return (int)number;
    churn_wrong("the %s holds %lld, which was never put into it", store_names[store],
                (long long)number + FIRST_VALUE);
    return -1;
}

static void note_taken(Store store, int thing) {
    if (thing >= 0 && churn_mark(&churn.taken[store][thing]))
        churn_wrong("%d was taken out of the %s twice", FIRST_VALUE + thing,
                    store_names[store]);
}

/* ---- Putting in ---- */

static bool put_into_list(GiltObject *list, GiltObject *value, int how) {
    if (how % 4 == 0) return gilt_list_insert(list, how, value);
    if (how % 4 > 1) return gilt_list_append(list, value);
    GiltObject *part = gilt_list_new(&value, 1);
    bool well = part && gilt_list_extend(list, part);
    gilt_decref(part);
    return well;
}

static bool put_into_dict(GiltObject *dict, GiltObject *value, int how) {
    if (how % 4) return gilt_dict_set(dict, value, value);
    GiltObject *there = gilt_dict_set_default(dict, value, value);
    if (there && there != value) churn_wrong("a new key was in the dict before");
    gilt_decref(there);
    return there;
}

void churn_push(const Op *op) {
    Store store = store_for(op->a);
    int thing = churn_next(&churn.goods[store], GOODS);
    if (thing < 0) return;
    GiltObject *value = value_of(thing), *into = churn.stores[store];
    churn_mark(&churn.put[store][thing]);
    churn_done(store == STORE_LIST   ? put_into_list(into, value, op->b)
               : store == STORE_DICT ? put_into_dict(into, value, op->b)
                                     : gilt_set_add(into, value));
    gilt_decref(value);
}

/* ---- Taking out ---- */

static void pop_from_list(GiltObject *list, int where) {
    ssize_t index = where % 3 == 0 ? -1 : where % 3 == 1 ? 0 : where % 8;
    GiltObject *value = gilt_list_pop(list, index);
    if (value)
        note_taken(STORE_LIST, thing_of(STORE_LIST, value));
    else if (gilt_error_is(GILT_INDEX_ERROR))
        gilt_error_clear();
    gilt_decref(value);
}

static void pop_from_dict(GiltObject *dict, int thing) {
    GiltObject *key = value_of(thing), *value = gilt_dict_pop(dict, key);
    if (value && thing_of(STORE_DICT, value) != thing)
        churn_wrong("a dict's key was taken out with the value of another");
    if (value)
        note_taken(STORE_DICT, thing);
    else if (gilt_error_is(GILT_KEY_ERROR))
        gilt_error_clear();
    gilt_decref(value);
    gilt_decref(key);
}

static void take_from_set(GiltObject *set, int thing) {
    GiltObject *value = value_of(thing);
    int was = gilt_set_discard(set, value);
    if (churn_done(was >= 0) && was) note_taken(STORE_SET, thing);
    gilt_decref(value);
}

/* One of the last that were put: one of the others is likely to be gone. */
static int recent(Store store, int choice) {
    int given = churn_given(&churn.goods[store], GOODS);
    return given ? given - 1 - (int)((unsigned)choice % 16) % given : -1;
}

void churn_pop(const Op *op) {
    Store store = store_for(op->a);
    int thing = recent(store, op->b);
    if (store == STORE_LIST)
        pop_from_list(churn.stores[store], op->b);
    else if (thing >= 0 && store == STORE_DICT)
        pop_from_dict(churn.stores[store], thing);
    else if (thing >= 0)
        take_from_set(churn.stores[store], thing);
}

/* ---- Looking ---- */

static void peek_into_list(GiltObject *list, int index) {
    GiltObject *value = gilt_list_get(list, index % 8 - 1);
    if (value)
        thing_of(STORE_LIST, value);
    else if (gilt_error_is(GILT_INDEX_ERROR))
        gilt_error_clear();
    gilt_decref(value);
}

static void peek_into_dict(GiltObject *dict, int thing) {
    GiltObject *key = value_of(thing), *value = gilt_dict_get(dict, key);
    if (value && thing_of(STORE_DICT, value) != thing)
        churn_wrong("a dict gave the value of another key");
    gilt_decref(value);
    gilt_decref(key);
}

static void walk_dict(GiltObject *dict) {
    GiltObject *key, *value;
    for (size_t at = 0; gilt_dict_next(dict, &at, &key, &value) && !churn_is_over();) {
        if (thing_of(STORE_DICT, key) != thing_of(STORE_DICT, value))
            churn_wrong("a dict has a key with the value of another");
        gilt_decref(key);
        gilt_decref(value);
        gilt_safepoint();
    }
}

static void walk_set(GiltObject *set) {
    GiltObject *value;
    for (size_t at = 0; gilt_set_next(set, &at, &value) && !churn_is_over();) {
        thing_of(STORE_SET, value);
        gilt_decref(value);
        gilt_safepoint();
    }
}

void churn_peek(const Op *op) {
    Store store = store_for(op->a);
    GiltObject *in = churn.stores[store];
    int thing = recent(store, op->b);
    if (store == STORE_LIST)
        peek_into_list(in, op->b);
    else if (op->c % 8 == 0)
        (store == STORE_DICT ? walk_dict : walk_set)(in);
    else if (store == STORE_DICT && thing >= 0)
        peek_into_dict(in, thing);
}

/* What changes the whole list, or copies it. */
void churn_order(const Op *op) {
    GiltObject *list = churn.stores[STORE_LIST];
    if (op->a % 3 == 0) {
        churn_done(gilt_list_reverse(list));
    } else if (op->a % 3 == 1) {
        if (!gilt_list_sort(list) && gilt_error_is(GILT_VALUE_ERROR)) gilt_error_clear();
    } else {
        GiltObject *copy = churn_some(gilt_list_slice(list, 0, PTRDIFF_MAX));
        for (size_t i = 0; copy && i < gilt_list_size(copy); i++) {
            GiltObject *value = churn_some(gilt_list_get(copy, (ssize_t)i));
            if (value) thing_of(STORE_LIST, value);
            gilt_decref(value);
        }
        gilt_decref(copy);
    }
}

/* ---- In the end ---- */

typedef struct Found {
    Store store;
    unsigned char times[GOODS];
} Found;

static void found_one(Found *found, GiltObject *value) {
    int thing = thing_of(found->store, value);
    if (thing >= 0 && found->times[thing]++)
        churn_wrong("%d is in the %s twice", FIRST_VALUE + thing,
                    store_names[found->store]);
    gilt_decref(value);
}

static size_t find_all(Found *found, GiltObject *in) {
    GiltObject *value;
    size_t at = 0;
    if (found->store == STORE_LIST)
        for (size_t i = 0; i < gilt_list_size(in); i++)
            found_one(found, gilt_list_get(in, (ssize_t)i));
    while (found->store == STORE_DICT && gilt_dict_next(in, &at, NULL, &value))
        found_one(found, value);
    while (found->store == STORE_SET && gilt_set_next(in, &at, &value))
        found_one(found, value);
    return (size_t)gilt_len(in);
}

static void check_store(Store store) {
    static Found found;
    size_t left = 0;
    found.store = store;
    memset(found.times, 0, sizeof found.times);
    size_t size = find_all(&found, churn.stores[store]);
    for (int i = 0; i < churn_given(&churn.goods[store], GOODS); i++) {
        int put = churn_marks(&churn.put[store][i]);
        int taken = churn_marks(&churn.taken[store][i]);
        left += (size_t)(put - taken);
        if (put - taken != found.times[i])
            churn_wrong("%d was put into the %s %d times and taken %d times, and is there "
                        "%d times",
                        FIRST_VALUE + i, store_names[store], put, taken, found.times[i]);
    }
    if (left != size)
        churn_wrong("the %s says that it has %zu items, and has %zu", store_names[store],
                    size, left);
}

void churn_check_stores(void) {
    for (Store store = 0; store < STORES; store++) check_store(store);
}

/* ---- Numbers and texts ---- */

static GiltObject *big_int(int choice) {
    GiltObject *number = gilt_int((choice & 63) + 3);
    for (int i = 0; number && i < 2 + (choice & 3); i++) {
        GiltObject *square = churn_some(gilt_multiply(number, number));
        gilt_decref(number);
        number = square;
    }
    return number;
}

void churn_value(const Op *op) {
    GiltObject *value =
        op->c & 1 ? big_int(op->b)
                  : gilt_str_format("text %d of %s", op->b,
                                    op->b & 1 ? "h\u00e9llo w\u00f6rld" : "the crowd");
    if (churn_some(value))
        churn_done(gilt_list_set(churn.values, (unsigned)op->a % VALUES, value));
    gilt_decref(value);
}

/* (x + y) - y and (x * y) // y are x. */
static void reckon_ints(GiltObject *x, GiltObject *y) {
    GiltObject *sum = churn_some(gilt_add(x, y)),
               *product = churn_some(gilt_multiply(x, y));
    GiltObject *less = sum ? churn_some(gilt_subtract(sum, y)) : NULL;
    GiltObject *part = product ? churn_some(gilt_floor_divide(product, y)) : NULL;
    if (less && part && (gilt_equal(less, x) != 1 || gilt_equal(part, x) != 1))
        churn_wrong("(x + y) - y or (x * y) // y is not x");
    gilt_decref(part);
    gilt_decref(less);
    gilt_decref(product);
    gilt_decref(sum);
}

/* x and y are in x + y. */
static void reckon_texts(GiltObject *x, GiltObject *y) {
    GiltObject *sum = churn_some(gilt_add(x, y));
    ssize_t length = gilt_len(x);
    if (sum && (gilt_str_find(sum, x, 0) != 0 || gilt_str_find(sum, y, length) != length))
        churn_wrong("x or y is not where it should be in x + y");
    gilt_decref(sum);
}

void churn_reckon(const Op *op) {
    GiltObject *x = churn_some(gilt_list_get(churn.values, (unsigned)op->a % VALUES));
    GiltObject *y = churn_some(gilt_list_get(churn.values, (unsigned)op->b % VALUES));
    bool ints = x && y && gilt_is(x, GILT_INT) && gilt_is(y, GILT_INT);
    bool texts = x && y && gilt_is(x, GILT_STR) && gilt_is(y, GILT_STR);
    if (ints)
        reckon_ints(x, y);
    else if (texts)
        reckon_texts(x, y);
    else if (x && y && (gilt_add(x, y) || !gilt_error_is(GILT_TYPE_ERROR)))
        churn_wrong("%s + %s is no TypeError", gilt_type_name(x), gilt_type_name(y));
    else
        gilt_error_clear();
    gilt_decref(x);
    gilt_decref(y);
}
