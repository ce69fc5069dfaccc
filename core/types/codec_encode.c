/* codec_encode.c: text to bytes. What an encoding can express at once is one copy; anything
 * else goes through a builder of bytes, code point by code point. */
#include "core/object/error.h"
#include "core/types/codec_internal.h"
#include <stdio.h>
#include <string.h>
#include <uniname.h>
#include <unictype.h>

/* ---- the quick ways ---- */

static Object *encode_utf8(Object *o) {
    size_t length = str_length(o), total = 0;
    for (size_t i = 0; i < length; i++) {
        if (is_surrogate(str_at(o, i))) return NULL;
        total += utf8_bytes(str_at(o, i));
    }
    Bytes *b = bytes_make(total);
    uint8_t *at = b ? b->data : NULL;
    for (size_t i = 0; b && i < length; i++) at += utf8_put(str_at(o, i), at);
    return (Object *)b;
}

/* NULL: it is not so simple, or there is an exception. */
static Object *encode_quickly(Object *o, Encoding encoding) {
    StrKind kind = str_kind(o);
    bool plain = kind == STR_ASCII && encoding <= LATIN_1 && encoding != UTF_8_SIG;
    if (plain || (kind == STR_LATIN && encoding == LATIN_1))
        return gilt_bytes_new(((Str *)o)->data, str_length(o));
    return encoding == UTF_8 ? encode_utf8(o) : NULL;
}

/* ---- one by one ---- */

typedef struct Encoder {
    const Codec *codec;
    Object *str;
    StrBuilder out; /* of bytes */
} Encoder;

static void put_byte(Encoder *e, uint32_t byte) { builder_append_char(&e->out, byte); }

static void put_unit(Encoder *e, uint32_t unit) {
    size_t bytes = unit_bytes(e->codec->encoding);
    for (size_t i = 0; i < bytes; i++) {
        size_t place = is_big_endian(e->codec->encoding) ? bytes - 1 - i : i;
        put_byte(e, unit >> (8 * place) & 0xFF);
    }
}

/* A code point that the encoding has. */
static void put_point(Encoder *e, uint32_t point) {
    uint8_t utf8[4];
    if (e->codec->encoding <= UTF_8_SIG) {
        size_t bytes = utf8_put(point, utf8);
        for (size_t i = 0; i < bytes; i++) put_byte(e, utf8[i]);
    } else if (e->codec->encoding <= LATIN_1) {
        put_byte(e, point);
    } else if (unit_bytes(e->codec->encoding) == 2 && point >= 0x10000) {
        put_unit(e, 0xD800 + ((point - 0x10000) >> 10));
        put_unit(e, 0xDC00 + ((point - 0x10000) & 0x3FF));
    } else {
        put_unit(e, point);
    }
}

static bool can_encode(const Encoder *e, uint32_t point) {
    if (e->codec->encoding == ASCII) return point < 0x80;
    if (e->codec->encoding == LATIN_1) return point < 0x100;
    return !is_surrogate(point);
}

static bool raise(const Encoder *e, size_t from, size_t to) {
    Encoding encoding = e->codec->encoding;
    const char *reason = encoding == ASCII     ? "ordinal not in range(128)"
                         : encoding == LATIN_1 ? "ordinal not in range(256)"
                                               : "surrogates not allowed";
    error_raise_encode(encoding_name(encoding), e->str, from, to, reason);
    return false;
}

static void put_text(Encoder *e, const char *text) {
    for (; *text; text++) put_point(e, (uint8_t)*text);
}

static bool name_of(uint32_t point, char *name) {
    if (!uc_is_property_unified_ideograph(point))
        return unicode_character_name(point, name);
    return sprintf(name, "CJK UNIFIED IDEOGRAPH-%X", point);
}

static void put_replacement(Encoder *e, uint32_t point) {
    char text[UNINAME_MAX + 8], name[UNINAME_MAX];
    bool named = e->codec->errors == NAME_REPLACE && name_of(point, name);
    if (e->codec->errors == REPLACE)
        strcpy(text, "?");
    else if (e->codec->errors == XML_REPLACE)
        snprintf(text, sizeof text, "&#%u;", point);
    else if (named)
        snprintf(text, sizeof text, "\\N{%s}", name);
    else if (point < 0x10000)
        snprintf(text, sizeof text, point < 0x100 ? "\\x%02x" : "\\u%04x", point);
    else
        snprintf(text, sizeof text, "\\U%08x", point);
    put_text(e, text);
}

/* One code point that the encoding does not have. */
static bool treat(Encoder *e, size_t i, size_t to) {
    uint32_t point = str_at(e->str, i);
    switch (e->codec->errors) {
    case ERRORS_UNKNOWN:
        return codec_raise_errors(e->codec);
    case STRICT:
        return raise(e, i, to);
    case IGNORE:
        return true;
    case SURROGATE_ESCAPE:
        if (point - 0xDC80 >= 0x80u || e->codec->encoding > LATIN_1) return raise(e, i, to);
        put_byte(e, point - 0xDC00);
        return true;
    case SURROGATE_PASS:
        if (!is_surrogate(point) || e->codec->encoding == ASCII ||
            e->codec->encoding == LATIN_1)
            return raise(e, i, to);
        put_point(e, point);
        return true;
    default:
        put_replacement(e, point);
        return true;
    }
}

/* Errors name all code points of a run; UTF-16 and UTF-32 name the first. */
static size_t run_end(const Encoder *e, size_t i) {
    size_t end = i + 1, length = str_length(e->str);
    if (e->codec->encoding > LATIN_1) return end;
    while (end < length && !can_encode(e, str_at(e->str, end))) end++;
    return end;
}

static bool encode_all(Encoder *e) {
    for (size_t i = 0; i < str_length(e->str); i++) {
        uint32_t point = str_at(e->str, i);
        if (can_encode(e, point))
            put_point(e, point);
        else if (!treat(e, i, run_end(e, i)))
            return false;
    }
    return true;
}

Object *codec_encode(Object *o, Object *encoding, Object *errors) {
    Codec codec;
    if (!codec_find(&codec, encoding, errors)) return NULL;
    Object *bytes = encode_quickly(o, codec.encoding);
    if (bytes || gilt_error()) return bytes;
    Encoder e = {.codec = &codec, .str = o};
    builder_init(&e.out);
    if (codec.encoding == UTF_8_SIG || codec.encoding == UTF_16 || codec.encoding == UTF_32)
        put_point(&e, 0xFEFF);
    if (!encode_all(&e)) {
        builder_abandon(&e.out);
        return NULL;
    }
    Object *text = builder_finish(&e.out);
    if (!text) return NULL;
    bytes = gilt_bytes_new(((Str *)text)->data, str_length(text));
    decref(text);
    return bytes;
}
