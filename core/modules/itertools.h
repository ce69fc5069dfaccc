/* itertools.h: what the files of the module itertools share: itertools.c (the module, and
 * what walks through one iterable or several), itertools_count.c (count, repeat, cycle,
 * islice), itertools_choose.c (product, permutations, combinations), itertools_group.c
 * (groupby, tee, batched). */
#pragma once
#include "core/object/arguments.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/iterators.h"
#include "core/types/tuple.h"

#define ITERTOOLS_EACH(T)                                                                  \
    T(accumulate)                                                                          \
    T(batched)                                                                             \
    T(chain)                                                                               \
    T(combinations)                                                                        \
    T(combinations_with_replacement)                                                       \
    T(compress)                                                                            \
    T(count)                                                                               \
    T(cycle)                                                                               \
    T(dropwhile)                                                                           \
    T(filterfalse)                                                                         \
    T(groupby)                                                                             \
    T(islice)                                                                              \
    T(pairwise)                                                                            \
    T(permutations)                                                                        \
    T(product)                                                                             \
    T(repeat)                                                                              \
    T(starmap)                                                                             \
    T(takewhile)                                                                           \
    T(zip_longest)                                                                         \
    T(_grouper)                                                                            \
    T(_tee)

/* Each type, made with the module; NULL before. */
#define T(name) extern const TypeOps itertools_##name##_ops;
ITERTOOLS_EACH(T)
#undef T
extern Type *_Atomic itertools_grouper, *_Atomic itertools_tee;

/* The function tee. */
Object *itertools_tee_make(Object *module, Object *const *arguments, size_t count);

/* Defines name_make, which puts the arguments in order for name_ordered. */
#define MAKE(name, signature)                                                              \
    static Object *name##_make(Type *type, Object *const *arguments, size_t count,         \
                               Object *names) {                                            \
        static const Native row = {signature, name##_ordered};                             \
        return arguments_call(&row, type, arguments, count, names);                       \
    }

/* Defines the type's ops, of an iterator with FIELDS called `fields`. */
#define OPS(name, fields, ...)                                                             \
    const TypeOps itertools_##name##_ops = {                                               \
        FIELDS_OPS(fields), .iterate = iterator_itself, .next = name##_next,               \
        .make = name##_make, __VA_ARGS__};

/* An iterator with two references and a number. */
typedef struct Two {
    Object head;
    Slot first, second;
    _Atomic size_t state; /* 0 at first */
} Two;

/* Takes over both references (the second may be NULL); NULL if `first` is, with an
 * exception, or MemoryError. */
Object *itertools_two(Type *type, Object *first, Object *second);
