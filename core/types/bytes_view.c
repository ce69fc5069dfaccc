/* bytes_view.c: looking at bytes and bytearray alike, and making bytes from anything. */
#include "core/object/iterate.h"
#include "core/types/bytearray.h"
#include "core/types/bytes_internal.h"
#include "core/types/codec.h"
#include "core/types/heir.h"
#include "core/types/memory_view.h"
#include "core/types/number.h"
#include "core/types/slice.h"
#include "core/types/str.h"

/* ---- making ---- */

Bytes *bytes_make(size_t size) {
    if (unlikely(size > BYTES_MAX)) return (Bytes *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    Bytes *b = (Bytes *)object_new(GILT_BYTES, MEMORY_LEAF, sizeof(Bytes) + size);
    if (unlikely(!b)) return NULL;
    atomic_init(&b->hash, 0);
    b->size = size;
    return b;
}

GiltObject *gilt_bytes_new(const void *data, size_t size) {
    Bytes *b = bytes_make(size);
    if (b && size) memcpy(b->data, data, size);
    return (Object *)b;
}

Object *bytes_of_type(Type *type, Object *bytes) {
    if (likely(!type_is_heir(type)) || !bytes) return bytes;
    size_t size = ((Bytes *)bytes)->size;
    Bytes *b = (Bytes *)heir_or_native_new(type, MEMORY_LEAF, sizeof(Bytes) + size);
    if (b) {
        atomic_init(&b->hash, 0);
        b->size = size;
        memcpy(b->data, ((Bytes *)bytes)->data, size);
    }
    decref(bytes);
    return (Object *)b;
}

Object *bytes_alike(Object *self, const void *data, size_t size) {
    return bytes_check(self) ? gilt_bytes_new(data, size) : bytearray_new(data, size);
}

Object *bytes_turned(Object *self, Object *bytes) {
    if (!bytes || bytes_check(self)) return bytes;
    Object *array = bytearray_new(((Bytes *)bytes)->data, ((Bytes *)bytes)->size);
    decref(bytes);
    return array;
}

Object *bytes_part(Object *self, const ByteView *view, size_t from, size_t to) {
    if (from == 0 && to == view->size && is_type(self, GILT_BYTES)) return incref(self);
    return bytes_alike(self, view->data + from, to - from);
}

Object *bytes_triple(Object *a, Object *b, Object *c) {
    Object *items[] = {a, b, c};
    Object *tuple = a && b && c ? gilt_tuple_new(items, 3) : NULL;
    for (int i = 0; i < 3; i++) decref_maybe(items[i]);
    return tuple;
}

/* ---- looking ---- */

static bool raise_not_bytes(Object *o) {
    return gilt_raise(GILT_TYPE_ERROR, "a bytes-like object is required, not '%s'",
                      type_of(o)->name);
}

bool byte_view(ByteView *view, Object *o) {
    view->copy = NULL;
    if (likely(bytes_check(o))) {
        *view = (ByteView){((Bytes *)o)->data, ((Bytes *)o)->size, NULL};
        return true;
    }
    if (is_type(o, TYPE_MEMORY_VIEW)) return memory_view_bytes(view, o);
    if (!buffer_check(o)) return raise_not_bytes(o);
    Bytes *copy = (Bytes *)bytearray_snapshot(o);
    if (copy) *view = (ByteView){copy->data, copy->size, &copy->head};
    return copy;
}

const uint8_t *gilt_bytes_data(GiltObject *o, size_t *size) {
    if (!bytes_check(o)) {
        raise_not_bytes(o);
        return NULL;
    }
    if (size) *size = ((Bytes *)o)->size;
    return ((Bytes *)o)->data;
}

int bytes_single(Object *o) {
    if (bytes_check(o)) return ((Bytes *)o)->size == 1 ? ((Bytes *)o)->data[0] : -1;
    if (!bytearray_check(o) || bytearray_size(o) != 1) return -1;
    return bytearray_at(o, 0);
}

bool byte_value(Object *o, const char *wrong, uint8_t *byte) {
    ssize_t value;
    if (!index_number(o, INDEX_CUT, &value)) return false;
    *byte = (uint8_t)value;
    return (value >= 0 && value <= 255) || gilt_raise(GILT_VALUE_ERROR, "%s", wrong);
}

bool byte_needle(ByteView *view, Object *o, uint8_t *room) {
    if (buffer_check(o)) return byte_view(view, o);
    if (!index_has(o))
        return gilt_raise(GILT_TYPE_ERROR,
                          "argument should be integer or bytes-like object, not '%s'",
                          type_of(o)->name);
    *view = (ByteView){room, 1, NULL};
    return byte_value(o, "byte must be in range(0, 256)", room);
}

/* ---- bytes(source, encoding, errors) ---- */

typedef struct Collected {
    uint8_t *data;
    size_t used, room;
    const char *range_text;
} Collected;

static bool collect(Object *item, void *data) {
    Collected *c = data;
    if (c->used == c->room) {
        size_t room = c->room * 2;
        uint8_t *larger = memory_new(MEMORY_ARRAY, room);
        if (!larger) return gilt_raise(GILT_MEMORY_ERROR, NULL);
        memcpy(larger, c->data, c->used);
        memory_free(c->data, c->room);
        c->data = larger;
        c->room = room;
    }
    return byte_value(item, c->range_text, &c->data[c->used++]);
}

static Object *from_items(Object *o, uint32_t type) {
    Collected c = {.room = 64,
                   .range_text = type == GILT_BYTES ? "bytes must be in range(0, 256)"
                                                    : "byte must be in range(0, 256)"};
    size_t hint = iterate_hint(o, 64);
    if (hint > c.room && hint < BYTES_MAX) c.room = hint;
    c.data = memory_new(MEMORY_ARRAY, c.room);
    if (!c.data) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *bytes = NULL;
    if (iterate_each(o, collect, &c)) bytes = gilt_bytes_new(c.data, c.used);
    memory_free(c.data, c.room);
    return bytes;
}

static Object *zeros(Object *count) {
    ssize_t size;
    if (!index_number(count, GILT_OVERFLOW_ERROR, &size)) return NULL;
    if (size < 0) return gilt_raise(GILT_VALUE_ERROR, "negative count");
    Bytes *b = bytes_make((size_t)size);
    if (b) memset(b->data, 0, (size_t)size);
    return (Object *)b;
}

/* What its __bytes__ answers. */
static Object *by_class(Object *o) {
    Object *bytes = number_special(o, SPECIAL_BYTES);
    if (!bytes || bytes_check(bytes)) return bytes;
    gilt_raise(GILT_TYPE_ERROR, "__bytes__ returned non-bytes (type %.200s)",
               type_of(bytes)->name);
    decref(bytes);
    return NULL;
}

static bool can_iterate(Object *o) {
    const TypeOps *native = is_built_in(o) ? type_of(o)->ops : type_of(o)->native;
    if (native && (native->iterate || native->get_item)) return true;
    return !is_built_in(o) && (class_has_special(type_of(o), SPECIAL_ITER) ||
                               class_has_special(type_of(o), SPECIAL_GETITEM));
}

static Object *from_object(Object *o, uint32_t type) {
    ByteView view;
    if (is_type(o, GILT_BYTES)) return incref(o);
    if (str_check(o))
        return gilt_raise(GILT_TYPE_ERROR, "string argument without an encoding");
    if (!is_built_in(o) && class_has_special(type_of(o), SPECIAL_BYTES)) return by_class(o);
    if (buffer_check(o)) {
        if (!byte_view(&view, o)) return NULL;
        bool whole = view.copy && view.data == ((Bytes *)view.copy)->data &&
                     view.size == ((Bytes *)view.copy)->size &&
                     is_type(view.copy, GILT_BYTES);
        Object *bytes = whole ? incref(view.copy) : gilt_bytes_new(view.data, view.size);
        byte_view_end(&view);
        return bytes;
    }
    if (index_has(o)) return zeros(o);
    if (can_iterate(o)) return from_items(o, type);
    return gilt_raise(GILT_TYPE_ERROR, "cannot convert '%.200s' object to %s",
                      type_of(o)->name, types[type].name);
}

Object *bytes_from(Object *const given[3], uint32_t type) {
    Object *source = given[0];
    if (given[1] || given[2]) {
        for (int i = 1; i < 3; i++)
            if (given[i] && !str_check(given[i]))
                return gilt_raise(GILT_TYPE_ERROR, "%s() argument '%s' must be str, not %s",
                                  types[type].name, i == 1 ? "encoding" : "errors",
                                  argument_type(given[i]));
        if (source && str_check(source)) return codec_encode(source, given[1], given[2]);
        return gilt_raise(GILT_TYPE_ERROR, "%s without a string argument",
                          given[1] ? "encoding" : "errors");
    }
    return source ? from_object(source, type) : gilt_bytes_new(NULL, 0);
}
