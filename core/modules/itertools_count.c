/* itertools_count.c: count, repeat, cycle and islice. */
#include "core/modules/itertools.h"
#include "core/types/class.h"
#include "core/types/int.h"
#include "core/types/list.h"
#include "core/types/range.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include <stdio.h>

/* ---- count: in small ints, each number comes once even if threads share it ---- */

typedef struct Count {
    Object head;
    Slot next; /* NULL: `small` is the next number, and the step is 1 */
    Slot step; /* never changes */
    _Atomic int64_t small;
} Count;

FIELDS(count, Count, next, 2)

static bool is_number(Object *o) {
    return is_kind(o, GILT_INT) || is_kind(o, GILT_FLOAT) || is_kind(o, TYPE_COMPLEX) ||
           class_has_special(type_of(o), SPECIAL_INDEX) ||
           class_has_special(type_of(o), SPECIAL_FLOAT);
}

static bool is_small(Object *o) { return is_type(o, GILT_INT) && !int_is_big(o); }

static Object *count_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    Object *start = arguments[0] ? arguments[0] : gilt_int(0);
    Object *step = arguments[1] ? arguments[1] : gilt_int(1);
    if (!is_number(start) || !is_number(step))
        return gilt_raise(GILT_TYPE_ERROR, "a number is required");
    Count *c = (Count *)heir_or_native_new((Type *)type, MEMORY_CONTAINER, sizeof *c);
    if (!c) return NULL;
    bool small = is_small(start) && range_fits(int_small(start)) && is_small(step) &&
                 int_small(step) == 1;
    field_init(&c->next, small ? NULL : incref(start));
    field_init(&c->step, incref(step));
    atomic_init(&c->small, small ? int_small(start) : 0);
    return &c->head;
}

/* Nobody counts from 2^62 to the end of an int64_t. */
static Object *count_next(Object *o) {
    Count *c = (Count *)o;
    if (likely(!field_get(&c->next)))
        return gilt_int(atomic_fetch_add_explicit(&c->small, 1, memory_order_relaxed));
    Object *number = field_take(o, &c->next);
    Object *more = gilt_add(number, field_get(&c->step));
    if (!more) return decref(number), NULL;
    field_put(o, &c->next, more);
    return number;
}

static Object *count_repr(Object *o) {
    Count *c = (Count *)o;
    Object *next = field_take(o, &c->next), *step = field_get(&c->step);
    if (!next) next = gilt_int(atomic_load_explicit(&c->small, memory_order_relaxed));
    if (!next) return NULL;
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, "count(");
    builder_append_repr(&text, next);
    if (!is_small(step) || int_small(step) != 1) {
        builder_append_utf8(&text, ", ");
        builder_append_repr(&text, step);
    }
    builder_append_utf8(&text, ")");
    decref(next);
    return builder_finish(&text);
}

MAKE(count, "count(start=, step=)")
OPS(count, count, .repr = count_repr)

/* ---- repeat ---- */

typedef struct Repeat {
    Object head;
    Slot item;           /* never changes */
    _Atomic size_t left; /* FOREVER: without end */
} Repeat;
#define FOREVER SIZE_MAX

FIELDS(repeat, Repeat, item, 1)

static Object *repeat_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t times = -1;
    if (!index_argument(arguments[1], &times)) return NULL;
    Repeat *r = (Repeat *)heir_or_native_new((Type *)type, MEMORY_CONTAINER, sizeof *r);
    if (!r) return NULL;
    field_init(&r->item, incref(arguments[0]));
    atomic_init(&r->left, !arguments[1] ? FOREVER : times < 0 ? 0 : (size_t)times);
    return &r->head;
}

static Object *repeat_next(Object *o) {
    Repeat *r = (Repeat *)o;
    size_t left = number_get(&r->left);
    if (!left) return NULL;
    if (left != FOREVER) number_put(&r->left, left - 1);
    return incref(field_get(&r->item));
}

static Object *repeat_repr(Object *o) {
    Repeat *r = (Repeat *)o;
    char times[32] = ")";
    size_t left = number_get(&r->left);
    if (left != FOREVER) snprintf(times, sizeof times, ", %zu)", left);
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, "repeat(");
    builder_append_repr(&text, field_get(&r->item));
    builder_append_utf8(&text, times);
    return builder_finish(&text);
}

static Object *repeat_hint(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    size_t left = number_get(&((Repeat *)self)->left);
    if (left != FOREVER) return gilt_int((int64_t)left);
    return gilt_raise(GILT_TYPE_ERROR, "len() of unsized object");
}

static const Native repeat_methods[] = {{"__length_hint__()", repeat_hint}, {0}};
MAKE(repeat, "repeat(object, times=)")
OPS(repeat, repeat, .repr = repeat_repr, .methods = repeat_methods)

/* ---- cycle: first the iterator, then the list of what it has given ---- */

typedef struct Cycle {
    Object head;
    Slot iterator; /* NULL once it has ended */
    Slot saved;    /* never changes */
    _Atomic size_t index;
} Cycle;

FIELDS(cycle, Cycle, iterator, 2)

static Object *cycle_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    Object *iterator = iterate(arguments[0]);
    Object *saved = iterator ? gilt_list_new(NULL, 0) : NULL;
    Cycle *c = NULL;
    if (saved) c = (Cycle *)heir_or_native_new((Type *)type, MEMORY_CONTAINER, sizeof *c);
    if (!c) {
        decref_maybe(iterator);
        decref_maybe(saved);
        return NULL;
    }
    field_init(&c->iterator, iterator);
    field_init(&c->saved, saved);
    atomic_init(&c->index, 0);
    return &c->head;
}

static Object *cycle_saved(Cycle *c) {
    Object *saved = field_get(&c->saved);
    size_t index = number_get(&c->index), size = gilt_list_size(saved);
    if (!size) return NULL;
    number_put(&c->index, index + 1 < size ? index + 1 : 0);
    return list_at(saved, index < size ? index : 0);
}

static Object *cycle_next(Object *o) {
    Cycle *c = (Cycle *)o;
    Object *iterator = field_take(o, &c->iterator);
    if (!iterator) return cycle_saved(c);
    Object *item = iterate_next(iterator);
    decref(iterator);
    if (item && !gilt_list_append(field_get(&c->saved), item)) return decref(item), NULL;
    if (item || gilt_error()) return item;
    field_put(o, &c->iterator, NULL);
    return cycle_saved(c);
}

MAKE(cycle, "cycle(iterable, /)")
OPS(cycle, cycle)

/* ---- islice ---- */

typedef struct Islice {
    Object head;
    Slot iterator;           /* NULL after the end */
    size_t stop, step;       /* stop NO_END: there is none */
    _Atomic size_t at, next; /* items taken so far; index of the next to give */
} Islice;
#define NO_END SIZE_MAX

FIELDS(islice, Islice, iterator, 1)

/* A number of the arguments; None leaves it. false: it is none, without an exception. */
static bool islice_number(Object *o, size_t *number) {
    ssize_t value;
    if (!o || is_type(o, GILT_NONE)) return true;
    if (!index_has(o) || !index_number(o, GILT_OVERFLOW_ERROR, &value) || value < 0) {
        gilt_error_clear();
        return false;
    }
    *number = (size_t)value;
    return true;
}

/* start, stop and step from what stands behind the iterable. */
static bool islice_numbers(Object *const *arguments, size_t count, size_t numbers[3]) {
    const char *wrong = NULL, *rule = "None or an integer: 0 <= x <= sys.maxsize.";
    bool one = count == 1;
    if (!islice_number(arguments[one ? 0 : 1], &numbers[1]))
        wrong = "Stop argument for islice() must be";
    else if (!one && !islice_number(arguments[0], &numbers[0]))
        wrong = "Indices for islice() must be";
    if (!one && wrong && index_has(arguments[1])) wrong = "Indices for islice() must be";
    if (wrong) return gilt_raise(GILT_VALUE_ERROR, "%s %s", wrong, rule);
    if (count < 3 || (islice_number(arguments[2], &numbers[2]) && numbers[2])) return true;
    return gilt_raise(GILT_VALUE_ERROR,
                      "Step for islice() must be a positive integer or None.");
}

static Object *islice_make(Type *type, Object *const *arguments, size_t count,
                           Object *names) {
    size_t numbers[3] = {0, NO_END, 1};
    if (type_is_heir(type)) names = NULL;
    if (!arguments_plain("islice", count, names, 2, 4)) return NULL;
    if (!islice_numbers(arguments + 1, count - 1, numbers)) return NULL;
    Object *iterator = iterate(arguments[0]);
    if (!iterator) return NULL;
    Islice *s = (Islice *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *s);
    if (!s) return decref(iterator), NULL;
    field_init(&s->iterator, iterator);
    s->stop = numbers[1];
    s->step = numbers[2];
    atomic_init(&s->at, 0);
    atomic_init(&s->next, numbers[0]);
    return &s->head;
}

/* The item at `next`, or NULL; those before it are left out. */
static Object *islice_item(Islice *s, Object *iterator) {
    size_t next = number_get(&s->next), at = number_get(&s->at);
    for (; at < next; at++) {
        Object *left_out = iterate_next(iterator);
        if (!left_out) return NULL;
        decref(left_out);
        number_put(&s->at, at + 1);
    }
    Object *item = at < s->stop ? iterate_next(iterator) : NULL;
    if (!item) return NULL;
    number_put(&s->at, at + 1);
    bool past = s->stop - next < s->step; /* also if the sum does not fit */
    number_put(&s->next, past ? s->stop : next + s->step);
    return item;
}

static Object *islice_next(Object *o) {
    Islice *s = (Islice *)o;
    Object *iterator = field_take(o, &s->iterator), *item;
    if (!iterator) return NULL;
    item = islice_item(s, iterator);
    decref(iterator);
    if (!item && !gilt_error()) field_put(o, &s->iterator, NULL);
    return item;
}

OPS(islice, islice)
