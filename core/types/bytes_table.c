/* bytes_table.c: the methods of bytes and bytearray as tables. */
#include "core/types/bytearray.h"
#include "core/types/bytes_internal.h"

#define SHARED                                                                             \
    {"capitalize()", bytes_capitalize}, {"center(width, fillchar=, /)", bytes_center},     \
        {"count(sub, start=, end=, /)", bytes_count},                                      \
        {"decode(encoding=, errors=)", bytes_decode},                                      \
        {"endswith(suffix, start=, end=, /)", bytes_endswith},                             \
        {"expandtabs(tabsize=)", bytes_expandtabs},                                        \
        {"find(sub, start=, end=, /)", bytes_method_find},                                 \
        {"class fromhex(string, /)", bytes_fromhex},                                       \
        {"hex(sep=, bytes_per_sep=)", bytes_hex},                                          \
        {"index(sub, start=, end=, /)", bytes_index}, {"isalnum()", bytes_isalnum},        \
        {"isalpha()", bytes_isalpha}, {"isascii()", bytes_isascii},                        \
        {"isdigit()", bytes_isdigit}, {"islower()", bytes_islower},                        \
        {"isspace()", bytes_isspace}, {"istitle()", bytes_istitle},                        \
        {"isupper()", bytes_isupper}, {"join(iterable_of_bytes, /)", bytes_join},          \
        {"ljust(width, fillchar=, /)", bytes_ljust}, {"lower()", bytes_lower},             \
        {"lstrip(bytes=, /)", bytes_lstrip},                                               \
        {"static maketrans(frm, to, /)", bytes_maketrans},                                 \
        {"partition(sep, /)", bytes_partition},                                            \
        {"removeprefix(prefix, /)", bytes_removeprefix},                                   \
        {"removesuffix(suffix, /)", bytes_removesuffix},                                   \
        {"replace(old, new, count=, /)", bytes_replace},                                   \
        {"rfind(sub, start=, end=, /)", bytes_rfind},                                      \
        {"rindex(sub, start=, end=, /)", bytes_rindex},                                    \
        {"rjust(width, fillchar=, /)", bytes_rjust},                                       \
        {"rpartition(sep, /)", bytes_rpartition},                                          \
        {"rsplit(sep=, maxsplit=)", bytes_rsplit}, {"rstrip(bytes=, /)", bytes_rstrip},    \
        {"split(sep=, maxsplit=)", bytes_split},                                           \
        {"splitlines(keepends=)", bytes_splitlines},                                       \
        {"startswith(prefix, start=, end=, /)", bytes_startswith},                         \
        {"strip(bytes=, /)", bytes_strip}, {"swapcase()", bytes_swapcase},                 \
        {"title()", bytes_title}, {"translate(table, /, delete=)", bytes_translate},       \
        {"upper()", bytes_upper}, {                                                        \
        "zfill(width, /)", bytes_zfill                                                     \
    }

/* bytes(b) of an heir */
static Object *bytes_itself(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (is_type(o, GILT_BYTES)) return incref(o);
    return gilt_bytes_new(((Bytes *)o)->data, ((Bytes *)o)->size);
}

static Object *bytes_getnewargs(Object *o, Object *const *arguments, size_t count) {
    Object *bytes = bytes_itself(o, arguments, count);
    Object *tuple = bytes ? gilt_tuple_new(&bytes, 1) : NULL;
    decref_maybe(bytes);
    return tuple;
}

const Native bytes_methods[] = {
    SHARED,
    {"__bytes__()", bytes_itself},
    {"__getnewargs__()", bytes_getnewargs},
    {0},
};

const Native bytearray_methods[] = {
    SHARED,
    {"append(item, /)", bytearray_append},
    {"clear()", bytearray_clear},
    {"copy()", bytearray_copy},
    {"extend(iterable_of_ints, /)", bytearray_extend},
    {"insert(index, item, /)", bytearray_insert},
    {"pop(index=, /)", bytearray_pop},
    {"remove(value, /)", bytearray_remove},
    {"reverse()", bytearray_reverse},
    {0},
};
