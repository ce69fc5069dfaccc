/* arrays.c: see arrays.h. */
#include "core/vm/arrays.h"
#include "core/modules/array.h"

static const ItemCode *code_of(const Object *o) {
    return is_type(o, TYPE_ARRAY) ? array_code(o) : item_code('B');
}

/* Of the 64 bits, those that an item does not have. */
static unsigned unused_bits(const ItemCode *code) { return 64 - (8u << code->shift); }

static int64_t extend(uint64_t item, unsigned unused) {
    return (int64_t)(item << unused) >> unused;
}

static double float_of(const ItemCode *code, uint64_t item) {
    float single;
    double number;
    if (code->shift == 3) return memcpy(&number, &item, sizeof number), number;
    memcpy(&single, &item, sizeof single);
    return single;
}

static uint64_t item_of_float(const ItemCode *code, double number) {
    uint64_t item = 0;
    float single = (float)number;
    if (code->shift == 3)
        memcpy(&item, &number, sizeof number);
    else
        memcpy(&item, &single, sizeof single);
    return item;
}

static Value int_or_empty(int64_t n) { return int_fits_value(n) ? value_of_int(n) : EMPTY; }

static Value byte_value_at(const Bytes *bytes, int64_t i) {
    if (i < 0) i += (int64_t)bytes->size;
    return (uint64_t)i < bytes->size ? value_of_int(bytes->data[i]) : EMPTY;
}

Value array_value(Object *o, int64_t i) {
    uint64_t item = 0; /* little endian: what a short item does not fill stays 0 */
    if (is_type(o, GILT_BYTES)) return byte_value_at((const Bytes *)o, i);
    if (i < 0) i += (int64_t)bytearray_count(o);
    if (i < 0 || !bytearray_item(o, (size_t)i, &item)) return EMPTY;
    const ItemCode *code = code_of(o);
    switch ((ItemKind)code->kind) {
    case ITEM_FLOAT:
        return value_try_float(float_of(code, item));
    case ITEM_SIGNED:
        return int_or_empty(extend(item, unused_bits(code)));
    case ITEM_UNSIGNED:
        return item <= INT64_MAX ? int_or_empty((int64_t)item) : EMPTY;
    default:
        return EMPTY;
    }
}

/* false: the number is no such item. */
static bool item_of_value(const ItemCode *code, Value v, uint64_t *item) {
    unsigned unused = unused_bits(code);
    if (code->kind == ITEM_FLOAT) {
        *item =
            item_of_float(code, value_is_int(v) ? (double)value_int(v) : value_float(v));
        return true;
    }
    if (!value_is_int(v)) return false;
    *item = (uint64_t)value_int(v);
    if (code->kind == ITEM_SIGNED) return extend(*item, unused) == value_int(v);
    return code->kind == ITEM_UNSIGNED && value_int(v) >= 0 &&
           *item << unused >> unused == *item;
}

bool array_put_value(Object *o, int64_t i, Value v) {
    if (is_type(o, GILT_BYTES)) return false;
    uint64_t item;
    return item_of_value(code_of(o), v, &item) && bytearray_put(o, i, &item);
}
