/* str_internal.h: what the files of str share.
 *
 *   str.c          making, comparing, operators    str_case.c     upper and lower case
 *   str_builder.c  text that grows                 str_test.c     isalpha and its like
 *   str_find.c     find, count, replace            str_layout.c   center, expandtabs ...
 *   str_append.c   += in place                     str_iterator.c
 *   str_split.c    split, join, strip              str_table.c    the methods; str() itself
 */
#pragma once
#include "core/object/builtin.h"
#include "core/types/codec.h"
#include "core/types/format.h"
#include "core/types/str.h"

extern const Native str_methods[];
Object *str_iterate(Object *o);
Object *str_new(Type *type, Object *const *arguments, size_t count, Object *names);

/* The text as an object of `type`, str or an heir; takes over the reference. NULL stays. */
Object *str_of_type(Type *type, Object *text);

/* ---- str_find.c ---- */

/* A text to look for in strs of one kind: its code points, as wide as theirs. */
typedef struct Needle {
    const uint8_t *data; /* NULL: it has a code point that theirs cannot have */
    size_t bytes;
    uint8_t *scratch; /* data, if it is a widened copy that is too long for `room` */
    uint8_t room[64];
} Needle;

bool needle_begin(Needle *needle, Object *part, StrKind kind); /* false: MemoryError */
void needle_end(Needle *needle);

/* Where it first is in `o` from `from` up to `to`, or last; -1: nowhere. */
ssize_t needle_find(const Needle *needle, Object *o, size_t from, size_t to);
ssize_t needle_find_last(const Needle *needle, Object *o, size_t from, size_t to);

/* The ends of a search, as a method gets them (NULL: not given), cut to the length; then
 * *from may be behind *to, and nothing is found. TypeError. */
bool find_bounds(Object *start, Object *end, size_t length, ssize_t *from, ssize_t *to);

/* TypeError, such as "replace() argument 1 must be str, not int". */
bool str_argument(Object *o, const char *what);

/* ---- the methods, by file ---- */

NativeCall str_find, str_rfind, str_index, str_rindex, str_count, str_startswith,
    str_endswith, str_replace, str_removeprefix, str_removesuffix;
NativeCall str_split, str_rsplit, str_splitlines, str_partition, str_rpartition, str_join,
    str_strip, str_lstrip, str_rstrip;
NativeCall str_lower, str_upper, str_title, str_capitalize, str_casefold, str_swapcase;
NativeCall str_isalnum, str_isalpha, str_isascii, str_isdecimal, str_isdigit,
    str_isidentifier, str_islower, str_isnumeric, str_isprintable, str_isspace, str_istitle,
    str_isupper;
NativeCall str_center, str_ljust, str_rjust, str_zfill, str_expandtabs, str_translate,
    str_maketrans;
