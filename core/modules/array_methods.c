/* array_methods.c: what programs call on an array.array by name. */
#include "core/modules/array.h"
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/str.h"
#include "core/types/tuple.h"

static Object *none_if(bool well) { return well ? gilt_none() : NULL; }

/* ---- changing ---- */

static Object *method_append(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(array_append(o, arguments[0]));
}

static Object *method_extend(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(array_extend(o, arguments[0]));
}

static Object *method_insert(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t index, size = (ssize_t)bytearray_count(o);
    uint64_t item;
    if (!index_argument(arguments[0], &index) ||
        !item_of(array_code(o), arguments[1], &item))
        return NULL;
    if (index < 0) index = index + size < 0 ? 0 : index + size;
    if (index > size) index = size;
    return none_if(bytearray_splice(o, (size_t)index * bytearray_unit(o), 0, &item,
                                    bytearray_unit(o)));
}

static Object *method_pop(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t index = -1;
    size_t size;
    uint64_t item;
    if (!index_argument(arguments[0], &index)) return NULL;
    Change change = bytearray_take(o, index, NULL, &item, &size);
    if (change != NOT_THERE)
        return bytearray_changed(o, change) ? item_object(array_code(o), &item) : NULL;
    return gilt_raise(GILT_INDEX_ERROR,
                      size ? "pop index out of range" : "pop from empty array");
}

static Object *method_reverse(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return none_if(bytearray_reverse_all(o));
}

static Object *method_byteswap(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    bytearray_swap_all(o);
    return gilt_none();
}

/* ---- looking for items ---- */

/* The first index in [from, to) with an item that is equal: -1 nowhere, -2 exception. Its
 * bytes come to *item. */
static ssize_t find(Object *o, Object *wanted, size_t from, size_t to, uint64_t *item) {
    for (size_t i = from; i < to && bytearray_item(o, i, item); i++) {
        Object *object = item_object(array_code(o), item);
        int same = object ? object_compare_true(COMPARE_EQUAL, object, wanted) : -1;
        decref_maybe(object);
        if (same) return same < 0 ? -2 : (ssize_t)i;
    }
    return -1;
}

static Object *method_index(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t from, to;
    uint64_t item;
    if (!slice_ends(arguments + 1, &from, &to)) return NULL;
    size_t size = bytearray_count(o);
    ssize_t index = find(o, arguments[0], slice_at(from, size), slice_at(to, size), &item);
    if (index >= 0) return gilt_int(index);
    return index == -1 ? gilt_raise(GILT_VALUE_ERROR, "array.index(x): x not in array")
                       : NULL;
}

static Object *method_count(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t at = -1;
    int64_t found = -1;
    uint64_t item;
    do {
        at = find(o, arguments[0], (size_t)(at + 1), SIZE_MAX, &item);
        found++;
    } while (at >= 0);
    return at == -1 ? gilt_int(found) : NULL;
}

/* Compares without the lock; if another item is at the index by then, once more. */
static Object *method_remove(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    uint64_t item, taken;
    size_t size;
    ssize_t at;
    while ((at = find(o, arguments[0], 0, SIZE_MAX, &item)) >= 0) {
        Change change = bytearray_take(o, at, &item, &taken, &size);
        if (change != NOT_THERE) return none_if(bytearray_changed(o, change));
    }
    return at == -1 ? gilt_raise(GILT_VALUE_ERROR, "array.remove(x): x not in array")
                    : NULL;
}

/* ---- to and from others ---- */

static Object *method_tobytes(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return bytearray_snapshot(o);
}

static Object *method_frombytes(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(array_append_bytes(o, arguments[0]));
}

static Object *method_tolist(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Bytes *all = (Bytes *)bytearray_snapshot(o);
    Object *list = all ? gilt_list_new(NULL, 0) : NULL;
    size_t unit = bytearray_unit(o);
    bool well = list;
    for (size_t at = 0; well && at < all->size; at += unit) {
        Object *item = item_object(array_code(o), all->data + at);
        well = item && gilt_list_append(list, item);
        decref_maybe(item);
    }
    decref_maybe((Object *)all);
    if (well) return list;
    decref_maybe(list);
    return NULL;
}

/* All of it, or nothing. */
static Object *method_fromlist(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    if (!is_kind(arguments[0], GILT_LIST))
        return gilt_raise(GILT_TYPE_ERROR, "arg must be list");
    Object *items = array_make_from(array_code(o), NULL, 0);
    bool well = items && array_extend(items, arguments[0]) && array_extend(o, items);
    decref_maybe(items);
    return none_if(well);
}

static bool of_characters(Object *o, const char *method) {
    return ((ByteArray *)o)->code == 'u' ||
           gilt_raise(GILT_VALUE_ERROR, "%s() may only be called on unicode type arrays",
                      method);
}

static Object *method_tounicode(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (!of_characters(o, "tounicode")) return NULL;
    Bytes *all = (Bytes *)bytearray_snapshot(o);
    Object *text = all ? str_of_points(all->data, STR_FULL, all->size / 4) : NULL;
    decref_maybe((Object *)all);
    return text;
}

static Object *method_fromunicode(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    if (!str_check(arguments[0]))
        return gilt_raise(GILT_TYPE_ERROR, "fromunicode() argument must be str, not %s",
                          type_of(arguments[0])->name);
    return none_if(of_characters(o, "fromunicode") && array_append_text(o, arguments[0]));
}

static Object *method_tofile(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *bytes = bytearray_snapshot(o), *name = gilt_intern("write"), *answer = NULL;
    if (bytes && name) answer = gilt_call_method(arguments[0], name, &bytes, 1);
    decref_maybe(bytes);
    if (!answer) return NULL;
    decref(answer);
    return gilt_none();
}

static Object *method_fromfile(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t items;
    size_t bytes;
    if (!object_index(arguments[1], &items)) return NULL;
    if (items < 0) return gilt_raise(GILT_VALUE_ERROR, "negative count");
    if (__builtin_mul_overflow((size_t)items, bytearray_unit(o), &bytes) ||
        bytes > PTRDIFF_MAX)
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *size = gilt_int((int64_t)bytes), *name = gilt_intern("read"), *data = NULL;
    if (size && name) data = gilt_call_method(arguments[0], name, &size, 1);
    decref_maybe(size);
    if (!data) return NULL;
    bool well =
        bytes_check(data) || gilt_raise(GILT_TYPE_ERROR, "read() didn't return bytes");
    bool enough = well && ((Bytes *)data)->size == bytes;
    well = well && array_append_bytes(o, data);
    decref(data);
    if (well && !enough)
        return gilt_raise(GILT_EOF_ERROR, "read() didn't return enough bytes");
    return none_if(well);
}

static Object *method_buffer_info(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    object_lock(o);
    ByteArrayBlock *block = link_peek(&((ByteArray *)o)->array);
    object_unlock(o);
    Object *at = gilt_int(block ? (int64_t)(uintptr_t)block->data : 0);
    Object *size = gilt_int((int64_t)bytearray_count(o));
    if (at && size) return tuple_of_two(at, size);
    decref_maybe(at);
    decref_maybe(size);
    return NULL;
}

static Object *method_copy(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Bytes *all = (Bytes *)bytearray_snapshot(o);
    Object *copy = all ? array_make_from(array_code(o), all->data, all->size) : NULL;
    decref_maybe((Object *)all);
    return copy;
}

static Object *get_typecode(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return str_of_point((uint8_t)((ByteArray *)o)->code);
}

static Object *get_itemsize(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_int((int64_t)bytearray_unit(o));
}

/* (class, (typecode, list), attributes) */
static Object *method_reduce(Object *o, Object *const *arguments, size_t count) {
    Object *list = method_tolist(o, arguments, count);
    Object *code = list ? get_typecode(o, NULL, 0) : NULL;
    Object *given = code ? tuple_of_two(code, list) : NULL;
    if (!code) decref_maybe(list);
    Object *state = given ? attribute_get_maybe(o, class_names.dict) : NULL;
    if (given && !gilt_error())
        return tuple_of_own(
            (Object *[]){incref(&type_of(o)->head), given, state ? state : gilt_none()}, 3);
    decref_maybe(given);
    return NULL;
}

static Object *method_sizeof(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    object_lock(o);
    ByteArrayBlock *block = link_peek(&((ByteArray *)o)->array);
    size_t bytes = sizeof(ByteArray) + (block ? block->retired.bytes : 0);
    object_unlock(o);
    return gilt_int((int64_t)bytes);
}

const Native array_methods[] = {
    {"append(v, /)", method_append},
    {"buffer_info()", method_buffer_info},
    {"byteswap()", method_byteswap},
    {"count(v, /)", method_count},
    {"extend(bb, /)", method_extend},
    {"frombytes(buffer, /)", method_frombytes},
    {"fromfile(f, n, /)", method_fromfile},
    {"fromlist(list, /)", method_fromlist},
    {"fromunicode(ustr, /)", method_fromunicode},
    {"index(v, start=, stop=, /)", method_index},
    {"insert(i, v, /)", method_insert},
    {"pop(i=, /)", method_pop},
    {"remove(v, /)", method_remove},
    {"reverse()", method_reverse},
    {"tobytes()", method_tobytes},
    {"tofile(f, /)", method_tofile},
    {"tolist()", method_tolist},
    {"tounicode()", method_tounicode},
    {"get itemsize", get_itemsize},
    {"get typecode", get_typecode},
    {"__copy__()", method_copy},
    {"__deepcopy__(memo, /)", method_copy},
    {"__reduce_ex__(protocol, /)", method_reduce},
    {"__sizeof__()", method_sizeof},
    {0},
};
