/* codec_decode.c: bytes to text. Each step reads one code point, or tells which bytes are
 * wrong and why; what to do about these is the same for all encodings. */
#include "core/object/error.h"
#include "core/types/codec_internal.h"
#include <stdio.h>
#include <string.h>

typedef struct Decoder {
    const Codec *codec;
    Encoding encoding; /* the codec's, with the order of bytes known */
    const uint8_t *data;
    size_t at, size;
    StrBuilder out;
} Decoder;

/* ---- errors ---- */

static bool raise(const Decoder *d, size_t to, const char *reason) {
    Object *bytes = gilt_bytes_new(d->data, d->size);
    if (bytes) error_raise_decode(encoding_name(d->encoding), bytes, d->at, to, reason);
    decref_maybe(bytes);
    return false;
}

static void put_escapes(Decoder *d, size_t to) {
    char escape[8];
    for (size_t i = d->at; i < to; i++) {
        snprintf(escape, sizeof escape, "\\x%02x", d->data[i]);
        builder_append_ascii(&d->out, escape, 4);
    }
}

static uint32_t unit_at(const Decoder *d, size_t at) {
    uint32_t unit = 0;
    size_t bytes = unit_bytes(d->encoding);
    for (size_t i = 0; i < bytes; i++) {
        size_t place = is_big_endian(d->encoding) ? bytes - 1 - i : i;
        unit |= (uint32_t)d->data[at + i] << (8 * place);
    }
    return unit;
}

static bool pass_unit(Decoder *d) {
    size_t bytes = unit_bytes(d->encoding);
    if (d->size - d->at < bytes || !is_surrogate(unit_at(d, d->at))) return false;
    builder_append_char(&d->out, unit_at(d, d->at));
    d->at += bytes;
    return true;
}

/* Is there a surrogate, encoded as if it were a code point like others? */
static bool pass_surrogate(Decoder *d) {
    const uint8_t *at = d->data + d->at;
    if (d->encoding > LATIN_1) return pass_unit(d);
    if (d->encoding > UTF_8_SIG || d->size - d->at < 3) return false;
    if (at[0] != 0xED || (at[1] & 0xE0) != 0xA0 || (at[2] & 0xC0) != 0x80) return false;
    builder_append_char(&d->out, 0xD000 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F));
    d->at += 3;
    return true;
}

/* Those above ASCII become surrogates, up to the first that is not. false: it is the first
 * of all. */
static bool escape_bytes(Decoder *d, size_t to) {
    size_t from = d->at;
    for (; d->at < to && d->data[d->at] >= 0x80; d->at++)
        builder_append_char(&d->out, 0xDC00u + d->data[d->at]);
    return d->at > from;
}

/* The bytes up to `to` are wrong. false: an exception. */
static bool treat(Decoder *d, size_t to, const char *reason) {
    switch (d->codec->errors) {
    case ERRORS_UNKNOWN:
        return codec_raise_errors(d->codec);
    case IGNORE:
        break;
    case REPLACE:
        builder_append_char(&d->out, 0xFFFD);
        break;
    case BACKSLASH_REPLACE:
        put_escapes(d, to);
        break;
    case SURROGATE_ESCAPE:
        return escape_bytes(d, to) || raise(d, to, reason);
    case SURROGATE_PASS:
        return pass_surrogate(d) || raise(d, to, reason);
    case XML_REPLACE:
    case NAME_REPLACE:
        return gilt_raise(GILT_TYPE_ERROR,
                          "don't know how to handle UnicodeDecodeError in error callback");
    default:
        return raise(d, to, reason);
    }
    d->at = to;
    return true;
}

/* ---- UTF-8 and ASCII ---- */

static bool decode_utf8(Decoder *d) {
    while (d->at < d->size) {
        Utf8Scan scan;
        size_t from = d->at;
        bool whole = utf8_scan(d->data + from, d->size - from, &scan);
        const uint8_t *at = d->data + from,
                      *end = whole ? d->data + d->size : at + scan.wrong_from;
        while (at < end) builder_append_char(&d->out, utf8_next(&at));
        d->at = (size_t)(end - d->data);
        if (!whole && !treat(d, d->at + scan.wrong_bytes, scan.wrong)) return false;
    }
    return true;
}

static bool decode_ascii(Decoder *d) {
    while (d->at < d->size) {
        if (d->data[d->at] < 0x80)
            builder_append_char(&d->out, d->data[d->at++]);
        else if (!treat(d, d->at + 1, "ordinal not in range(128)"))
            return false;
    }
    return true;
}

/* ---- UTF-16 and UTF-32 ---- */

/* The mark at the begin tells the order; without one it is that of this machine. */
static void find_order(Decoder *d) {
    size_t bytes = unit_bytes(d->encoding);
    bool is_16 = bytes == 2;
    d->encoding = is_16 ? UTF_16_LE : UTF_32_LE;
    if (d->size < bytes) return;
    uint32_t mark = unit_at(d, 0);
    if (mark == (is_16 ? 0xFFFEu : 0xFFFE0000u))
        d->encoding = is_16 ? UTF_16_BE : UTF_32_BE;
    if (unit_at(d, 0) == 0xFEFF) d->at = bytes;
}

static bool step_utf16(Decoder *d, uint32_t unit) {
    if (!is_surrogate(unit)) {
        builder_append_char(&d->out, unit);
        d->at += 2;
        return true;
    }
    if (unit >= 0xDC00) return treat(d, d->at + 2, "illegal encoding");
    if (d->size - d->at < 4) return treat(d, d->size, "unexpected end of data");
    uint32_t low = unit_at(d, d->at + 2);
    if (low - 0xDC00 >= 0x400u) return treat(d, d->at + 2, "illegal UTF-16 surrogate");
    builder_append_char(&d->out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
    d->at += 4;
    return true;
}

static bool step_utf32(Decoder *d, uint32_t unit) {
    if (is_surrogate(unit))
        return treat(d, d->at + 4,
                     "code point in surrogate code point range(0xd800, "
                     "0xe000)");
    if (unit > 0x10FFFF) return treat(d, d->at + 4, "code point not in range(0x110000)");
    builder_append_char(&d->out, unit);
    d->at += 4;
    return true;
}

static bool decode_units(Decoder *d) {
    size_t bytes = unit_bytes(d->encoding);
    if (d->encoding == UTF_16 || d->encoding == UTF_32) find_order(d);
    while (d->at < d->size) {
        bool well;
        if (d->size - d->at < bytes)
            well = treat(d, d->size, "truncated data");
        else if (bytes == 2)
            well = step_utf16(d, unit_at(d, d->at));
        else
            well = step_utf32(d, unit_at(d, d->at));
        if (!well) return false;
    }
    return true;
}

/* ---- all ---- */

static Object *decode_slowly(Decoder *d) {
    builder_init(&d->out);
    bool well = d->encoding <= UTF_8_SIG ? decode_utf8(d)
                : d->encoding == ASCII   ? decode_ascii(d)
                                         : decode_units(d);
    if (well) return builder_finish(&d->out);
    builder_abandon(&d->out);
    return NULL;
}

static Object *decode_view(const ByteView *view, const Codec *codec) {
    Decoder d = {.codec = codec,
                 .encoding = codec->encoding,
                 .data = view->data,
                 .size = view->size};
    if (d.encoding == LATIN_1) return str_of_points(view->data, STR_LATIN, view->size);
    if (d.encoding == UTF_8_SIG && d.size >= 3 && !memcmp(d.data, "\xEF\xBB\xBF", 3))
        d.at = 3;
    if (d.encoding > ASCII) return decode_slowly(&d);
    Utf8Scan scan;
    bool well = utf8_scan(d.data + d.at, d.size - d.at, &scan);
    if (!well || (d.encoding == ASCII && scan.all)) return decode_slowly(&d);
    return gilt_str_new((const char *)d.data + d.at, d.size - d.at);
}

Object *codec_decode(Object *bytes, Object *encoding, Object *errors) {
    Codec codec;
    ByteView view;
    if (!byte_view(&view, bytes)) return NULL;
    Object *text = NULL;
    if (!view.size)
        text = str_empty(); /* in any encoding, even one that does not exist */
    else if (codec_find(&codec, encoding, errors))
        text = decode_view(&view, &codec);
    byte_view_end(&view);
    return text;
}
