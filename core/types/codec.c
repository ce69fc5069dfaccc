/* codec.c: the names of encodings and of ways to treat errors. */
#include "core/types/codec_internal.h"
#include <stdlib.h>
#include <string.h>

static const char *const names[ENCODINGS] = {
    [UTF_8] = "utf-8",         [UTF_8_SIG] = "utf-8", [ASCII] = "ascii",
    [LATIN_1] = "latin-1",     [UTF_16] = "utf-16",   [UTF_16_LE] = "utf-16-le",
    [UTF_16_BE] = "utf-16-be", [UTF_32] = "utf-32",   [UTF_32_LE] = "utf-32-le",
    [UTF_32_BE] = "utf-32-be",
};

const char *encoding_name(Encoding encoding) { return names[encoding]; }

/* In lower case, with underscores; each row: an encoding's names. */
static const struct Alias {
    const char *name;
    Encoding encoding;
} aliases[] = {
    {"utf_8", UTF_8},
    {"utf8", UTF_8},
    {"u8", UTF_8},
    {"utf", UTF_8},
    {"utf8_ucs2", UTF_8},
    {"utf8_ucs4", UTF_8},
    {"cp65001", UTF_8},
    {"utf_8_sig", UTF_8_SIG},
    {"ascii", ASCII},
    {"us_ascii", ASCII},
    {"us", ASCII},
    {"646", ASCII},
    {"iso646_us", ASCII},
    {"iso_ir_6", ASCII},
    {"cp367", ASCII},
    {"ansi_x3.4_1968", ASCII},
    {"ansi_x3_4_1968", ASCII},
    {"latin_1", LATIN_1},
    {"latin1", LATIN_1},
    {"latin", LATIN_1},
    {"l1", LATIN_1},
    {"iso8859_1", LATIN_1},
    {"iso_8859_1", LATIN_1},
    {"iso8859", LATIN_1},
    {"8859", LATIN_1},
    {"cp819", LATIN_1},
    {"ibm819", LATIN_1},
    {"iso_ir_100", LATIN_1},
    {"utf_16", UTF_16},
    {"utf16", UTF_16},
    {"u16", UTF_16},
    {"utf_16_le", UTF_16_LE},
    {"utf_16le", UTF_16_LE},
    {"unicodelittleunmarked", UTF_16_LE},
    {"utf_16_be", UTF_16_BE},
    {"utf_16be", UTF_16_BE},
    {"unicodebigunmarked", UTF_16_BE},
    {"utf_32", UTF_32},
    {"utf32", UTF_32},
    {"u32", UTF_32},
    {"utf_32_le", UTF_32_LE},
    {"utf_32le", UTF_32_LE},
    {"utf_32_be", UTF_32_BE},
    {"utf_32be", UTF_32_BE},
};

static void normalise(char *name) {
    for (; *name; name++) {
        if (*name >= 'A' && *name <= 'Z') *name |= 32;
        if (*name == '-' || *name == ' ') *name = '_';
    }
}

static bool find_encoding(Codec *codec, Object *encoding) {
    codec->encoding = UTF_8;
    if (!encoding) return true;
    char *name = gilt_str_utf8(encoding, NULL);
    if (!name) return false;
    char *shown = strdup(name);
    normalise(name);
    bool found = false;
    for (size_t i = 0; !found && i < sizeof aliases / sizeof *aliases; i++) {
        found = !strcmp(name, aliases[i].name);
        codec->encoding = aliases[i].encoding;
    }
    if (!found) gilt_raise(GILT_LOOKUP_ERROR, "unknown encoding: %s", shown ? shown : name);
    free(shown);
    free(name);
    return found;
}

static bool is_text(Object *str, const char *text) {
    return str_kind(str) == STR_ASCII && str_length(str) == strlen(text) &&
           !memcmp(((Str *)str)->data, text, strlen(text));
}

static Errors find_errors(Object *errors) {
    static const char *const known[] = {
        [STRICT] = "strict",
        [IGNORE] = "ignore",
        [REPLACE] = "replace",
        [BACKSLASH_REPLACE] = "backslashreplace",
        [XML_REPLACE] = "xmlcharrefreplace",
        [NAME_REPLACE] = "namereplace",
        [SURROGATE_ESCAPE] = "surrogateescape",
        [SURROGATE_PASS] = "surrogatepass",
    };
    Errors e = STRICT;
    while (errors && e < ERRORS_UNKNOWN && !is_text(errors, known[e])) e++;
    return e;
}

bool codec_find(Codec *codec, Object *encoding, Object *errors) {
    codec->errors = find_errors(errors);
    codec->errors_name = errors;
    return find_encoding(codec, encoding);
}

bool codec_raise_errors(const Codec *codec) {
    char *name = gilt_str_utf8(codec->errors_name, NULL);
    if (name) gilt_raise(GILT_LOOKUP_ERROR, "unknown error handler name '%s'", name);
    free(name);
    return false;
}
