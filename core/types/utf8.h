/* utf8.h: text as bytes.
 *
 * Text that comes in is checked once, by utf8_scan; the other functions take text that
 * has passed, or code points of a str. Strict as RFC 3629: the shortest form only, no
 * surrogates, nothing above U+10FFFF. */
#pragma once
#include "core/types/unicode.h"

typedef struct Utf8Scan {
    size_t points;      /* code points in the text */
    uint32_t all;       /* all of them or'ed: as wide as the largest */
    const char *wrong;  /* NULL, or what is wrong, in Python's words */
    size_t wrong_from;  /* offset of the first byte that is not text */
    size_t wrong_bytes; /* how many bytes belong to the mistake */
} Utf8Scan;

/* Checks and measures the text. false: it is not UTF-8, and the wrong_ fields say why. */
bool utf8_scan(const uint8_t *text, size_t bytes, Utf8Scan *scan);

/* The code point that begins at *at; moves *at behind it. */
uint32_t utf8_next(const uint8_t **at);

/* How many bytes a code point takes, 1 to 4; utf8_put writes them and returns the same. */
size_t utf8_bytes(uint32_t point);
size_t utf8_put(uint32_t point, uint8_t *to);

/* White space as str.split() and str.strip() of Python mean it. */
bool point_is_space_wide(uint32_t point);

static inline bool point_is_space(uint32_t point) {
    if (point <= ' ') return UINT64_C(0x1F0003E00) >> point & 1; /* 9-13, 28-32 */
    return point > '~' && point_is_space_wide(point);
}
