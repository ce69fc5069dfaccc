/* arguments.h: the arguments of a call of a built-in type: for `make` and `init`, whose C
 * functions get them as the call has them. */
#pragma once
#include "core/object/native.h"

/* For types that take no keywords: TypeError if there are any, or too few arguments, or too
 * many: "list expected at most 1 argument, got 2". */
bool arguments_plain(const char *name, size_t count, Object *names, size_t least,
                     size_t most);

/* Calls row->call(type, ordered, n) with the arguments in the order of row->signature, as
 * if it were a function: see native.h. For types that take keywords. */
Object *arguments_call(const Native *row, Type *type, Object *const *arguments,
                       size_t count, Object *names);

/* Only puts them into ordered[]: one for each named parameter, NULL where nothing was
 * given; borrowed. Not for signatures with `*rest` or `**more`. */
bool arguments_order(const char *signature, Object *const *arguments, size_t count,
                     Object *names, Object **ordered);

/* Is it a call without keywords and with at most `most` arguments? Then they are in order
 * already, for a `make` that has a short way. */
static inline bool arguments_few(size_t count, const Object *names, size_t most) {
    return !names && count && count <= most;
}
