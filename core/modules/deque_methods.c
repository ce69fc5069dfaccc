/* deque_methods.c: what programs call on a deque by name, its iterators, and what compares
 * and joins deques. Whoever walks through a deque notices when it changes; comparing and
 * printing are of a copy. */
#include "core/modules/collections.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/alias.h"
#include "core/types/class.h"
#include "core/types/fields.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"
#include <stdio.h>

static Object *none_if(bool well) { return well ? gilt_none() : NULL; }

/* ---- both ends ---- */

static Object *method_append(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(deque_push(d, arguments[0], false));
}

static Object *method_appendleft(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(deque_push(d, arguments[0], true));
}

static Object *taken(Object *item) {
    return item ? item : gilt_raise(GILT_INDEX_ERROR, "pop from an empty deque");
}

static Object *method_pop(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return taken(deque_take(d, false));
}

static Object *method_popleft(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return taken(deque_take(d, true));
}

static Object *method_extend(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(deque_extend(d, arguments[0], false));
}

static Object *method_extendleft(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(deque_extend(d, arguments[0], true));
}

static Object *method_clear(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    deque_clear(d);
    return gilt_none();
}

static Object *method_copy(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return deque_copy(d);
}

static Object *method_reverse(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    deque_reverse(d);
    return gilt_none();
}

static Object *method_rotate(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t steps = 1;
    if (!index_argument(arguments[0], &steps)) return NULL;
    deque_rotate(d, steps);
    return gilt_none();
}

static Object *get_maxlen(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    size_t limit = ((Deque *)d)->limit;
    return limit == DEQUE_UNLIMITED ? gilt_none() : gilt_int((int64_t)limit);
}

static Object *method_sizeof(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    object_lock(d);
    size_t bytes = sizeof(Deque) + ((Deque *)d)->room * sizeof(Slot);
    object_unlock(d);
    return gilt_int((int64_t)bytes);
}

/* ---- looking for items ---- */

/* The first index in [from, to) at which an item is the same: -1 nowhere, -2 exception. */
static ssize_t find(Object *d, Object *wanted, size_t from, size_t to, uint64_t version) {
    bool changed;
    Object *item;
    for (size_t i = from; i < to && (item = deque_at(d, i, version, &changed)); i++) {
        int same = same_items(item, wanted);
        decref(item);
        if (same) return same < 0 ? -2 : (ssize_t)i;
    }
    return -1;
}

static bool was_changed(Object *d, uint64_t version) {
    if (deque_version(d) == version) return false;
    gilt_raise(GILT_RUNTIME_ERROR, "deque mutated during iteration");
    return true;
}

int deque_contains(Object *d, Object *item) {
    uint64_t version = deque_version(d);
    ssize_t at = find(d, item, 0, SIZE_MAX, version);
    if (at == -2 || (at == -1 && was_changed(d, version))) return -1;
    return at >= 0;
}

static Object *method_index(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t from, to;
    if (!slice_ends(arguments + 1, &from, &to)) return NULL;
    uint64_t version = deque_version(d);
    size_t size = deque_size(d);
    ssize_t at = find(d, arguments[0], slice_at(from, size), slice_at(to, size), version);
    if (at >= 0) return gilt_int(at);
    if (at == -2 || was_changed(d, version)) return NULL;
    return sequence_has_not("deque", arguments[0]);
}

static Object *method_count(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    uint64_t version = deque_version(d);
    int64_t found = 0;
    for (ssize_t at = 0; (at = find(d, arguments[0], (size_t)at, SIZE_MAX, version)) >= 0;
         at++)
        found++;
    if (gilt_error() || was_changed(d, version)) return NULL;
    return gilt_int(found);
}

static Object *method_remove(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    uint64_t version = deque_version(d);
    ssize_t at = find(d, arguments[0], 0, SIZE_MAX, version);
    if (at == -2) return NULL;
    Object *item = at >= 0 ? deque_take_at(d, (size_t)at, version) : NULL;
    if (item) return decref(item), gilt_none();
    if (deque_version(d) != version)
        return gilt_raise(GILT_INDEX_ERROR, "deque mutated during iteration");
    return sequence_has_not("deque", arguments[0]);
}

static Object *method_insert(Object *d, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t at;
    if (!index_argument(arguments[0], &at)) return NULL;
    ssize_t size = (ssize_t)deque_size(d);
    if (at < 0) at = at + size < 0 ? 0 : at + size;
    int put = deque_put_at(d, (size_t)at, arguments[1]);
    if (put) return none_if(put > 0);
    return gilt_raise(GILT_INDEX_ERROR, "deque already at its maximum size");
}

/* ---- iterators ---- */

typedef struct DequeIterator {
    Object head;
    Slot deque;          /* never changes */
    _Atomic size_t next; /* how many were given */
    uint64_t version;
} DequeIterator;

static Type *_Atomic iterator_type, *_Atomic reverse_type;

static Object *iterator_new(Type *type, Object *deque) {
    DequeIterator *i =
        (DequeIterator *)object_new(type->handle, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->deque, incref(deque));
    atomic_init(&i->next, 0);
    i->version = deque_version(deque);
    return &i->head;
}

Object *deque_iterate(Object *deque) {
    return iterator_new(atomic_load(&iterator_type), deque);
}

Object *deque_reversed(Object *deque) {
    return iterator_new(atomic_load(&reverse_type), deque);
}

static Object *step(DequeIterator *i, bool back) {
    Object *deque = field_get(&i->deque);
    bool changed;
    size_t next = number_get(&i->next);
    if (next == SIZE_MAX) return NULL;
    size_t index = back ? deque_size(deque) - 1 - next : next;
    Object *item = deque_at(deque, index, i->version, &changed);
    number_put(&i->next, item ? next + 1 : SIZE_MAX);
    if (unlikely(changed)) gilt_raise(GILT_RUNTIME_ERROR, "deque mutated during iteration");
    return item;
}

static Object *next_right(Object *o) { return step((DequeIterator *)o, false); }
static Object *next_left(Object *o) { return step((DequeIterator *)o, true); }

static Object *length_hint(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    DequeIterator *i = (DequeIterator *)o;
    size_t next = number_get(&i->next), size = deque_size(field_get(&i->deque));
    return gilt_int(next < size ? (int64_t)(size - next) : 0);
}

static const Native iterator_methods[] = {{"__length_hint__()", length_hint}, {0}};

FIELDS(iterator, DequeIterator, deque, 1)

const TypeOps deque_iterator_ops = {
    FIELDS_OPS(iterator), .hash = hash_by_address,     .iterate = iterator_itself,
    .next = next_right,   .methods = iterator_methods,
};

const TypeOps deque_reverse_ops = {
    FIELDS_OPS(iterator), .hash = hash_by_address,     .iterate = iterator_itself,
    .next = next_left,    .methods = iterator_methods,
};

bool deque_iterators_start(void) {
    const uint32_t flags = TYPE_FINAL | TYPE_ABSTRACT;
    Type *forwards = type_builtin_new("_collections._deque_iterator", &deque_iterator_ops,
                                      &types[GILT_OBJECT], flags);
    Type *back = type_builtin_new("_collections._deque_reverse_iterator",
                                  &deque_reverse_ops, &types[GILT_OBJECT], flags);
    atomic_store(&iterator_type, forwards);
    atomic_store(&reverse_type, back);
    return forwards && back;
}

static Object *method_reversed(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return deque_reversed(d);
}

/* ---- printing and comparing ---- */

static void append_items(StrBuilder *text, Tuple *items) {
    for (size_t i = 0; i < items->size; i++) {
        if (i) builder_append_utf8(text, ", ");
        if (!builder_append_repr(text, items->items[i])) return;
    }
}

static Object *show(Object *d, Tuple *items) {
    StrBuilder text;
    char limit[48];
    size_t most = ((Deque *)d)->limit;
    builder_init(&text);
    builder_append_utf8(&text, class_short_name(type_of(d)));
    builder_append_utf8(&text, "([");
    append_items(&text, items);
    snprintf(limit, sizeof limit, "], maxlen=%zu)", most);
    builder_append_utf8(&text, most == DEQUE_UNLIMITED ? "])" : limit);
    return builder_finish(&text);
}

Object *deque_repr(Object *d) {
    int entered = repr_enter(d);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("[...]");
    Object *items = deque_tuple(d);
    Object *shown = items ? show(d, (Tuple *)items) : NULL;
    decref_maybe(items);
    repr_leave(d);
    return shown;
}

Object *deque_compare(Comparison op, Object *a, Object *b) {
    if (!deque_is(a) || !deque_is(b)) return NOT_IMPLEMENTED;
    Object *left = deque_tuple(a), *right = left ? deque_tuple(b) : NULL;
    Object *answer = right ? object_compare(op, left, right) : NULL;
    decref_maybe(left);
    decref_maybe(right);
    return answer;
}

static int truth_of(Comparison op, Object *a, Object *b) {
    Object *answer = deque_compare(op, a, b);
    if (answer == NOT_IMPLEMENTED) return 2;
    return answer ? gilt_true(answer) : -1;
}

int deque_equal(Object *a, Object *b) { return truth_of(COMPARE_EQUAL, a, b); }
int deque_less(Object *a, Object *b) { return truth_of(COMPARE_LESS, a, b); }

/* ---- operators ---- */

static Object *add(Object *a, Object *b) {
    Object *sum = deque_copy(a);
    if (!sum || deque_extend(sum, b, false)) return sum;
    return decref(sum), NULL;
}

/* Makes the deque be `times` of what it is. With a limit only the last of all that count.
 */
static bool repeat(Object *d, ssize_t times) {
    if (times <= 0) deque_clear(d);
    Object *items = deque_tuple(d);
    if (!items) return false;
    size_t size = gilt_tuple_size(items), limit = ((Deque *)d)->limit;
    if (size && limit != DEQUE_UNLIMITED && (size_t)times > limit / size + 2)
        times = (ssize_t)(limit / size + 2);
    bool well = !size || (size_t)times <= (size_t)PTRDIFF_MAX / sizeof(Slot) / size;
    if (!well) gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (ssize_t i = 1; well && size && i < times; i++)
        well = deque_extend(d, items, false);
    decref(items);
    return well;
}

static Object *multiply(Object *d, Object *times) {
    ssize_t count;
    if (!index_number(times, GILT_OVERFLOW_ERROR, &count)) return NULL;
    Object *product = deque_copy(d);
    if (!product || repeat(product, count)) return product;
    return decref(product), NULL;
}

Object *deque_operate(Operator op, Object *a, Object *b) {
    if (op == OP_ADD && deque_is(a)) return deque_is(b) ? add(a, b) : NOT_IMPLEMENTED;
    if (op != OP_MULTIPLY) return NOT_IMPLEMENTED;
    Object *d = deque_is(a) ? a : b, *times = deque_is(a) ? b : a;
    if (!sequence_is_times(times, deque_is(a) ? SPECIAL_RMULTIPLY : SPECIAL_MULTIPLY))
        return NOT_IMPLEMENTED;
    return multiply(d, times);
}

Object *deque_update(Operator op, Object *d, Object *other) {
    ssize_t times;
    if (op == OP_ADD) return deque_extend(d, other, false) ? incref(d) : NULL;
    if (op != OP_MULTIPLY || !index_has(other)) return NOT_IMPLEMENTED;
    if (!index_number(other, GILT_OVERFLOW_ERROR, &times)) return NULL;
    return repeat(d, times) ? incref(d) : NULL;
}

/* What copies are made of: class, arguments, state, the items. */
static Object *method_reduce(Object *d, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *limit = get_maxlen(d, NULL, 0), *none = gilt_tuple_new(NULL, 0);
    Object *given = limit ? tuple_of_two(none, limit) : NULL;
    Object *state = given ? attribute_get_maybe(d, class_names.dict) : NULL;
    Object *items = given && !gilt_error() ? deque_iterate(d) : NULL;
    if (items)
        return tuple_of_own((Object *[]){incref(&type_of(d)->head), given,
                                         state ? state : gilt_none(), items},
                            4);
    decref_maybe(given);
    decref_maybe(state);
    return NULL;
}

/* deque[int] is for annotations: it means the class itself. */
const Native deque_methods[] = {
    {"append(item, /)", method_append},
    {"appendleft(item, /)", method_appendleft},
    {"clear()", method_clear},
    {"copy()", method_copy},
    {"count(value, /)", method_count},
    {"extend(iterable, /)", method_extend},
    {"extendleft(iterable, /)", method_extendleft},
    {"index(value, start=, stop=, /)", method_index},
    {"insert(index, value, /)", method_insert},
    {"pop()", method_pop},
    {"popleft()", method_popleft},
    {"remove(value, /)", method_remove},
    {"reverse()", method_reverse},
    {"rotate(n=, /)", method_rotate},
    {"get maxlen", get_maxlen},
    {"__copy__()", method_copy},
    {"__reduce__()", method_reduce},
    {"__reversed__()", method_reversed},
    {"__sizeof__()", method_sizeof},
    ALIAS_METHOD,
    {0},
};
