/* utf8.c: decoding, encoding and classes of code points.
 *
 * A mistake is reported as Python reports it: the bytes up to the first that cannot
 * follow (Unicode 15, 3.9, "maximal subpart"). The ranges of first and second bytes
 * alone exclude overlong forms, surrogates and points above U+10FFFF (table 3-7). */
#include "core/types/utf8.h"
#include <string.h>

/* Bytes of the sequence that begins with `lead`; 0 if none does. */
static size_t sequence_bytes(uint8_t lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) return 3;
    return lead < 0xF5 ? 4 : 0;
}

/* May `byte` stand at `place` (1 to 3) of a sequence that begins with `lead`? */
static bool may_follow(uint8_t lead, size_t place, uint8_t byte) {
    if ((byte & 0xC0) != 0x80) return false;
    if (place > 1) return true;
    switch (lead) {
    case 0xE0:
        return byte >= 0xA0;
    case 0xED:
        return byte < 0xA0;
    case 0xF0:
        return byte >= 0x90;
    case 0xF4:
        return byte < 0x90;
    default:
        return true;
    }
}

/* What is wrong with the sequence at `text`, of which `left` bytes are there? NULL if
 * nothing; else *bytes is how many belong to the mistake. */
static const char *sequence_wrong(const uint8_t *text, size_t left, size_t *bytes) {
    size_t whole = sequence_bytes(*text);
    *bytes = 1;
    if (!whole) return "invalid start byte";
    for (size_t place = 1; place < whole; place++) {
        *bytes = place;
        if (place == left) return "unexpected end of data";
        if (!may_follow(*text, place, text[place])) return "invalid continuation byte";
    }
    return NULL;
}

/* How many of the first bytes are surely ASCII, found eight at a time. */
static size_t ascii_run(const uint8_t *text, size_t bytes) {
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= bytes; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080)) break;
    }
    return i;
}

bool utf8_scan(const uint8_t *text, size_t bytes, Utf8Scan *scan) {
    *scan = (Utf8Scan){0};
    const uint8_t *at = text, *end = text + bytes;
    while (at < end) {
        size_t run = ascii_run(at, (size_t)(end - at));
        at += run;
        scan->points += run;
        for (int i = 0; i < 8 && at < end; i++, scan->points++) {
            if (*at < 0x80) {
                at++;
                continue;
            }
            scan->wrong = sequence_wrong(at, (size_t)(end - at), &scan->wrong_bytes);
            scan->wrong_from = (size_t)(at - text);
            if (unlikely(scan->wrong)) return false;
            scan->all |= utf8_next(&at);
        }
    }
    return true;
}

uint32_t utf8_next(const uint8_t **at) {
    const uint8_t *s = *at;
    size_t bytes = sequence_bytes(*s);
    *at += bytes;
    switch (bytes) {
    case 1:
        return *s;
    case 2:
        return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    case 3:
        return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    default:
        return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
               (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
    }
}

size_t utf8_bytes(uint32_t point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

size_t utf8_put(uint32_t point, uint8_t *to) {
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t bytes = utf8_bytes(point);
    for (size_t i = bytes - 1; i > 0; i--, point >>= 6) to[i] = 0x80 | (point & 0x3F);
    to[0] = (uint8_t)(lead[bytes] | point);
    return bytes;
}

typedef struct Range {
    uint32_t first, last;
} Range;

static bool in_ranges(const Range *ranges, size_t count, uint32_t point) {
    for (size_t i = 0; i < count && ranges[i].first <= point; i++)
        if (point <= ranges[i].last) return true;
    return false;
}

bool point_is_space_wide(uint32_t point) {
    static const Range spaces[] = {{0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
                                   {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                                   {0x205F, 0x205F}, {0x3000, 0x3000}};
    return in_ranges(spaces, sizeof spaces / sizeof *spaces, point);
}
