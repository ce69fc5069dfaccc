/* unicode.c: properties of code points by libunistring, quicker for ASCII. */
#include "core/types/unicode.h"
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>

static inline bool is_ascii_letter(uint32_t point) { return (point | 32) - 'a' < 26u; }

static bool has_category(uint32_t point, uint32_t mask) {
    return uc_is_general_category_withtable(point, mask);
}

bool point_is_printable_wide(uint32_t point) {
    return !has_category(point, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z);
}

bool point_is_alpha(uint32_t point) {
    if (likely(point < 0x80)) return is_ascii_letter(point);
    return has_category(point, UC_CATEGORY_MASK_L);
}

int point_decimal(uint32_t point) {
    if (likely(point < 0x80)) return point - '0' < 10u ? (int)(point - '0') : -1;
    return uc_decimal_value(point);
}

bool point_is_decimal(uint32_t point) { return point_decimal(point) >= 0; }

bool point_is_digit(uint32_t point) {
    return point < 0x80 ? point - '0' < 10u : uc_digit_value(point) >= 0;
}

/* The CJK ideographs that are numbers: their values stand in a part of Unicode's data (the
 * Unihan database) that libunistring does not have. */
static bool is_han_number(uint32_t point) {
    static const uint32_t numbers[] = {
        0x3405,  0x3483,  0x382A,  0x3B4D,  0x4E00,  0x4E03,  0x4E07,  0x4E09,  0x4E5D,
        0x4E8C,  0x4E94,  0x4E96,  0x4EBF,  0x4EC0,  0x4EDF,  0x4EE8,  0x4F0D,  0x4F70,
        0x5104,  0x5146,  0x5169,  0x516B,  0x516D,  0x5341,  0x5343,  0x5344,  0x5345,
        0x534C,  0x53C1,  0x53C2,  0x53C3,  0x53C4,  0x56DB,  0x58F1,  0x58F9,  0x5E7A,
        0x5EFE,  0x5EFF,  0x5F0C,  0x5F0D,  0x5F0E,  0x5F10,  0x62FE,  0x634C,  0x67D2,
        0x6F06,  0x7396,  0x767E,  0x8086,  0x842C,  0x8CAE,  0x8CB3,  0x8D30,  0x9621,
        0x9646,  0x964C,  0x9678,  0x96F6,  0xF96B,  0xF973,  0xF978,  0xF9B2,  0xF9D1,
        0xF9D3,  0xF9FD,  0x20001, 0x20064, 0x200E2, 0x20121, 0x2092A, 0x20983, 0x2098C,
        0x2099C, 0x20AEA, 0x20AFD, 0x20B19, 0x22390, 0x22998, 0x23B1B, 0x2626D, 0x2F890};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i] == point) return true;
    return false;
}

bool point_is_numeric(uint32_t point) {
    if (point < 0x80) return point - '0' < 10u;
    return uc_numeric_value(point).denominator != 0 || is_han_number(point);
}

bool point_is_lower(uint32_t point) {
    return point < 0x80 ? point - 'a' < 26u : uc_is_property_lowercase(point);
}

bool point_is_upper(uint32_t point) {
    return point < 0x80 ? point - 'A' < 26u : uc_is_property_uppercase(point);
}

bool point_is_title(uint32_t point) {
    return point >= 0x80 && has_category(point, UC_CATEGORY_MASK_Lt);
}

bool point_is_cased(uint32_t point) {
    return point < 0x80 ? is_ascii_letter(point) : uc_is_property_cased(point);
}

bool point_is_case_ignorable(uint32_t point) {
    return uc_is_property_case_ignorable(point);
}

bool point_starts_name(uint32_t point) {
    if (likely(point < 0x80)) return is_ascii_letter(point) || point == '_';
    return uc_is_property_xid_start(point);
}

bool point_continues_name(uint32_t point) {
    if (likely(point < 0x80)) return point_starts_name(point) || point - '0' < 10u;
    return uc_is_property_xid_continue(point);
}

static uint32_t case_ascii(Case to, uint32_t point) {
    if (!is_ascii_letter(point)) return point;
    return to == CASE_LOWER || to == CASE_FOLD ? point | 32 : point & ~32u;
}

size_t point_case(Case to, uint32_t point, uint32_t *mapped) {
    typedef uint32_t *Map(const uint32_t *, size_t, const char *, uninorm_t, uint32_t *,
                          size_t *);
    static Map *const maps[] = {u32_tolower, u32_toupper, u32_totitle, u32_casefold};
    size_t count = POINT_CASES_MAX;
    *mapped = case_ascii(to, point);
    if (likely(point < 0x80)) return 1;
    *mapped = point;
    if (point - 0xD800 < 0x800u) return 1; /* a surrogate is no text to the library */
    uint32_t *out = maps[to](&point, 1, NULL, NULL, mapped, &count);
    if (unlikely(out != mapped)) { /* no memory, or no case has so many: stays as it is */
        free(out);
        *mapped = point;
        return 1;
    }
    return count;
}
