/* collections.h: what the files of _collections share: _collections.c (the module,
 * defaultdict, fields of named tuples, counting), ordered_dict.c, deque.c and
 * deque_methods.c. The rest of collections is core/lib/collections. */
#pragma once
#include "core/object/native.h"
#include "core/types/dict.h"
#include "core/types/table.h"

/* The ops of an heir of dict in C: those of dict, to be changed in places. */
TypeOps dict_heir_ops(const TypeOps *changes);

/* Makes the type, and puts it into the module. NULL, MemoryError. */
Type *collections_add(Object *module, const char *full_name, const TypeOps *ops, Type *base,
                      uint32_t flags);

bool ordered_dict_add(Object *module); /* ordered_dict.c */

/* ---- deque.c ----
 *
 * A deque is a ring of slots. Invariants: items stand at `first` and behind it, modulo
 * `room`, which is 0 or a power of two; the other slots are not looked at. All is guarded
 * by the object's lock, reading too; `version` changes with the number of items or their
 * order, which an iteration does not bear. */
typedef struct Deque {
    Object head;
    Slot *slots;
    size_t room, first, size;
    size_t limit; /* maxlen, or DEQUE_UNLIMITED */
    uint64_t version;
} Deque;

#define DEQUE_UNLIMITED SIZE_MAX

bool deque_add(Object *module);
extern const Native deque_methods[];

/* Of this type, empty. MemoryError. */
Object *deque_new(Type *type, size_t limit);
bool deque_is(Object *o);

/* With the lock held: the slot of an item. */
static inline Slot *deque_slot(Deque *d, size_t index) {
    return &d->slots[(d->first + index) & (d->room - 1)];
}

size_t deque_size(Object *deque);

/* Puts the item (borrowed) at one end; with `limit` items what is at the other end goes. */
bool deque_push(Object *deque, Object *item, bool left);

/* NULL without an exception: it is empty. */
Object *deque_take(Object *deque, bool left);

/* The item at an index, if the version is the same (or asked for as 0); *changed says that
 * it is not. NULL without an exception: there is none. */
Object *deque_at(Object *deque, size_t index, uint64_t version, bool *changed);
uint64_t deque_version(Object *deque);

/* Takes out, or puts in, at an index, if the version is the same (0: any). A put returns
 * -1 with MemoryError; 0: the version is another, or the index is outside. */
Object *deque_take_at(Object *deque, size_t index, uint64_t version);
int deque_put_at(Object *deque, size_t index, Object *item);

void deque_clear(Object *deque);
void deque_rotate(Object *deque, ssize_t steps);
void deque_reverse(Object *deque);

/* All items, at one moment. MemoryError. */
Object *deque_tuple(Object *deque);

/* Adds all items at one end. */
bool deque_extend(Object *deque, Object *iterable, bool left);

/* A copy, of the same class, with the same limit. */
Object *deque_copy(Object *deque);

/* deque_methods.c */
Object *deque_repr(Object *deque);
Object *deque_iterate(Object *deque);
Object *deque_reversed(Object *deque);
int deque_contains(Object *deque, Object *item);
Object *deque_compare(Comparison op, Object *a, Object *b);
int deque_equal(Object *a, Object *b);
int deque_less(Object *a, Object *b);
Object *deque_operate(Operator op, Object *a, Object *b);
Object *deque_update(Operator op, Object *a, Object *b);
extern const TypeOps deque_iterator_ops, deque_reverse_ops;
bool deque_iterators_start(void);
