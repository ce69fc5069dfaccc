/* array.c: the module array, and what an array.array is as a sequence. Every change is one
 * step of bytearray.c; values are read before it, which may run any code. */
#include "core/modules/array.h"
#include "core/modules/module.h"
#include "core/object/arguments.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/fields.h"
#include "core/types/sequence.h"
#include "core/types/str.h"
#include <string.h>

/* ---- items ---- */

Object *array_make_from(const ItemCode *code, const void *data, size_t size) {
    Object *o = bytearray_empty(&types[TYPE_ARRAY], code->shift, code->code);
    if (!o || !size || bytearray_splice(o, 0, 0, data, size)) return o;
    return decref(o), NULL;
}

Object *array_at(Object *o, size_t index) {
    uint64_t item;
    return bytearray_item(o, index, &item) ? item_object(array_code(o), &item) : NULL;
}

bool array_append(Object *o, Object *value) {
    uint64_t item;
    return item_of(array_code(o), value, &item) &&
           bytearray_splice(o, SIZE_MAX, 0, &item, bytearray_unit(o));
}

static bool append_one(Object *value, void *o) { return array_append(o, value); }

static bool append_array(Object *o, Object *other) {
    if (((ByteArray *)o)->code != ((ByteArray *)other)->code)
        return gilt_raise(GILT_TYPE_ERROR, "can only extend with array of same kind");
    Bytes *copy = (Bytes *)bytearray_snapshot(other);
    bool well = copy && bytearray_splice(o, SIZE_MAX, 0, copy->data, copy->size);
    decref_maybe((Object *)copy);
    return well;
}

bool array_extend(Object *o, Object *iterable) {
    if (array_check(iterable)) return append_array(o, iterable);
    return iterate_each(iterable, append_one, o);
}

bool array_append_text(Object *o, Object *text) {
    size_t length = str_length(text);
    for (size_t i = 0; i < length; i++) {
        uint32_t point = str_at(text, i);
        if (!bytearray_splice(o, SIZE_MAX, 0, &point, sizeof point)) return false;
    }
    return true;
}

bool array_append_bytes(Object *o, Object *bytes) {
    ByteView view;
    if (!byte_view(&view, bytes)) return false;
    bool whole = view.size % bytearray_unit(o) == 0;
    if (!whole) gilt_raise(GILT_VALUE_ERROR, "bytes length not a multiple of item size");
    bool well = whole && bytearray_splice(o, SIZE_MAX, 0, view.data, view.size);
    byte_view_end(&view);
    return well;
}

/* ---- making ---- */

static const ItemCode *code_of(Object *o) {
    if (!str_check(o) || str_length(o) != 1)
        return (void *)gilt_raise(GILT_TYPE_ERROR,
                                  "array() argument 1 must be a unicode character, not %s",
                                  type_of(o)->name);
    const ItemCode *code = item_code(str_at(o, 0));
    if (code && code->in_array) return code;
    return (void *)gilt_raise(
        GILT_VALUE_ERROR, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
}

static bool fill_other(Object *o, Object *from) {
    char code = ((ByteArray *)o)->code;
    bool points = array_check(from) && ((ByteArray *)from)->code == 'u';
    if ((str_check(from) || points) && code != 'u')
        return gilt_raise(GILT_TYPE_ERROR,
                          "cannot use a %s to initialize an array with typecode '%c'",
                          points ? "unicode array" : "str", code);
    if (str_check(from)) return array_append_text(o, from);
    if (bytes_like(from)) return array_append_bytes(o, from);
    if (array_check(from) && ((ByteArray *)from)->code == code)
        return append_array(o, from);
    return iterate_each(from, append_one, o);
}

static Object *array_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    if (names && gilt_tuple_size(names) && type == &types[TYPE_ARRAY])
        return gilt_raise(GILT_TYPE_ERROR, "array.array() takes no keyword arguments");
    if (!count || count > 2)
        return gilt_raise(GILT_TYPE_ERROR, "array() takes at %s (%zu given)",
                          count ? "most 2 arguments" : "least 1 argument", count);
    const ItemCode *code = code_of(arguments[0]);
    Object *o = code ? bytearray_empty(type, code->shift, code->code) : NULL;
    if (!o || count == 1 || fill_other(o, arguments[1])) return o;
    return decref(o), NULL;
}

/* ---- x[i], x[i:j] ---- */

static bool item_index(Object *o, Object *key, const char *outside, ssize_t *index) {
    if (!index_has(key))
        return gilt_raise(GILT_TYPE_ERROR, "array indices must be integers");
    if (!index_number(key, GILT_INDEX_ERROR, index)) return false;
    if (index_within(index, bytearray_count(o))) return true;
    return gilt_raise(GILT_INDEX_ERROR, "%s", outside);
}

static Object *get_slice(Object *o, Object *slice) {
    SliceNumbers numbers;
    ssize_t start;
    size_t unit = bytearray_unit(o);
    Bytes *all = slice_numbers(slice, &numbers) ? (Bytes *)bytearray_snapshot(o) : NULL;
    if (!all) return NULL;
    size_t count = slice_adjust(&numbers, all->size / unit, &start);
    Object *part = NULL;
    if (numbers.step == 1) {
        part =
            array_make_from(array_code(o), all->data + (size_t)start * unit, count * unit);
    } else {
        Bytes *steps = bytes_make(count * unit);
        for (size_t i = 0; steps && i < count; i++, start += numbers.step)
            memcpy(steps->data + i * unit, all->data + (size_t)start * unit, unit);
        if (steps) part = array_make_from(array_code(o), steps->data, steps->size);
        decref_maybe((Object *)steps);
    }
    decref(&all->head);
    return part;
}

static Object *array_get_item(Object *o, Object *key) {
    ssize_t index;
    if (is_type(key, TYPE_SLICE)) return get_slice(o, key);
    if (!item_index(o, key, "array index out of range", &index)) return NULL;
    Object *item = array_at(o, (size_t)index);
    if (likely(item) || gilt_error()) return item;
    return gilt_raise(GILT_INDEX_ERROR, "array index out of range");
}

static bool set_slice(Object *o, Object *slice, Object *value) {
    SliceNumbers numbers;
    Bytes *items = NULL;
    size_t count, size = 0;
    if (value && !array_check(value))
        return gilt_raise(GILT_TYPE_ERROR,
                          "can only assign array (not \"%.200s\") to array slice",
                          type_of(value)->name);
    if (value && ((ByteArray *)value)->code != ((ByteArray *)o)->code)
        return gilt_raise(GILT_TYPE_ERROR, "bad argument type for built-in operation");
    if (!slice_numbers(slice, &numbers)) return false;
    if (value && !(items = (Bytes *)bytearray_snapshot(value))) return false;
    if (items) size = items->size;
    Change change =
        bytearray_set_slice(o, &numbers, items ? items->data : NULL, size, &count);
    decref_maybe((Object *)items);
    if (change != NOT_THERE) return bytearray_changed(o, change);
    return gilt_raise(GILT_VALUE_ERROR,
                      "attempt to assign array of size %zu to extended slice of size %zu",
                      size / bytearray_unit(o), count);
}

static bool array_set_item(Object *o, Object *key, Object *value) {
    static const char outside[] = "array assignment index out of range";
    ssize_t index;
    size_t count;
    uint64_t item;
    if (is_type(key, TYPE_SLICE)) return set_slice(o, key, value);
    if (!item_index(o, key, outside, &index)) return false;
    Change change = NOT_THERE;
    if (!value)
        change = bytearray_take(o, index, NULL, &item, &count);
    else if (!item_of(array_code(o), value, &item))
        return false;
    else if (bytearray_put(o, index, &item))
        change = CHANGED;
    if (likely(change != NOT_THERE)) return bytearray_changed(o, change);
    return gilt_raise(GILT_INDEX_ERROR, "%s", outside);
}

static ssize_t array_length(Object *o) { return (ssize_t)bytearray_count(o); }

static int array_contains(Object *o, Object *wanted) {
    Object *item;
    int same = 0;
    for (size_t i = 0; !same && (item = array_at(o, i)); i++) {
        same = object_compare_true(COMPARE_EQUAL, item, wanted);
        decref(item);
    }
    return gilt_error() ? -1 : same;
}

/* ---- comparing ---- */

/* The first index where they differ, or where the shorter ends: then the items are NULL.
 * -1: an exception. */
static ssize_t first_difference(Object *a, Object *b, Object **left, Object **right) {
    for (size_t i = 0;; i++) {
        *left = array_at(a, i);
        *right = *left ? array_at(b, i) : NULL;
        int same = *right ? object_compare_true(COMPARE_EQUAL, *left, *right) : 0;
        if (!*right) {
            decref_maybe(*left);
            *left = NULL;
        }
        if (gilt_error()) same = -1;
        if (!same) return (ssize_t)i;
        decref_maybe(*left);
        decref_maybe(*right);
        if (same < 0) return -1;
    }
}

static int array_equal(Object *a, Object *b) {
    Object *left, *right;
    if (!array_check(b)) return 2;
    if (bytearray_count(a) != bytearray_count(b)) return 0;
    if (first_difference(a, b, &left, &right) < 0) return -1;
    if (!left) return 1;
    decref(left);
    decref(right);
    return 0;
}

static int array_less(Object *a, Object *b) {
    Object *left, *right;
    if (!array_check(b)) return 2;
    if (first_difference(a, b, &left, &right) < 0) return -1;
    if (!left) return bytearray_count(a) < bytearray_count(b);
    int less = object_compare_true(COMPARE_LESS, left, right);
    decref(left);
    decref(right);
    return less;
}

/* ---- operators ---- */

static Object *add(Object *a, Object *b) {
    if (((ByteArray *)a)->code != ((ByteArray *)b)->code)
        return gilt_raise(GILT_TYPE_ERROR, "bad argument type for built-in operation");
    Object *sum = array_make_from(array_code(a), NULL, 0);
    if (sum && append_array(sum, a) && append_array(sum, b)) return sum;
    decref_maybe(sum);
    return NULL;
}

/* The bytes of so many copies. */
static Bytes *repeated(Object *o, Object *times) {
    size_t total;
    Bytes *unit = (Bytes *)bytearray_snapshot(o), *product = NULL;
    if (!unit) return NULL;
    if (bytes_repeated(times, unit->size, BYTES_MAX, NULL, &total))
        product = bytes_make(total);
    if (product && total) {
        memcpy(product->data, unit->data, unit->size);
        bytes_fill(product->data, unit->size, total);
    }
    decref(&unit->head);
    return product;
}

static Object *array_refuse(Operator op, Object *o, Object *other, bool left) {
    if (op == OP_MULTIPLY) return sequence_refuse(op, o, other, left);
    if (op != OP_ADD || !left) return NOT_IMPLEMENTED;
    return gilt_raise(GILT_TYPE_ERROR, "can only append array (not \"%.200s\") to array",
                      type_of(other)->name);
}

static Object *array_operate(Operator op, Object *a, Object *b) {
    if (op == OP_ADD && array_check(a)) return array_check(b) ? add(a, b) : NOT_IMPLEMENTED;
    if (op != OP_MULTIPLY) return NOT_IMPLEMENTED;
    Object *o = array_check(a) ? a : b, *times = o == a ? b : a;
    if (!index_has(times)) return NOT_IMPLEMENTED;
    Bytes *product = repeated(o, times);
    Object *array =
        product ? array_make_from(array_code(o), product->data, product->size) : NULL;
    decref_maybe((Object *)product);
    return array;
}

static Object *array_update(Operator op, Object *o, Object *other) {
    if (op == OP_ADD) {
        if (array_check(other)) return append_array(o, other) ? incref(o) : NULL;
        return gilt_raise(GILT_TYPE_ERROR, "can only extend array with array (not \"%s\")",
                          type_of(other)->name);
    }
    if (op != OP_MULTIPLY || !index_has(other)) return NOT_IMPLEMENTED;
    Bytes *product = repeated(o, other);
    bool well = product && bytearray_splice(o, 0, SIZE_MAX, product->data, product->size);
    decref_maybe((Object *)product);
    return well ? incref(o) : NULL;
}

/* ---- text ---- */

static Object *array_repr(Object *o) {
    StrBuilder text;
    NativeCall *items = NULL;
    const char *wanted = ((ByteArray *)o)->code == 'u' ? "tounicode()" : "tolist()";
    for (const Native *n = array_methods; !items; n++)
        if (!strcmp(n->signature, wanted)) items = n->call;
    Object *all = items(o, NULL, 0);
    if (!all) return NULL;
    builder_init(&text);
    builder_append_utf8(&text, strrchr(type_of(o)->name, '.')
                                   ? strrchr(type_of(o)->name, '.') + 1
                                   : type_of(o)->name);
    builder_append_utf8(&text, "('");
    builder_append_char(&text, (uint8_t)((ByteArray *)o)->code);
    builder_append_char(&text, '\'');
    if (gilt_len(all)) {
        builder_append_utf8(&text, ", ");
        builder_append_repr(&text, all);
    }
    builder_append_char(&text, ')');
    decref(all);
    return builder_finish(&text);
}

/* ---- iterating ---- */

typedef struct ArrayIterator {
    Object head;
    Slot array; /* never changes */
    _Atomic size_t index;
} ArrayIterator;

FIELDS(iterator, ArrayIterator, array, 1)

static Object *array_iterate(Object *o) {
    ArrayIterator *i =
        (ArrayIterator *)object_new(TYPE_ARRAY_ITERATOR, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->array, incref(o));
    atomic_init(&i->index, 0);
    return &i->head;
}

/* Ends for good when it has come to the end once. */
static Object *iterator_next(Object *o) {
    ArrayIterator *i = (ArrayIterator *)o;
    Object *array = field_get(&i->array);
    size_t index = number_get(&i->index);
    Object *item = array && index != SIZE_MAX ? array_at(array, index) : NULL;
    number_put(&i->index, item ? index + 1 : SIZE_MAX);
    return item;
}

const TypeOps array_iterator_ops = {FIELDS_OPS(iterator), .iterate = iterator_itself,
                                    .next = iterator_next};

const TypeOps array_ops = {
    .kind = MEMORY_LEAF,
    .bytes = bytearray_bytes,
    .destroy = bytearray_destroy,
    .equal = array_equal,
    .less = array_less,
    .repr = array_repr,
    .length = array_length,
    .get_item = array_get_item,
    .set_item = array_set_item,
    .contains = array_contains,
    .operate = array_operate,
    .refuse = array_refuse,
    .update = array_update,
    .iterate = array_iterate,
    .make = array_make,
    .methods = array_methods,
};

/* ---- the module ---- */

static bool fill(Object *module) {
    Object *type = &types[TYPE_ARRAY].head;
    return module_put(module, "array", incref(type)) &&
           module_put(module, "ArrayType", incref(type)) &&
           module_put(module, "typecodes", gilt_str_from("bBuhHiIlLqQfd"));
}

const ModuleSpec array_module = {"array", NULL, fill};
