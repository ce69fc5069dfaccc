/* str_case.c: upper and lower case. ASCII changes one bit; the rest takes Unicode's full
 * mappings, in which a letter may become three, and the one rule that depends on what is
 * around: a sigma at the end of a word is a final one. */
#include "core/types/str_internal.h"

/* Eight at once: a byte's top bit, free in ASCII, becomes a mark: it is at least `first`,
 * and not beyond the last letter. */
static inline void flip_eight(uint8_t *to, const uint8_t *from, uint8_t first) {
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t word;
    memcpy(&word, from, sizeof word);
    uint64_t letters = (word + (0x80u - first) * ones) & ~(word + (0x66u - first) * ones);
    word ^= (letters & tops) >> 2;
    memcpy(to, &word, sizeof word);
}

/* ASCII letters from `first` on change case, which is one bit. */
static Object *flip_ascii(Object *o, uint8_t first) {
    const Str *s = (Str *)o;
    size_t length = str_length(o);
    Str *flipped = str_draft(length, STR_ASCII);
    if (!flipped) return NULL;
    size_t i = 0;
    for (; i + 8 <= length; i += 8) flip_eight(flipped->data + i, s->data + i, first);
    for (; i < length; i++)
        flipped->data[i] =
            s->data[i] ^ (uint8_t)(((uint8_t)(s->data[i] - first) < 26) << 5);
    return str_settle(flipped);
}

enum { SIGMA = 0x3A3, FINAL_SIGMA = 0x3C2 };

/* Is the sigma at `i` at the end of a word? Before it is a letter, behind it none, but for
 * marks that do not count. */
static bool is_final(Object *o, size_t i) {
    size_t j = i, length = str_length(o);
    while (j > 0 && point_is_case_ignorable(str_at(o, j - 1))) j--;
    if (j == 0 || !point_is_cased(str_at(o, j - 1))) return false;
    for (j = i + 1; j < length && point_is_case_ignorable(str_at(o, j));) j++;
    return j == length || !point_is_cased(str_at(o, j));
}

static void append_case(StrBuilder *b, Object *o, size_t i, Case to) {
    uint32_t point = str_at(o, i), mapped[POINT_CASES_MAX];
    if (point == SIGMA && to == CASE_LOWER && is_final(o, i)) {
        builder_append_char(b, FINAL_SIGMA);
        return;
    }
    size_t count = point_case(to, point, mapped);
    for (size_t j = 0; j < count; j++) builder_append_char(b, mapped[j]);
}

static Object *map_all(Object *o, Case to) {
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < str_length(o); i++) append_case(&b, o, i, to);
    return builder_finish(&b);
}

GiltObject *gilt_str_lower(GiltObject *o) {
    if (!str_expect(o)) return NULL;
    return str_kind(o) == STR_ASCII ? flip_ascii(o, 'A') : map_all(o, CASE_LOWER);
}

GiltObject *gilt_str_upper(GiltObject *o) {
    if (!str_expect(o)) return NULL;
    return str_kind(o) == STR_ASCII ? flip_ascii(o, 'a') : map_all(o, CASE_UPPER);
}

Object *str_lower(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_str_lower(o);
}

Object *str_upper(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_str_upper(o);
}

Object *str_casefold(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return str_kind(o) == STR_ASCII ? flip_ascii(o, 'A') : map_all(o, CASE_FOLD);
}

Object *str_capitalize(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < str_length(o); i++)
        append_case(&b, o, i, i ? CASE_LOWER : CASE_TITLE);
    return builder_finish(&b);
}

Object *str_title(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    StrBuilder b;
    builder_init(&b);
    bool inside = false;
    for (size_t i = 0; i < str_length(o); i++) {
        append_case(&b, o, i, inside ? CASE_LOWER : CASE_TITLE);
        inside = point_is_cased(str_at(o, i));
    }
    return builder_finish(&b);
}

Object *str_swapcase(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < str_length(o); i++) {
        uint32_t point = str_at(o, i);
        if (point_is_upper(point))
            append_case(&b, o, i, CASE_LOWER);
        else if (point_is_lower(point))
            append_case(&b, o, i, CASE_UPPER);
        else
            builder_append_char(&b, point);
    }
    return builder_finish(&b);
}
