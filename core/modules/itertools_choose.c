/* itertools_choose.c: product, permutations and combinations.
 *
 * All are a pool, a size of what is chosen, and numbers that say what is next; a step
 * changes the numbers under the object's lock. The tuple is made before, so that in between
 * nothing is needed that could fail. */
#include "core/modules/itertools.h"
#include "core/types/int.h"
#include "core/types/slice.h"
#include <string.h>

typedef struct Choice {
    Object head;
    Slot pool;   /* a tuple; product: of tuples. Never changes */
    size_t size; /* of what is chosen */
    size_t count;
    enum { CHOICE_FIRST, CHOICE_NEXT, CHOICE_ENDED } state; /* under the lock */
    size_t numbers[]; /* `count` of them, under the lock */
} Choice;

static size_t choice_bytes(const Object *o) {
    return sizeof(Choice) + ((const Choice *)o)->count * sizeof(size_t);
}

static unsigned choice_spans(const Object *o, Span *spans) {
    spans[0] = (Span){&((const Choice *)o)->pool, 1, sizeof(Slot)};
    return 1;
}

static void choice_destroy(Object *o) { field_drop(&((Choice *)o)->pool); }

/* Takes over the pool, which may be NULL with an exception. The numbers are 0. */
static Choice *choice_new(Object *type, Object *pool, size_t size, size_t count) {
    if (!pool) return NULL;
    Choice *c = NULL;
    if (count > PTRDIFF_MAX / 16)
        gilt_raise(GILT_MEMORY_ERROR, NULL);
    else
        c = (Choice *)heir_or_native_new((Type *)type, MEMORY_CONTAINER,
                                         sizeof *c + count * sizeof(size_t));
    if (!c) return decref(pool), NULL;
    field_init(&c->pool, pool);
    c->size = size;
    c->count = count;
    c->state = CHOICE_FIRST;
    memset(c->numbers, 0, count * sizeof *c->numbers);
    return c;
}

static Tuple *pool_of(Choice *c) { return (Tuple *)field_get(&c->pool); }

/* Makes the next numbers of those that there are, with the lock; false: there are no more.
 * And what the i-th number means: borrowed. */
typedef bool Advance(Choice *c, size_t items);
typedef Object *Chosen(Choice *c, size_t i);

static Object *from_pool(Choice *c, size_t i) { return pool_of(c)->items[c->numbers[i]]; }

static Object *choose(Object *o, Advance *advance, Chosen *chosen) {
    Choice *c = (Choice *)o;
    Tuple *tuple = tuple_make(c->size);
    if (!tuple) return NULL;
    object_lock(o);
    bool more = c->state == CHOICE_FIRST ||
                (c->state == CHOICE_NEXT && advance(c, pool_of(c)->size));
    c->state = more ? CHOICE_NEXT : CHOICE_ENDED;
    for (size_t i = 0; more && i < c->size; i++) tuple->items[i] = incref(chosen(c, i));
    object_unlock(o);
    if (more) return &tuple->head;
    return decref(&tuple->head), NULL;
}

/* Reads r. false: TypeError, OverflowError, ValueError. */
static bool read_r(Object *o, ssize_t *r) {
    if (!index_argument(o, r)) return false;
    return *r >= 0 || gilt_raise(GILT_VALUE_ERROR, "r must be non-negative");
}

#define CHOICE_OPS(name)                                                                   \
    const TypeOps itertools_##name##_ops = {                                               \
        .kind = MEMORY_CONTAINER,                                                          \
        .bytes = choice_bytes,                                                             \
        .spans = choice_spans,                                                             \
        .destroy = choice_destroy,                                                         \
        .iterate = iterator_itself,                                                        \
        .next = name##_next,                                                               \
        .make = name##_make,                                                               \
    };

/* ---- combinations: rising numbers ---- */

static Object *combinations_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t r;
    if (!read_r(arguments[1], &r)) return NULL;
    Choice *c = choice_new(type, tuple_of(arguments[0]), (size_t)r, (size_t)r);
    if (!c) return NULL;
    for (size_t i = 0; i < c->count; i++) c->numbers[i] = i;
    if (c->size > pool_of(c)->size) c->state = CHOICE_ENDED;
    return &c->head;
}

static bool combinations_advance(Choice *c, size_t items) {
    size_t i = c->size;
    while (i > 0 && c->numbers[i - 1] == items - c->size + i - 1) i--;
    if (!i) return false;
    size_t number = ++c->numbers[i - 1];
    for (; i < c->size; i++) c->numbers[i] = ++number;
    return true;
}

static Object *combinations_next(Object *o) {
    return choose(o, combinations_advance, from_pool);
}

MAKE(combinations, "combinations(iterable, r)")
CHOICE_OPS(combinations)

/* ---- combinations_with_replacement: numbers that do not fall ---- */

static Object *combinations_with_replacement_ordered(Object *type, Object *const *arguments,
                                                     size_t count) {
    (void)count;
    ssize_t r;
    if (!read_r(arguments[1], &r)) return NULL;
    Choice *c = choice_new(type, tuple_of(arguments[0]), (size_t)r, (size_t)r);
    if (c && c->size && !pool_of(c)->size) c->state = CHOICE_ENDED;
    return (Object *)c;
}

static bool replacement_advance(Choice *c, size_t items) {
    size_t i = c->size;
    while (i > 0 && c->numbers[i - 1] == items - 1) i--;
    if (!i) return false;
    size_t number = c->numbers[i - 1] + 1;
    for (i--; i < c->size; i++) c->numbers[i] = number;
    return true;
}

static Object *combinations_with_replacement_next(Object *o) {
    return choose(o, replacement_advance, from_pool);
}

MAKE(combinations_with_replacement, "combinations_with_replacement(iterable, r)")
CHOICE_OPS(combinations_with_replacement)

/* ---- permutations: an order of all items, and behind it how many turns each of the first
 * `size` places has left (Python's own formulation, in its documentation) ---- */

static Object *permutations_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t r = -1;
    Object *asked = arguments[1];
    bool all = !asked || is_type(asked, GILT_NONE);
    if (!all && !int_check(asked)) return gilt_raise(GILT_TYPE_ERROR, "Expected int as r");
    if (!all && !read_r(asked, &r)) return NULL;
    Tuple *pool = (Tuple *)tuple_of(arguments[0]);
    if (!pool) return NULL;
    size_t items = pool->size, size = all ? items : (size_t)r;
    bool none = size > items;
    Choice *c = choice_new(type, &pool->head, none ? 0 : size, none ? 0 : items + size);
    if (!c) return NULL;
    if (none) c->state = CHOICE_ENDED;
    for (size_t i = 0; i < c->count; i++)
        c->numbers[i] = i < items ? i : items - (i - items);
    return &c->head;
}

static bool permutations_advance(Choice *c, size_t items) {
    size_t *order = c->numbers, *turns = c->numbers + items;
    for (size_t i = c->size; i-- > 0;) {
        size_t first = order[i];
        if (--turns[i]) {
            order[i] = order[items - turns[i]];
            order[items - turns[i]] = first;
            return true;
        }
        memmove(order + i, order + i + 1, (items - i - 1) * sizeof *order);
        order[items - 1] = first;
        turns[i] = items - i;
    }
    return false;
}

static Object *permutations_next(Object *o) {
    return choose(o, permutations_advance, from_pool);
}

MAKE(permutations, "permutations(iterable, r=)")
CHOICE_OPS(permutations)

/* ---- product: the pool has a tuple for each place ---- */

static Object *pools_of(Object *const *iterables, size_t count) {
    Tuple *pools = tuple_make(count);
    for (size_t i = 0; pools && i < count; i++) {
        if ((pools->items[i] = tuple_of(iterables[i]))) continue;
        decref(&pools->head);
        return NULL;
    }
    return (Object *)pools;
}

static Object *product_ordered(Object *type, Object *const *arguments, size_t count) {
    ssize_t repeat = 1;
    size_t size = 0;
    if (!index_argument(arguments[0], &repeat)) return NULL;
    if (repeat < 0)
        return gilt_raise(GILT_VALUE_ERROR, "repeat argument cannot be negative");
    Object *pools = repeat ? pools_of(arguments + 1, count - 1) : gilt_tuple_new(NULL, 0);
    if (pools && (__builtin_mul_overflow(count - 1, (size_t)repeat, &size) ||
                  size > PTRDIFF_MAX / sizeof(ssize_t)))
        return decref(pools), gilt_raise(GILT_OVERFLOW_ERROR, "repeat argument too large");
    Choice *c = choice_new(type, pools, size, size);
    if (!c) return NULL;
    for (size_t i = 0; i < pool_of(c)->size; i++)
        if (!((Tuple *)pool_of(c)->items[i])->size) c->state = CHOICE_ENDED;
    return &c->head;
}

/* The same pools come again and again. */
static Tuple *product_pool(Choice *c, size_t i) {
    Tuple *pools = pool_of(c);
    return (Tuple *)pools->items[i % pools->size];
}

static bool product_advance(Choice *c, size_t pools) {
    (void)pools;
    for (size_t i = c->size; i-- > 0;) {
        if (++c->numbers[i] < product_pool(c, i)->size) return true;
        c->numbers[i] = 0;
    }
    return false;
}

static Object *product_chosen(Choice *c, size_t i) {
    return product_pool(c, i)->items[c->numbers[i]];
}

static Object *product_next(Object *o) {
    return choose(o, product_advance, product_chosen);
}

MAKE(product, "product(*iterables, repeat=)")
CHOICE_OPS(product)
