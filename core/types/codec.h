/* codec.h: text to bytes and back: UTF-8, ASCII, Latin-1, UTF-16 and UTF-32.
 *
 * `encoding` and `errors` are strs, or NULL: 'utf-8' and 'strict'. The ways to treat errors
 * are Python's: strict, ignore, replace, backslashreplace, xmlcharrefreplace, namereplace,
 * surrogateescape and surrogatepass. LookupError for names that are not known. */
#pragma once
#include "core/object/object.h"

/* A new bytes object. UnicodeEncodeError. */
Object *codec_encode(Object *str, Object *encoding, Object *errors);

/* A new str from a bytes-like object. UnicodeDecodeError; TypeError. */
Object *codec_decode(Object *bytes, Object *encoding, Object *errors);
