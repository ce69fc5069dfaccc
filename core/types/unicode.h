/* unicode.h: what Unicode says about a code point, as Python's str methods ask for it.
 *
 * ASCII is answered here, in place; the rest comes from the tables of libunistring. */
#pragma once
#include "core/base.h"

/* Does repr show the code point itself? Not controls, format characters, separators other
 * than the space, surrogates, private use, and what is not assigned. */
bool point_is_printable_wide(uint32_t point);
static inline bool point_is_printable(uint32_t point) {
    return likely(point < 0x7F) ? point >= ' ' : point_is_printable_wide(point);
}

bool point_is_alpha(uint32_t point);
bool point_is_decimal(uint32_t point); /* a digit that numbers are written with */
bool point_is_digit(uint32_t point);   /* or one that stands above or in a circle */
bool point_is_numeric(uint32_t point); /* or a fraction, a Roman numeral and the like */
bool point_is_lower(uint32_t point);
bool point_is_upper(uint32_t point);
bool point_is_title(uint32_t point);
bool point_is_cased(uint32_t point);
bool point_is_case_ignorable(uint32_t point);
bool point_starts_name(uint32_t point); /* of an identifier */
bool point_continues_name(uint32_t point);

/* 0 to 9, or -1 if point_is_decimal is false. */
int point_decimal(uint32_t point);

/* Full case mapping: writes 1 to POINT_CASES_MAX code points, and returns how many. A sigma
 * becomes the one that is not final. */
enum { POINT_CASES_MAX = 3 };
typedef enum Case { CASE_LOWER, CASE_UPPER, CASE_TITLE, CASE_FOLD } Case;
size_t point_case(Case to, uint32_t point, uint32_t *mapped);
