/* item.c: see item.h. Messages are those of CPython, which reads a number as a C type that
 * may be larger than the item first. */
#include "core/types/item.h"
#include "core/types/bytes.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include <string.h>

static const ItemCode codes[] = {
    ['b'] = {'b', 0, ITEM_SIGNED, true},    ['B'] = {'B', 0, ITEM_UNSIGNED, true},
    ['h'] = {'h', 1, ITEM_SIGNED, true},    ['H'] = {'H', 1, ITEM_UNSIGNED, true},
    ['i'] = {'i', 2, ITEM_SIGNED, true},    ['I'] = {'I', 2, ITEM_UNSIGNED, true},
    ['l'] = {'l', 3, ITEM_SIGNED, true},    ['L'] = {'L', 3, ITEM_UNSIGNED, true},
    ['q'] = {'q', 3, ITEM_SIGNED, true},    ['Q'] = {'Q', 3, ITEM_UNSIGNED, true},
    ['f'] = {'f', 2, ITEM_FLOAT, true},     ['d'] = {'d', 3, ITEM_FLOAT, true},
    ['n'] = {'n', 3, ITEM_SIGNED, false},   ['N'] = {'N', 3, ITEM_UNSIGNED, false},
    ['P'] = {'P', 3, ITEM_UNSIGNED, false}, ['?'] = {'?', 0, ITEM_BOOL, false},
    ['c'] = {'c', 0, ITEM_BYTE, false},     ['u'] = {'u', 2, ITEM_POINT, true},
};

const ItemCode *item_code(uint32_t letter) {
    bool is_code = letter < sizeof codes / sizeof *codes && codes[letter].code;
    return is_code ? &codes[letter] : NULL;
}

/* ---- to objects ---- */

static uint64_t load(const void *item, unsigned shift) {
    uint64_t bits = 0; /* little endian */
    memcpy(&bits, item, (size_t)1 << shift);
    return bits;
}

static Object *float_object(const void *item, unsigned shift) {
    float single;
    double number;
    if (shift == 3) return memcpy(&number, item, 8), gilt_float(number);
    memcpy(&single, item, 4);
    return gilt_float(single);
}

static Object *point_object(const void *item) {
    uint32_t point = (uint32_t)load(item, 2);
    if (point < 0x110000) return str_of_point(point);
    return gilt_raise(GILT_VALUE_ERROR, "character U+%x is not in range [U+0000; U+10ffff]",
                      point);
}

Object *item_object(const ItemCode *code, const void *item) {
    unsigned unused = 64 - (8u << code->shift);
    switch ((ItemKind)code->kind) {
    case ITEM_SIGNED:
        return gilt_int((int64_t)(load(item, code->shift) << unused) >> unused);
    case ITEM_UNSIGNED:
        return int_of_unsigned(load(item, code->shift));
    case ITEM_FLOAT:
        return float_object(item, code->shift);
    case ITEM_BOOL:
        return gilt_bool(*(const uint8_t *)item != 0);
    case ITEM_POINT:
        return point_object(item);
    default:
        return gilt_bytes_new(item, 1);
    }
}

/* ---- from objects ---- */

static bool overflow(const char *text) {
    return gilt_raise(GILT_OVERFLOW_ERROR, "%s", text);
}

/* Is it out of the range? Then the message says what is. */
static bool within(int64_t value, int64_t least, int64_t most, const char *name) {
    if (value >= least && value <= most) return true;
    return gilt_raise(GILT_OVERFLOW_ERROR, "%s is %s", name,
                      value < least ? "less than minimum" : "greater than maximum");
}

static bool in_range(char code, int64_t value) {
    switch (code) {
    case 'b':
        return within(value, INT16_MIN, INT16_MAX, "signed short integer") &&
               within(value, INT8_MIN, INT8_MAX, "signed char");
    case 'B':
        return within(value, 0, UINT8_MAX, "unsigned byte integer");
    case 'h':
        return within(value, INT16_MIN, INT16_MAX, "signed short integer");
    case 'H':
        return within(value, INT32_MIN, INT32_MAX, "signed integer") &&
               within(value, 0, UINT16_MAX, "unsigned short");
    case 'i':
        return within(value, INT32_MIN, INT32_MAX, "signed integer");
    default:
        return true;
    }
}

/* `o` is an int. */
static bool small_value(const ItemCode *code, Object *o, int64_t *value) {
    if (gilt_int_value(o, value)) return in_range(code->code, *value);
    return overflow(code->code == 'q' ? "int too big to convert"
                                      : "Python int too large to convert to C long");
}

/* A magnitude of one limb is the number. */
static bool large_value(const ItemCode *code, Object *o, uint64_t *value) {
    IntView view;
    bool of_int = code->code == 'Q';
    int_view(o, &view);
    if (view.negative)
        return overflow(of_int ? "can't convert negative int to unsigned"
                               : "can't convert negative value to unsigned int");
    if (view.size > 1)
        return overflow(of_int ? "int too big to convert"
                               : "Python int too large to convert to C unsigned long");
    *value = view.limbs[0];
    if (code->shift == 2 && *value > UINT32_MAX)
        return overflow("unsigned int is greater than maximum");
    return true;
}

static bool int_item(const ItemCode *code, Object *o, void *item) {
    uint64_t bits = 0;
    int64_t value;
    Object *index = index_object(o);
    if (!index) return false;
    bool large = code->kind == ITEM_UNSIGNED && code->shift >= 2;
    bool well = large ? large_value(code, index, &bits) : small_value(code, index, &value);
    decref(index);
    if (!well) return false;
    if (!large) bits = (uint64_t)value;
    memcpy(item, &bits, (size_t)1 << code->shift);
    return true;
}

static bool float_item(const ItemCode *code, Object *o, void *item) {
    double value;
    if (!number_double(o, &value)) return false;
    float single = (float)value;
    if (code->shift == 3)
        memcpy(item, &value, 8);
    else
        memcpy(item, &single, 4);
    return true;
}

static bool point_item(Object *o, void *item) {
    if (!str_check(o) || str_length(o) != 1)
        return gilt_raise(GILT_TYPE_ERROR, "array item must be a unicode character, not %s",
                          type_of(o)->name);
    uint32_t point = str_at(o, 0);
    memcpy(item, &point, sizeof point);
    return true;
}

static bool byte_item(Object *o, uint8_t *item) {
    if (!bytes_check(o)) return gilt_raise(GILT_TYPE_ERROR, "a byte is expected");
    if (((Bytes *)o)->size != 1)
        return gilt_raise(GILT_VALUE_ERROR, "a single byte is expected");
    *item = ((Bytes *)o)->data[0];
    return true;
}

bool item_of(const ItemCode *code, Object *o, void *item) {
    switch ((ItemKind)code->kind) {
    case ITEM_SIGNED:
    case ITEM_UNSIGNED:
        return int_item(code, o, item);
    case ITEM_FLOAT:
        return float_item(code, o, item);
    case ITEM_POINT:
        return point_item(o, item);
    case ITEM_BOOL: {
        int truth = gilt_true(o);
        *(uint8_t *)item = truth > 0;
        return truth >= 0;
    }
    default:
        return byte_item(o, item);
    }
}
