/* set.h: the types set and frozenset. Their table, and what is atomic and why, is in
 * table.h.
 *
 * set.c is what gilt.h says about sets, and what they are as objects; set_algebra.c joins
 * and compares sets with sets and with all that can be iterated; set_methods.c has their
 * methods and how they are made. A frozenset is filled before anybody else sees it. */
#pragma once
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/table.h"

typedef struct FrozenSet {
    TableOwner table;
    _Atomic int64_t hash; /* 0: not computed */
} FrozenSet;

extern const TypeOps set_ops;

static inline TableOwner *set_owner(Object *set) { return (TableOwner *)set; }

/* Is it a set or frozenset, or an heir of one? */
static inline bool set_is_any(const Object *o) {
    return is_kind(o, GILT_SET) || is_kind(o, TYPE_FROZENSET);
}

/* ---- set.c ---- */

/* A new, empty set or frozenset of this type. MemoryError. */
Object *set_make_empty(Type *type);

/* A new set or frozenset (the plain type) with what is in the other at one moment. */
Object *set_copy(uint32_t type, Object *other);

/* The same type, but never an heir. */
static inline uint32_t set_plain_type(const Object *set) {
    return is_kind(set, GILT_SET) ? GILT_SET : (uint32_t)TYPE_FROZENSET;
}

/* Puts the key in, or takes it out: 1, 0 if there was nothing to do, -1. For a frozenset
 * only as long as nobody else has it. */
int set_put(Object *set, const Key *key);
int set_take(Object *set, const Key *key);

/* As key_make, but a set counts as the frozenset with the same items: for questions whether
 * it is in. */
bool set_key_make(Key *key, Object *item);

int set_contains(Object *set, Object *item);
int set_equal(Object *a, Object *b);
bool set_hash(Object *frozenset, int64_t *hash);

/* ---- set_algebra.c ---- */

/* A new set or frozenset of all items. TypeError, MemoryError. */
Object *set_of_type(uint32_t type, Object *iterable);
static inline Object *set_of(Object *iterable) { return set_of_type(GILT_SET, iterable); }

/* Adds all items; takes them out; takes out those that are in, and adds the others. */
bool set_add_all(Object *set, Object *iterable);
bool set_discard_all(Object *set, Object *iterable);
bool set_toggle_all(Object *set, Object *iterable);

/* New sets of the plain type of a: what is in both; what is in a alone. */
Object *set_intersection(Object *a, Object *iterable);
Object *set_difference(Object *a, Object *iterable);

/* 1, 0, -1: is all of a in b; have they nothing in common? */
int set_is_within(Object *a, Object *b);
int set_is_disjoint(Object *a, Object *iterable);

Object *set_operate(Operator op, Object *a, Object *b);
Object *set_update(Operator op, Object *a, Object *b);
Object *set_compare(Comparison op, Object *a, Object *b);

/* ---- set_methods.c ---- */

extern const Native set_methods[], frozenset_methods[];
Object *set_make(Type *type, Object *const *arguments, size_t count, Object *names);
Object *frozenset_make(Type *type, Object *const *arguments, size_t count, Object *names);
bool set_init(Object *set, Object *const *arguments, size_t count, Object *names);
