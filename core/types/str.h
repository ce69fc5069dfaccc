/* str.h: text, indexed by code point, never changed once made.
 *
 * A str keeps its code points in the object itself, each in 1, 2 or 4 bytes, whichever
 * the largest needs (the idea of PEP 393). Invariant: `kind` is the least that fits, so
 * equal texts have equal shapes and equal bytes, and comparing is one memcmp. The hash is
 * 0 until somebody asks; threads that ask at once compute the same value, so relaxed
 * loads and stores are enough. Immortal strs have their hash from the start and are never
 * written to. The empty str and those of one Latin-1 character are immortal. A str may have
 * surrogates in it, as Python's may; UTF-8 that comes in may not.
 *
 * A class may inherit str: `str_check` asks for any of these, is_type for a str itself. */
#pragma once
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/utf8.h"
#include <stdarg.h>
#include <string.h>

typedef enum StrKind {
    STR_ASCII,
    STR_LATIN,
    STR_WIDE,
    STR_FULL
} StrKind; /* 1 1 2 4 bytes */

typedef struct Str {
    Object head;
    _Atomic int64_t hash; /* 0: not computed */
    uint64_t shape;       /* length * 4 + kind */
    uint8_t data[];       /* no final NUL */
} Str;

_Static_assert(sizeof(Str) == 32, "a str of 8 ASCII characters takes 40 bytes");

#define STR_POINTS_MAX ((size_t)1 << 44) /* far more than memory; sums never overflow */

extern const TypeOps str_ops;

/* A slice: a new reference. MemoryError. */
struct SliceNumbers;
Object *str_copy_slice(Object *str, const struct SliceNumbers *numbers);

/* Makes the immortal strs. false: MemoryError. */
bool str_start(void);

/* ---- Kinds and code points: pure functions on memory ---- */

static inline unsigned kind_shift(StrKind kind) { return kind <= STR_LATIN ? 0 : kind - 1; }

/* The least kind for code points that, or'ed together, are `all`. */
static inline StrKind kind_for(uint32_t all) {
    return all < 0x80      ? STR_ASCII
           : all < 0x100   ? STR_LATIN
           : all < 0x10000 ? STR_WIDE
                           : STR_FULL;
}

static inline uint32_t point_get(const uint8_t *data, StrKind kind, size_t i) {
    if (likely(kind <= STR_LATIN)) return data[i];
    return kind == STR_WIDE ? ((const uint16_t *)data)[i] : ((const uint32_t *)data)[i];
}

static inline void point_put(uint8_t *data, StrKind kind, size_t i, uint32_t point) {
    if (likely(kind <= STR_LATIN))
        data[i] = (uint8_t)point;
    else if (kind == STR_WIDE)
        ((uint16_t *)data)[i] = (uint16_t)point;
    else
        ((uint32_t *)data)[i] = point;
}

/* Copies `count` code points that fit the kind of `to`. */
void points_copy(uint8_t *to, StrKind to_kind, const uint8_t *from, StrKind kind,
                 size_t count);

/* ---- Reading; the object must be a str unless said otherwise ---- */

static inline StrKind str_kind(const Object *o) {
    return (StrKind)(((const Str *)o)->shape & 3);
}

static inline size_t str_length(Object *o) { return ((Str *)o)->shape >> 2; }

static inline uint32_t str_at(Object *o, size_t i) {
    return point_get(((Str *)o)->data, str_kind(o), i);
}

/* The bytes of the text as it is stored. */
static inline size_t str_data_bytes(Object *o) {
    return str_length(o) << kind_shift(str_kind(o));
}

/* Is this the one immortal str with its text (see intern.h)? */
static inline bool str_is_interned(const Object *o) { return o->refs.marks & MARK_OWN; }

/* Have both the same text? Raises nothing. */
static inline bool str_same(Object *a, Object *b) {
    if (a == b) return true;
    if (((Str *)a)->shape != ((Str *)b)->shape) return false;
    if (str_is_interned(a) && str_is_interned(b)) return false;
    return memcmp(((Str *)a)->data, ((Str *)b)->data, str_data_bytes(a)) == 0;
}

int64_t str_hash_slow(Str *s);

/* Never 0. */
static inline int64_t str_hash(Object *o) {
    int64_t hash = atomic_load_explicit(&((Str *)o)->hash, memory_order_relaxed);
    return likely(hash) ? hash : str_hash_slow((Str *)o);
}

/* Is any object a str, or of a class that inherits it? */
static inline bool str_check(const Object *o) { return is_kind(o, GILT_STR); }

/* The same. If not: TypeError. */
static inline bool str_expect(Object *o) {
    if (likely(str_check(o))) return true;
    gilt_raise(GILT_TYPE_ERROR, "must be str, not %s", type_of(o)->name);
    return false;
}

/* ---- Making; new references ---- */

/* A str whose data the caller fills, before anybody else sees it, with code points whose
 * largest needs just this kind. Of at least two characters, or one beyond Latin-1. */
Str *str_make(size_t length, StrKind kind);

/* A str of these code points, which may need less than `kind`. */
Object *str_of_points(const uint8_t *data, StrKind kind, size_t count);

static inline Object *str_of_ascii(const char *text, size_t size) {
    return str_of_points((const uint8_t *)text, STR_ASCII, size);
}

/* A str in the making: of any length, even 0, with code points that fit `kind`, which the
 * caller fills before str_settle makes it what it must be: of the least kind that fits. */
Str *str_draft(size_t length, StrKind kind);
Object *str_settle(Str *draft);

/* The str itself, counted, or a plain one with the text of an heir. */
Object *str_exact(Object *o);

/* What `left += right` makes of a variable that owned `left`, whose reference this takes
 * over, also if it fails. Grows in place if nobody else can see the str, so that building a
 * text piece by piece takes linear time; the block then has room for more than its text. */
Object *str_append_owned(Object *left, Object *right);

/* One character; the empty str (immortal). */
Object *str_of_point(uint32_t point);
Object *str_empty(void);

/* A new mortal str with the same text, with its hash. */
Str *str_copy(Object *o);

static inline Object *str_from_utf8(const char *utf8, size_t bytes) {
    return gilt_str_new(utf8, bytes);
}

Object *str_format(const char *format, va_list args);

/* The part from `from` up to `to`, both within the str. */
Object *str_part(Object *o, size_t from, size_t to);

/* Where `part` is in `o` at or after `from` (at most the length): -1 nowhere, -2
 * MemoryError. */
ssize_t str_search(Object *o, Object *part, size_t from);

/* A StrBuilder collects text in scratch memory that only its thread sees. An append that
 * fails is remembered and makes all later ones do nothing: check once, at the end. Every
 * builder ends with finish (a new str, or NULL with the exception) or abandon. */
typedef struct StrBuilder {
    uint8_t *data;
    size_t used, room; /* code points */
    StrKind kind;      /* the least for what was appended */
    enum { BUILDER_WELL, BUILDER_NO_MEMORY, BUILDER_NOT_UTF8, BUILDER_RAISED } state;
} StrBuilder;

static inline void builder_init(StrBuilder *b) { *b = (StrBuilder){.state = BUILDER_WELL}; }
void builder_append_utf8(StrBuilder *b, const char *utf8);
void builder_append_ascii(StrBuilder *b, const char *text, size_t size);
void builder_append_part(StrBuilder *b, Object *str, size_t from, size_t to);
void builder_append_many(StrBuilder *b, uint32_t point, size_t count);
void builder_append_str(StrBuilder *b, Object *str);
void builder_append_char(StrBuilder *b, uint32_t point);

/* Appends the repr of any object. false: nothing more can be appended; go to finish. */
bool builder_append_repr(StrBuilder *b, Object *o);

Object *builder_finish(StrBuilder *b);
void builder_abandon(StrBuilder *b);
