/* deque.c: queues with two ends: the ring, and what a deque is as an object. See
 * collections.h. */
#include "core/modules/collections.h"
#include "core/modules/module.h"
#include "core/object/arguments.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/heir.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"
#include <string.h>

static const TypeOps deque_ops;
static Type *_Atomic deque_type; /* made anew with the module */

bool deque_is(Object *o) { return class_inherits(type_of(o), atomic_load(&deque_type)); }

/* ---- the ring; the lock is held ---- */

enum { ROOM_FIRST = 8 };

static void slots_free(Slot *slots, size_t room) {
    if (slots) memory_free(slots, room * sizeof *slots);
}

/* Makes room for one more. The old slots come back, to be freed after unlocking. */
static bool grow(Deque *d, Slot **old, size_t *old_room) {
    *old = NULL;
    if (likely(d->size < d->room)) return true;
    size_t room = d->room ? d->room * 2 : ROOM_FIRST;
    if (room > PTRDIFF_MAX / sizeof(Slot)) return false;
    Slot *slots = memory_new(MEMORY_ARRAY, room * sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < d->size; i++) slot_init(&slots[i], slot_peek(deque_slot(d, i)));
    *old = d->slots;
    *old_room = d->room;
    d->slots = slots;
    d->room = room;
    d->first = 0;
    return true;
}

/* When three quarters are empty; without memory all stays. */
static void shrink(Deque *d, Slot **old, size_t *old_room) {
    *old = NULL;
    if (likely(d->room <= 4 * ROOM_FIRST || d->size > d->room / 8)) return;
    size_t room = d->room / 4;
    Slot *slots = memory_new(MEMORY_ARRAY, room * sizeof *slots);
    if (!slots) return;
    for (size_t i = 0; i < d->size; i++) slot_init(&slots[i], slot_peek(deque_slot(d, i)));
    *old = d->slots;
    *old_room = d->room;
    d->slots = slots;
    d->room = room;
    d->first = 0;
}

static Object *take_end(Deque *d, bool left) {
    size_t index = left ? 0 : d->size - 1;
    Object *item = object_of(slot_peek(deque_slot(d, index)));
    if (left) d->first = (d->first + 1) & (d->room - 1);
    d->size--;
    d->version++;
    return item;
}

static void put_end(Deque *d, Object *item, bool left) {
    if (left) d->first = (d->first - 1) & (d->room - 1);
    slot_init(deque_slot(d, left ? 0 : d->size), refs_of(item));
    d->size++;
    d->version++;
}

static void move(Deque *d, size_t to, size_t from) {
    slot_init(deque_slot(d, to), slot_peek(deque_slot(d, from)));
}

/* ---- single operations ---- */

Object *deque_new(Type *type, size_t limit) {
    Deque *d = (Deque *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *d);
    if (!d) return NULL;
    memset((char *)d + sizeof(Object), 0, sizeof *d - sizeof(Object));
    d->limit = limit;
    d->version = 1;
    return &d->head;
}

size_t deque_size(Object *o) {
    object_lock(o);
    size_t size = ((Deque *)o)->size;
    object_unlock(o);
    return size;
}

uint64_t deque_version(Object *o) {
    object_lock(o);
    uint64_t version = ((Deque *)o)->version;
    object_unlock(o);
    return version;
}

bool deque_push(Object *o, Object *item, bool left) {
    Deque *d = (Deque *)o;
    Slot *old;
    size_t old_room;
    Object *pushed_out = NULL;
    object_lock(o);
    if (unlikely(!d->limit)) return object_unlock(o), true;
    if (unlikely(d->size >= d->limit)) pushed_out = take_end(d, !left);
    bool well = grow(d, &old, &old_room);
    if (likely(well)) put_end(d, incref(item), left);
    object_unlock(o);
    slots_free(old, old_room);
    decref_maybe(pushed_out);
    return well || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

Object *deque_take(Object *o, bool left) {
    Deque *d = (Deque *)o;
    Slot *old = NULL;
    size_t old_room = 0;
    object_lock(o);
    Object *item = d->size ? take_end(d, left) : NULL;
    if (item) shrink(d, &old, &old_room);
    object_unlock(o);
    slots_free(old, old_room);
    return item;
}

Object *deque_at(Object *o, size_t index, uint64_t version, bool *changed) {
    Deque *d = (Deque *)o;
    object_lock(o);
    *changed = version && d->version != version;
    Object *item = NULL;
    if (!*changed && index < d->size)
        item = incref(object_of(slot_peek(deque_slot(d, index))));
    object_unlock(o);
    return item;
}

/* The shorter side moves. */
Object *deque_take_at(Object *o, size_t index, uint64_t version) {
    Deque *d = (Deque *)o;
    Object *item = NULL;
    object_lock(o);
    if (index < d->size && (!version || d->version == version)) {
        item = object_of(slot_peek(deque_slot(d, index)));
        bool left = index < d->size / 2;
        if (left)
            for (size_t i = index; i > 0; i--) move(d, i, i - 1);
        else
            for (size_t i = index; i + 1 < d->size; i++) move(d, i, i + 1);
        take_end(d, left);
    }
    object_unlock(o);
    return item;
}

int deque_put_at(Object *o, size_t index, Object *item) {
    Deque *d = (Deque *)o;
    Slot *old = NULL;
    size_t old_room = 0;
    object_lock(o);
    bool full = d->size >= d->limit, well = full || grow(d, &old, &old_room);
    if (well && !full) {
        if (index > d->size) index = d->size;
        put_end(d, item, false);
        for (size_t i = d->size - 1; i > index; i--) move(d, i, i - 1);
        slot_init(deque_slot(d, index), refs_of(incref(item)));
    }
    object_unlock(o);
    slots_free(old, old_room);
    if (!well) gilt_raise(GILT_MEMORY_ERROR, NULL);
    return !well ? -1 : !full;
}

static void drop_all(Deque *d) {
    for (size_t i = 0; i < d->size; i++)
        decref_maybe(object_of(slot_peek(deque_slot(d, i))));
    slots_free(d->slots, d->room);
}

void deque_clear(Object *o) {
    Deque *d = (Deque *)o;
    object_lock(o);
    Deque old = *d;
    d->slots = NULL;
    d->room = d->first = d->size = 0;
    d->version++;
    object_unlock(o);
    drop_all(&old);
}

void deque_rotate(Object *o, ssize_t steps) {
    Deque *d = (Deque *)o;
    object_lock(o);
    ssize_t size = (ssize_t)d->size;
    if (size > 1) {
        steps %= size;
        if (steps < 0) steps += size;
        bool left = steps > size / 2;
        size_t count = (size_t)(left ? size - steps : steps);
        for (size_t i = 0; i < count; i++) put_end(d, take_end(d, left), !left);
    }
    object_unlock(o);
}

void deque_reverse(Object *o) {
    Deque *d = (Deque *)o;
    object_lock(o);
    for (size_t i = 0; i < d->size / 2; i++) {
        Slot *a = deque_slot(d, i), *b = deque_slot(d, d->size - 1 - i);
        RefCount *one = slot_peek(a);
        slot_init(a, slot_peek(b));
        slot_init(b, one);
    }
    d->version++;
    object_unlock(o);
}

/* ---- all items ---- */

Object *deque_tuple(Object *o) {
    Deque *d = (Deque *)o;
    for (;;) {
        size_t size = deque_size(o);
        Tuple *tuple = tuple_make(size);
        if (!tuple || !size) return (Object *)tuple;
        object_lock(o);
        bool same = d->size == size;
        for (size_t i = 0; same && i < size; i++)
            tuple->items[i] = incref(object_of(slot_peek(deque_slot(d, i))));
        object_unlock(o);
        if (same) return &tuple->head;
        decref(&tuple->head);
    }
}

static bool push_right(Object *item, void *deque) { return deque_push(deque, item, false); }
static bool push_left(Object *item, void *deque) { return deque_push(deque, item, true); }

bool deque_extend(Object *deque, Object *iterable, bool left) {
    Object *copy = iterable == deque ? deque_tuple(deque) : incref(iterable);
    bool well = copy && iterate_each(copy, left ? push_left : push_right, deque);
    decref_maybe(copy);
    return well;
}

Object *deque_copy(Object *o) {
    Deque *d = (Deque *)o;
    if (type_is_heir(type_of(o))) {
        Object *limit = d->limit == DEQUE_UNLIMITED ? NULL : gilt_int((int64_t)d->limit);
        Object *arguments[] = {o, limit};
        Object *copy = gilt_call(&type_of(o)->head, arguments, limit ? 2 : 1);
        decref_maybe(limit);
        return copy;
    }
    Object *copy = deque_new(type_of(o), d->limit), *items = deque_tuple(o);
    bool well = copy && items && deque_extend(copy, items, false);
    decref_maybe(items);
    if (well) return copy;
    decref_maybe(copy);
    return NULL;
}

/* ---- as an object ---- */

static size_t deque_bytes(const Object *o) { return (void)o, sizeof(Deque); }

static unsigned deque_spans(const Object *o, Span *spans) {
    const Deque *d = (const Deque *)o;
    if (!d->size) return 0;
    size_t behind = d->room - d->first;
    bool whole = d->size <= behind;
    spans[0] = (Span){&d->slots[d->first], whole ? d->size : behind, sizeof(Slot)};
    if (whole) return 1;
    spans[1] = (Span){d->slots, d->size - behind, sizeof(Slot)};
    return 2;
}

static void deque_destroy(Object *o) { drop_all((Deque *)o); }
static ssize_t deque_length(Object *o) { return (ssize_t)deque_size(o); }

static Object *index_error(void) {
    return gilt_raise(GILT_INDEX_ERROR, "deque index out of range");
}

static bool read_index(Object *o, Object *key, size_t *index) {
    ssize_t value;
    if (!index_has(key))
        return gilt_raise(GILT_TYPE_ERROR, "sequence index must be integer, not '%s'",
                          type_of(key)->name);
    if (!index_number(key, GILT_INDEX_ERROR, &value)) return false;
    if (!index_within(&value, deque_size(o))) return index_error();
    *index = (size_t)value;
    return true;
}

static Object *deque_get_item(Object *o, Object *key) {
    size_t index;
    bool changed;
    if (!read_index(o, key, &index)) return NULL;
    Object *item = deque_at(o, index, 0, &changed);
    return item ? item : index_error();
}

static bool deque_set_item(Object *o, Object *key, Object *value) {
    Deque *d = (Deque *)o;
    Object *old = NULL;
    size_t index;
    if (!read_index(o, key, &index)) return false;
    if (value) {
        object_lock(o);
        if (index < d->size) {
            old = object_of(slot_peek(deque_slot(d, index)));
            slot_init(deque_slot(d, index), refs_of(incref(value)));
        }
        object_unlock(o);
    } else {
        old = deque_take_at(o, index, 0);
    }
    if (!old) return index_error();
    decref(old);
    return true;
}

static Object *deque_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    (void)arguments, (void)count, (void)names;
    return deque_new(type, DEQUE_UNLIMITED);
}

static bool read_limit(Object *o, size_t *limit) {
    ssize_t value;
    *limit = DEQUE_UNLIMITED;
    if (!o || is_type(o, GILT_NONE)) return true;
    if (!is_kind(o, GILT_INT)) return gilt_raise(GILT_TYPE_ERROR, "an integer is required");
    if (!index_argument(o, &value)) return false;
    if (value < 0) return gilt_raise(GILT_VALUE_ERROR, "maxlen must be non-negative");
    *limit = (size_t)value;
    return true;
}

static bool deque_init(Object *o, Object *const *arguments, size_t count, Object *names) {
    Object *given[2];
    size_t limit;
    if (!arguments_order("deque(iterable=, maxlen=)", arguments, count, names, given) ||
        !read_limit(given[1], &limit))
        return false;
    if (deque_size(o)) deque_clear(o);
    ((Deque *)o)->limit = limit;
    return !given[0] || deque_extend(o, given[0], false);
}

static const TypeOps deque_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = deque_bytes,
    .spans = deque_spans,
    .destroy = deque_destroy,
    .equal = deque_equal,
    .less = deque_less,
    .compare = deque_compare,
    .repr = deque_repr,
    .length = deque_length,
    .get_item = deque_get_item,
    .set_item = deque_set_item,
    .contains = deque_contains,
    .operate = deque_operate,
    .refuse = sequence_refuse,
    .update = deque_update,
    .iterate = deque_iterate,
    .make = deque_make,
    .init = deque_init,
    .methods = deque_methods,
};

bool deque_add(Object *module) {
    Type *type = collections_add(module, "collections.deque", &deque_ops,
                                 &types[GILT_OBJECT], TYPE_WEAKLY);
    if (type) atomic_store(&deque_type, type);
    return type && deque_iterators_start();
}
