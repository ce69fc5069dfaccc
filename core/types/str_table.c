/* str_table.c: the methods of str as a table, and str() itself. */
#include "core/object/arguments.h"
#include "core/types/bytes.h"
#include "core/types/heir.h"
#include "core/types/str_internal.h"

/* The name of an encoding, or how to treat what cannot be encoded; NULL stays as it is. */
static bool text_argument(Object *o, const char *function, const char *name) {
    if (!o || str_check(o)) return true;
    gilt_raise(GILT_TYPE_ERROR, "%s() argument '%s' must be str, not %s", function, name,
               argument_type(o));
    return false;
}

static Object *str_encode(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    if (!text_argument(arguments[0], "encode", "encoding") ||
        !text_argument(arguments[1], "encode", "errors"))
        return NULL;
    return codec_encode(o, arguments[0], arguments[1]);
}

static Object *str_getnewargs(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *text = str_exact(o);
    Object *tuple = text ? gilt_tuple_new(&text, 1) : NULL;
    decref_maybe(text);
    return tuple;
}

const Native str_methods[] = {
    {"capitalize()", str_capitalize},
    {"casefold()", str_casefold},
    {"center(width, fillchar=, /)", str_center},
    {"count(sub, start=, end=, /)", str_count},
    {"encode(encoding=, errors=)", str_encode},
    {"endswith(suffix, start=, end=, /)", str_endswith},
    {"expandtabs(tabsize=)", str_expandtabs},
    {"find(sub, start=, end=, /)", str_find},
    {"format(*args, **kwargs)", str_format_method},
    {"format_map(mapping, /)", str_format_map},
    {"index(sub, start=, end=, /)", str_index},
    {"isalnum()", str_isalnum},
    {"isalpha()", str_isalpha},
    {"isascii()", str_isascii},
    {"isdecimal()", str_isdecimal},
    {"isdigit()", str_isdigit},
    {"isidentifier()", str_isidentifier},
    {"islower()", str_islower},
    {"isnumeric()", str_isnumeric},
    {"isprintable()", str_isprintable},
    {"isspace()", str_isspace},
    {"istitle()", str_istitle},
    {"isupper()", str_isupper},
    {"join(iterable, /)", str_join},
    {"ljust(width, fillchar=, /)", str_ljust},
    {"lower()", str_lower},
    {"lstrip(chars=, /)", str_lstrip},
    {"static maketrans(x, y=, z=, /)", str_maketrans},
    {"partition(sep, /)", str_partition},
    {"removeprefix(prefix, /)", str_removeprefix},
    {"removesuffix(suffix, /)", str_removesuffix},
    {"replace(old, new, count=, /)", str_replace},
    {"rfind(sub, start=, end=, /)", str_rfind},
    {"rindex(sub, start=, end=, /)", str_rindex},
    {"rjust(width, fillchar=, /)", str_rjust},
    {"rpartition(sep, /)", str_rpartition},
    {"rsplit(sep=, maxsplit=)", str_rsplit},
    {"rstrip(chars=, /)", str_rstrip},
    {"split(sep=, maxsplit=)", str_split},
    {"splitlines(keepends=)", str_splitlines},
    {"startswith(prefix, start=, end=, /)", str_startswith},
    {"strip(chars=, /)", str_strip},
    {"swapcase()", str_swapcase},
    {"title()", str_title},
    {"translate(table, /)", str_translate},
    {"upper()", str_upper},
    {"zfill(width, /)", str_zfill},
    {"__format__(format_spec, /)", format_native_method},
    {"__getnewargs__()", str_getnewargs},
    {0},
};

/* str(bytes, encoding, errors) */
static Object *decoded(Object *o, Object *encoding, Object *errors) {
    if (!text_argument(encoding, "str", "encoding") ||
        !text_argument(errors, "str", "errors"))
        return NULL;
    if (!o) return str_empty();
    if (str_check(o)) return gilt_raise(GILT_TYPE_ERROR, "decoding str is not supported");
    if (!buffer_check(o))
        return gilt_raise(GILT_TYPE_ERROR,
                          "decoding to str: need a bytes-like object, %s found",
                          type_of(o)->name);
    return codec_decode(o, encoding, errors);
}

Object *str_new(Type *type, Object *const *arguments, size_t count, Object *names) {
    if (likely(count == 1 && !names && !type_is_heir(type))) return gilt_str(arguments[0]);
    Object *given[3];
    if (count > 3 && !names)
        return gilt_raise(GILT_TYPE_ERROR, "str() takes at most 3 arguments (%zu given)",
                          count);
    if (!arguments_order("str(object=, encoding=, errors=)", arguments, count, names,
                         given))
        return NULL;
    Object *text = given[1] || given[2] ? decoded(given[0], given[1], given[2])
                   : given[0]           ? gilt_str(given[0])
                                        : str_empty();
    return str_of_type(type, text);
}
