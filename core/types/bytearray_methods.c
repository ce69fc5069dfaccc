/* bytearray_methods.c: what changes a bytearray. Values are read first, which may run any
 * code; then the change is one step under the lock (bytearray.c). */
#include "core/types/bytearray.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/bytes_internal.h"
#include "core/types/number.h"
#include "core/types/slice.h"
#include "core/types/str.h"

static const char byte_range[] = "byte must be in range(0, 256)";

static Object *none_if(bool well) { return well ? gilt_none() : NULL; }

/* ---- items and slices ---- */

static bool set_byte(Object *o, Object *key, Object *value) {
    ssize_t index;
    uint8_t byte;
    size_t size;
    if (!index_key(key, "bytearray", &index)) return false;
    if (value && !byte_value(value, byte_range, &byte)) return false;
    Change change = !value ? bytearray_take(o, index, NULL, &byte, &size)
                    : bytearray_put(o, index, &byte) ? CHANGED
                                                     : NOT_THERE;
    if (change != NOT_THERE) return bytearray_changed(o, change);
    return gilt_raise(GILT_INDEX_ERROR, "bytearray index out of range");
}

static bool set_view(Object *o, const SliceNumbers *numbers, const ByteView *view) {
    size_t count;
    Change change = bytearray_set_slice(o, numbers, view->data, view->size, &count);
    if (change != NOT_THERE) return bytearray_changed(o, change);
    return gilt_raise(GILT_VALUE_ERROR,
                      "attempt to assign bytes of size %zu to extended slice of size %zu",
                      view->size, count);
}

static bool set_slice(Object *o, Object *slice, Object *value) {
    SliceNumbers numbers;
    ByteView view = {0};
    if (!slice_numbers(slice, &numbers)) return false;
    if (!value) return set_view(o, &numbers, &view);
    if (str_check(value) || index_has(value) || number_has_double(value))
        return gilt_raise(GILT_TYPE_ERROR,
                          "can assign only bytes, buffers, or iterables of "
                          "ints in range(0, 256)");
    Object *given[3] = {value, NULL, NULL};
    Object *bytes = bytes_from(given, TYPE_BYTEARRAY);
    if (!bytes) return false;
    bool well = byte_view(&view, bytes) && set_view(o, &numbers, &view);
    decref(bytes);
    return well;
}

bool bytearray_set_item(Object *o, Object *key, Object *value) {
    if (is_type(key, TYPE_SLICE)) return set_slice(o, key, value);
    return set_byte(o, key, value);
}

/* ---- methods ---- */

Object *bytearray_append(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    uint8_t byte;
    return none_if(byte_value(arguments[0], byte_range, &byte) &&
                   bytearray_splice(o, SIZE_MAX, 0, &byte, 1));
}

Object *bytearray_insert(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    uint8_t byte;
    ssize_t index;
    if (!index_argument(arguments[0], &index) ||
        !byte_value(arguments[1], byte_range, &byte))
        return NULL;
    if (index < 0) index += (ssize_t)bytearray_size(o);
    return none_if(bytearray_splice(o, index < 0 ? 0 : (size_t)index, 0, &byte, 1));
}

Object *bytearray_extend(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *from = arguments[0], *items = NULL;
    ByteView view;
    if (!buffer_check(from)) {
        Object *iterator = iterate(from);
        if (!iterator) {
            if (gilt_error_is(GILT_TYPE_ERROR))
                gilt_raise(GILT_TYPE_ERROR, "can't extend bytearray with %.100s",
                           type_of(from)->name);
            return NULL;
        }
        Object *list = list_of(iterator);
        decref(iterator);
        if (!list) return NULL;
        items = bytes_from((Object *const[]){list, NULL, NULL}, TYPE_BYTEARRAY);
        decref(list);
        if (!items) return NULL;
        from = items;
    }
    bool well = byte_view(&view, from);
    if (well) {
        well = bytearray_splice(o, SIZE_MAX, 0, view.data, view.size);
        byte_view_end(&view);
    }
    decref_maybe(items);
    return none_if(well);
}

Object *bytearray_pop(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t index = -1;
    size_t size;
    if (!index_argument(arguments[0], &index)) return NULL;
    uint8_t byte;
    Change change = bytearray_take(o, index, NULL, &byte, &size);
    if (change != NOT_THERE) return bytearray_changed(o, change) ? gilt_int(byte) : NULL;
    return gilt_raise(GILT_INDEX_ERROR,
                      size ? "pop index out of range" : "pop from empty bytearray");
}

Object *bytearray_remove(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    uint8_t byte;
    if (!byte_value(arguments[0], byte_range, &byte)) return NULL;
    Change change = bytearray_take_byte(o, byte);
    if (change == NOT_THERE)
        return gilt_raise(GILT_VALUE_ERROR, "value not found in bytearray");
    return none_if(bytearray_changed(o, change));
}

Object *bytearray_reverse(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return none_if(bytearray_reverse_all(o));
}

Object *bytearray_clear(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return none_if(bytearray_splice(o, 0, SIZE_MAX, NULL, 0));
}

Object *bytearray_copy(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return bytes_turned(o, bytearray_snapshot(o));
}

/* ---- x += y, x *= n ---- */

static Object *repeat(Object *o, Object *times) {
    size_t total;
    Bytes *unit = (Bytes *)bytearray_snapshot(o), *product = NULL;
    if (!unit) return NULL;
    if (bytes_repeated(times, unit->size, BYTES_MAX, NULL, &total))
        product = bytes_make(total);
    if (product && total) {
        memcpy(product->data, unit->data, unit->size);
        bytes_fill(product->data, unit->size, total);
    }
    bool well = product && bytearray_splice(o, 0, SIZE_MAX, product->data, product->size);
    decref(&unit->head);
    decref_maybe((Object *)product);
    return well ? incref(o) : NULL;
}

Object *bytearray_update(Operator op, Object *o, Object *other) {
    ByteView view;
    if (op == OP_MULTIPLY && index_has(other)) return repeat(o, other);
    if (op != OP_ADD) return NOT_IMPLEMENTED;
    if (!buffer_check(other))
        return gilt_raise(GILT_TYPE_ERROR, "can't concat %.100s to %.100s",
                          type_of(other)->name, type_of(o)->name);
    if (!byte_view(&view, other)) return NULL;
    bool well = bytearray_splice(o, SIZE_MAX, 0, view.data, view.size);
    byte_view_end(&view);
    return well ? incref(o) : NULL;
}
