/* mro.c: what several bases make together: one order (C3: Barrett and others, 1996), one
 * layout, one metaclass. */
#include "core/types/class.h"
#include "core/types/heir.h"
#include "core/types/str.h"
#include "core/types/text.h"
#include <stdlib.h>

/* ---- The order ---- */

/* Orders to be merged: those of the bases, then the bases themselves. What is before `at`
 * has been taken. */
typedef struct Line {
    Tuple *types;
    size_t at;
} Line;

static Type *head_of(const Line *line) {
    return line->at < line->types->size ? (Type *)line->types->items[line->at] : NULL;
}

static bool in_a_tail(const Line *lines, size_t count, const Type *type) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = lines[i].at + 1; k < lines[i].types->size; k++)
            if (lines[i].types->items[k] == &type->head) return true;
    return false;
}

/* The first head that stands in no tail; NULL if there is none. */
static Type *next_of(const Line *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Type *head = head_of(&lines[i]);
        if (head && !in_a_tail(lines, count, head)) return head;
    }
    return NULL;
}

static void take(Line *lines, size_t count, const Type *type) {
    for (size_t i = 0; i < count; i++) lines[i].at += head_of(&lines[i]) == type;
}

static Object *raise_inconsistent(const Line *lines, size_t count) {
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, "Cannot create a consistent method resolution\norder (MRO) "
                               "for bases");
    const char *separator = " ";
    Object *seen[64];
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        Type *head = head_of(&lines[i]);
        for (size_t k = 0; head && k < found; k++)
            if (seen[k] == &head->head) head = NULL;
        if (!head || found == 64) continue;
        seen[found++] = &head->head;
        builder_append_utf8(&text, separator);
        builder_append_utf8(&text, class_short_name(head));
        separator = ", ";
    }
    Object *message = builder_finish(&text);
    if (message) gilt_raise(GILT_TYPE_ERROR, "%s", str_text(message).bytes);
    decref_maybe(message);
    return NULL;
}

/* How many types the lines name, at most; the new class is one more. */
static size_t most_of(const Line *lines, size_t count) {
    size_t most = 1;
    for (size_t i = 0; i < count; i++) most += lines[i].types->size;
    return most;
}

static Tuple *merge(Line *lines, size_t count) {
    Object **items = malloc(most_of(lines, count) * sizeof *items);
    if (!items) return (Tuple *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t size = 0;
    items[size++] = gilt_none(); /* the place of the class */
    for (Type *next; (next = next_of(lines, count)); take(lines, count, next))
        items[size++] = &next->head;
    bool whole = true;
    for (size_t i = 0; i < count; i++) whole &= !head_of(&lines[i]);
    Object *mro = whole ? gilt_tuple_new(items, size) : raise_inconsistent(lines, count);
    free(items);
    return (Tuple *)mro;
}

static bool unique(const Tuple *bases) {
    for (size_t i = 0; i < bases->size; i++)
        for (size_t k = 0; k < i; k++)
            if (bases->items[i] == bases->items[k])
                return gilt_raise(GILT_TYPE_ERROR, "duplicate base class %s",
                                  class_short_name((Type *)bases->items[i]));
    return true;
}

Tuple *class_linearize(Tuple *bases) {
    if (!unique(bases)) return NULL;
    Line *lines = calloc(bases->size + 1, sizeof *lines);
    if (!lines) return (Tuple *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t count = 0;
    while (count < bases->size &&
           (lines[count].types = (Tuple *)class_order((Type *)bases->items[count])))
        count++;
    Tuple *mro = NULL;
    if (count == bases->size) {
        lines[count].types = bases;
        mro = merge(lines, count + 1);
    }
    for (size_t i = 0; i < count; i++) decref(&lines[i].types->head);
    free(lines);
    return mro;
}

/* ---- The layout ---- */

/* May a class inherit this type? Built-in types that cannot be made say no. */
static bool acceptable(const Type *type) {
    return type_is_program(type) || type->handle == GILT_OBJECT ||
           (!(flags_load(type) & TYPE_FINAL) && type->ops->make);
}

/* The type that has brought the layout that this one has, up to attributes. */
static Type *solid(Type *type) {
    for (;; type = type->base) {
        const Type *base = type->base;
        if (!base) return type;
        if (type_is_program(type)) {
            if (fixed_count(type) != fixed_count(base)) return type;
        } else if (type->native ? type->native != base->native : type->ops != base->ops) {
            return type;
        }
    }
}

static bool raise_not_acceptable(const Type *type) {
    return gilt_raise(GILT_TYPE_ERROR, "type '%s' is not an acceptable base type",
                      type->name);
}

Type *class_best_base(Tuple *bases) {
    Type *best = NULL, *layout = NULL;
    for (size_t i = 0; i < bases->size; i++) {
        Type *base = (Type *)bases->items[i];
        if (!is_class(&base->head))
            return (Type *)gilt_raise(GILT_TYPE_ERROR, "bases must be types");
        if (!acceptable(base)) return raise_not_acceptable(base), NULL;
        Type *candidate = solid(base);
        if (!layout || (candidate != layout && class_inherits(candidate, layout))) {
            best = base;
            layout = candidate;
        } else if (!class_inherits(layout, candidate)) {
            return (Type *)gilt_raise(GILT_TYPE_ERROR,
                                      "multiple bases have instance lay-out conflict");
        }
    }
    return best;
}

/* ---- The metaclass ---- */

Type *class_metaclass(Type *metaclass, Object *bases) {
    const Tuple *all = (const Tuple *)bases;
    for (size_t i = 0; i < all->size; i++) {
        Type *other = type_of(all->items[i]);
        if (class_inherits(metaclass, other)) continue;
        if (!class_inherits(other, metaclass))
            return (Type *)gilt_raise(
                GILT_TYPE_ERROR,
                "metaclass conflict: the metaclass of a derived class must be a "
                "(non-strict) subclass of the metaclasses of all its bases");
        metaclass = other;
    }
    return metaclass;
}
