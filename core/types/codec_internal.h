/* codec_internal.h: what codec.c (names and errors), codec_encode.c and codec_decode.c
 * share. */
#pragma once
#include "core/types/bytes.h"
#include "core/types/codec.h"
#include "core/types/str.h"

typedef enum Encoding {
    UTF_8,
    UTF_8_SIG,
    ASCII,
    LATIN_1,
    UTF_16,
    UTF_16_LE,
    UTF_16_BE,
    UTF_32,
    UTF_32_LE,
    UTF_32_BE,
    ENCODINGS
} Encoding;

typedef enum Errors {
    STRICT,
    IGNORE,
    REPLACE,
    BACKSLASH_REPLACE,
    XML_REPLACE,
    NAME_REPLACE,
    SURROGATE_ESCAPE,
    SURROGATE_PASS,
    ERRORS_UNKNOWN /* an error of its own, but only once there is something to treat */
} Errors;

typedef struct Codec {
    Encoding encoding;
    Errors errors;
    Object *errors_name; /* borrowed */
} Codec;

/* As Python's errors name it. */
const char *encoding_name(Encoding encoding);

/* false: LookupError, MemoryError. */
bool codec_find(Codec *codec, Object *encoding, Object *errors);
bool codec_raise_errors(const Codec *codec); /* the LookupError about `errors` */

/* Of UTF-16 and UTF-32: bytes of a unit; which order. */
static inline size_t unit_bytes(Encoding e) { return e >= UTF_32 ? 4 : 2; }
static inline bool is_big_endian(Encoding e) { return e == UTF_16_BE || e == UTF_32_BE; }

static inline bool is_surrogate(uint32_t point) { return point - 0xD800 < 0x800u; }
