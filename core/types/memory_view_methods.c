/* memory_view_methods.c: what programs ask a memoryview by name. */
#include "core/types/bytearray.h"
#include "core/types/bytes_internal.h"
#include "core/types/fields.h"
#include "core/types/memory_view.h"
#include "core/types/str.h"
#include <string.h>

static MemoryView *usable(Object *o) {
    MemoryView *m = (MemoryView *)o;
    return memory_view_usable(m) ? m : NULL;
}

/* ---- all of it ---- */

/* One dimension has one order. */
static bool order_known(Object *order) {
    if (!order || is_type(order, GILT_NONE)) return true;
    if (!str_check(order))
        return gilt_raise(GILT_TYPE_ERROR,
                          "tobytes() argument 'order' must be str or None, not %s",
                          type_of(order)->name);
    uint32_t letter = str_length(order) == 1 ? str_at(order, 0) : 0;
    return letter == 'C' || letter == 'F' || letter == 'A' ||
           gilt_raise(GILT_VALUE_ERROR, "order must be 'C', 'F' or 'A'");
}

static Object *method_tobytes(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    MemoryView *m = usable(o);
    return m && order_known(arguments[0]) ? memory_view_pack(m) : NULL;
}

static Object *method_tolist(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    Bytes *packed = m ? (Bytes *)memory_view_pack(m) : NULL;
    Object *list = packed ? gilt_list_new(NULL, 0) : NULL;
    bool well = list;
    for (size_t i = 0; well && i < m->count; i++) {
        Object *item = item_object(m->code, packed->data + (i << m->code->shift));
        well = item && gilt_list_append(list, item);
        decref_maybe(item);
    }
    decref_maybe((Object *)packed);
    if (well) return list;
    decref_maybe(list);
    return NULL;
}

static Object *method_hex(Object *o, Object *const *arguments, size_t count) {
    Object *packed = usable(o) ? memory_view_pack((MemoryView *)o) : NULL;
    Object *text = packed ? bytes_hex(packed, arguments, count) : NULL;
    decref_maybe(packed);
    return text;
}

static Object *method_toreadonly(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = memory_view_derived((MemoryView *)o);
    if (m) m->readonly = true;
    return (Object *)m;
}

/* ---- cast ---- */

/* The letter of a format, with an @ before it or without. */
static const ItemCode *format_code(Object *format, bool *prefixed) {
    if (!str_check(format))
        return (void *)gilt_raise(GILT_TYPE_ERROR,
                                  "cast() argument 'format' must be str, not %s",
                                  type_of(format)->name);
    size_t length = str_length(format);
    *prefixed = length == 2 && str_at(format, 0) == '@';
    const ItemCode *code = NULL;
    if (length == 1 || *prefixed) code = item_code(str_at(format, length - 1));
    if (code && code->kind == ITEM_POINT) code = NULL;
    if (!code)
        gilt_raise(
            GILT_VALUE_ERROR,
            "memoryview: destination format must be a native single character format "
            "prefixed with an optional '@'");
    return code;
}

/* A shape of one dimension says nothing new. */
static bool shape_fits(Object *shape, size_t count) {
    int64_t size;
    if (!shape) return true;
    bool list = is_kind(shape, GILT_LIST);
    if (!list && !is_kind(shape, GILT_TUPLE))
        return gilt_raise(GILT_TYPE_ERROR, "shape must be a list or a tuple");
    if (gilt_len(shape) != 1)
        return gilt_raise(GILT_NOT_IMPLEMENTED_ERROR,
                          "memoryview: views of several dimensions are not supported");
    Object *only = list ? gilt_list_get(shape, 0) : gilt_tuple_get(shape, 0);
    bool well = only && gilt_int_value(only, &size);
    decref_maybe(only);
    if (!well) return false;
    return (size > 0 && (size_t)size == count) ||
           gilt_raise(GILT_TYPE_ERROR,
                      "memoryview: product(shape) * itemsize != buffer size");
}

static bool may_cast(MemoryView *m, const ItemCode *to) {
    if (!memory_view_is_packed(m))
        return gilt_raise(GILT_TYPE_ERROR,
                          "memoryview: casts are restricted to C-contiguous views");
    if (!strchr("Bbc", m->code->code) && !strchr("Bbc", to->code))
        return gilt_raise(GILT_TYPE_ERROR,
                          "memoryview: cannot cast between two non-byte formats");
    return memory_view_size(m) % ((size_t)1 << to->shift) == 0 ||
           gilt_raise(GILT_TYPE_ERROR, "memoryview: length is not a multiple of itemsize");
}

static Object *method_cast(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    MemoryView *m = usable(o);
    bool prefixed = false;
    const ItemCode *code = m ? format_code(arguments[0], &prefixed) : NULL;
    if (!code || !may_cast(m, code)) return NULL;
    size_t items = memory_view_size(m) >> code->shift;
    if (!shape_fits(arguments[1], items)) return NULL;
    MemoryView *other = memory_view_derived(m);
    if (!other) return NULL;
    other->code = code;
    other->prefixed = prefixed;
    other->count = items;
    other->stride = (ssize_t)memory_view_unit(other);
    return &other->head;
}

/* ---- reading into ---- */

/* All of the target as single bytes that can be written. */
static MemoryView *target_view(Object *target) {
    MemoryView *m = buffer_check(target) ? (MemoryView *)memory_view_new(target) : NULL;
    if (m && !m->readonly && memory_view_is_packed(m)) {
        m->count = memory_view_size(m);
        m->code = item_code('B');
        m->stride = 1;
        return m;
    }
    decref_maybe((Object *)m);
    if (gilt_error()) return NULL;
    return (void *)gilt_raise(
        GILT_TYPE_ERROR,
        "readinto() argument must be read-write bytes-like object, not %.50s",
        type_of(target)->name);
}

Object *memory_view_read_into(Object *target, Object *self, NativeCall *read) {
    MemoryView *m = target_view(target);
    Object *size = m ? gilt_int((int64_t)m->count) : NULL;
    Object *data = size ? read(self, &size, 1) : NULL;
    decref_maybe(size);
    bool well = data && !is_type(data, GILT_NONE);
    if (well) {
        m->count = ((Bytes *)data)->size;
        well = memory_view_fill(m, ((Bytes *)data)->data);
        decref(data);
        data = well ? gilt_int((int64_t)m->count) : NULL;
    }
    decref_maybe((Object *)m);
    return data;
}

/* ---- the end ---- */

static Object *method_release(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = (MemoryView *)o;
    Object *base = field_get(&m->base);
    bool array = !bytes_check(base);
    if (array) object_lock(base);
    bool was = atomic_exchange_explicit(&m->released, true, memory_order_relaxed);
    if (array && !was) ((ByteArray *)base)->exports--;
    if (array) object_unlock(base);
    return gilt_none();
}

static Object *method_enter(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return usable(o) ? incref(o) : NULL;
}

/* ---- what it is ---- */

static Object *get_obj(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? incref(field_get(&m->base)) : NULL;
}

static Object *get_format(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? gilt_str_format("%s%c", m->prefixed ? "@" : "", m->code->code) : NULL;
}

static Object *get_itemsize(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? gilt_int((int64_t)memory_view_unit(m)) : NULL;
}

static Object *get_nbytes(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? gilt_int((int64_t)memory_view_size(m)) : NULL;
}

static Object *get_readonly(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? gilt_bool(m->readonly) : NULL;
}

static Object *get_ndim(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return usable(o) ? gilt_int(1) : NULL;
}

static Object *one_number(int64_t number) {
    Object *item = gilt_int(number), *tuple = item ? gilt_tuple_new(&item, 1) : NULL;
    decref_maybe(item);
    return tuple;
}

static Object *get_shape(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? one_number((int64_t)m->count) : NULL;
}

static Object *get_strides(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? one_number(m->stride) : NULL;
}

static Object *get_suboffsets(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return usable(o) ? gilt_tuple_new(NULL, 0) : NULL;
}

static Object *get_contiguous(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    MemoryView *m = usable(o);
    return m ? gilt_bool(memory_view_is_packed(m)) : NULL;
}

const Native memory_view_methods[] = {
    {"tobytes(order=)", method_tobytes},
    {"tolist()", method_tolist},
    {"hex(sep=, bytes_per_sep=)", method_hex},
    {"toreadonly()", method_toreadonly},
    {"cast(format, shape=)", method_cast},
    {"release()", method_release},
    {"__enter__()", method_enter},
    {"__exit__(*arguments)", method_release},
    {"get obj", get_obj},
    {"get format", get_format},
    {"get itemsize", get_itemsize},
    {"get nbytes", get_nbytes},
    {"get readonly", get_readonly},
    {"get ndim", get_ndim},
    {"get shape", get_shape},
    {"get strides", get_strides},
    {"get suboffsets", get_suboffsets},
    {"get c_contiguous", get_contiguous},
    {"get f_contiguous", get_contiguous},
    {"get contiguous", get_contiguous},
    {0},
};
