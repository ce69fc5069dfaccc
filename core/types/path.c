/* path.c: paths, between objects and the system. Bytes that are no UTF-8 are surrogates in
 * a str, both ways. */
#include "core/types/path.h"
#include "core/object/error.h"
#include "core/types/class.h"
#include "core/types/codec.h"
#include <stdlib.h>
#include <string.h>

static bool is_path(Object *o) { return is_kind(o, GILT_STR) || is_kind(o, GILT_BYTES); }

Object *path_object(Object *o) {
    if (is_path(o)) return incref(o);
    Object *name = gilt_intern("__fspath__");
    Object *method = name ? class_find(type_of(o), name) : NULL;
    if (!method && !gilt_error())
        gilt_raise(GILT_TYPE_ERROR, "expected str, bytes or os.PathLike object, not %s",
                   type_of(o)->name);
    Object *path = method ? class_call(method, o, NULL, 0) : NULL;
    if (!path || is_path(path)) return path;
    gilt_raise(GILT_TYPE_ERROR, "expected %s.__fspath__() to return str or bytes, not %s",
               type_of(o)->name, type_of(path)->name);
    return decref(path), NULL;
}

static Object *bytes_of(Object *path) {
    if (is_kind(path, GILT_BYTES)) return incref(path);
    Object *escape = gilt_intern("surrogateescape");
    return escape ? codec_encode(path, NULL, escape) : NULL;
}

char *path_text(Object *o) {
    Object *path = path_object(o), *bytes = path ? bytes_of(path) : NULL;
    size_t size = 0;
    const uint8_t *data = bytes ? gilt_bytes_data(bytes, &size) : NULL;
    char *text = NULL;
    if (data && memchr(data, 0, size))
        gilt_raise(GILT_VALUE_ERROR, "embedded null byte");
    else if (data && !(text = malloc(size + 1)))
        gilt_raise(GILT_MEMORY_ERROR, NULL);
    if (text) memcpy(text, data, size), text[size] = 0;
    decref_maybe(bytes);
    decref_maybe(path);
    return text;
}

Object *path_str(const char *text) {
    Object *bytes = gilt_bytes_new(text, strlen(text));
    Object *escape = bytes ? gilt_intern("surrogateescape") : NULL;
    Object *str = escape ? codec_decode(bytes, NULL, escape) : NULL;
    decref_maybe(bytes);
    return str;
}
