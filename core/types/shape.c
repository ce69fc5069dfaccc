/* shape.c: the tree of shapes of each class.
 *
 * Threads that add the same name to the same shape must get the same child. The children
 * of a shape are a list that only grows at its head, by compare-and-swap: a new child is
 * complete, its `sibling` too, before the release that links it, and a reader's acquire
 * of `children` pairs with that. A thread whose swap fails looks through the list anew,
 * finds the child that the other thread linked if it has the same name, and frees its
 * own, which nobody has seen. Nothing is ever unlinked, so an unchanged head means an
 * unchanged list. */
#include "core/types/shape.h"
#include <string.h>

/* ---- The table of a shape with many names: number + 1 by hash of the address, or 0 ----
 */

static uint16_t *shape_table(const Shape *shape) {
    return (uint16_t *)&shape->names[shape->count];
}

static unsigned name_hash(const Object *name) {
    return (unsigned)(((uintptr_t)name >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 40);
}

int shape_find_in_table(const Shape *shape, const Object *name) {
    const uint16_t *table = shape_table(shape);
    for (unsigned at = name_hash(name);; at++) {
        unsigned number = table[at & shape->mask];
        if (!number) return -1;
        if (shape->names[number - 1] == name) return (int)number - 1;
    }
}

static void table_fill(Shape *shape) {
    uint16_t *table = shape_table(shape);
    memset(table, 0, (shape->mask + 1u) * sizeof *table);
    for (unsigned i = 0; i < shape->count; i++) {
        unsigned at = name_hash(shape->names[i]);
        while (table[at & shape->mask]) at++;
        table[at & shape->mask] = (uint16_t)(i + 1);
    }
}

/* At most half of a table is used. */
static unsigned table_size(size_t count) {
    unsigned size = 1;
    if (count <= SHAPE_LINEAR) return 0;
    while (size < 2 * count) size *= 2;
    return size;
}

/* ---- Making and freeing ---- */

static size_t shape_bytes(size_t count) {
    return sizeof(Shape) + count * sizeof(Object *) + table_size(count) * sizeof(uint16_t);
}

static void shape_free(Shape *shape) { memory_free(shape, shape_bytes(shape->count)); }

/* A shape with `count` names, and `last` behind them unless it is NULL. */
static Shape *shape_make(Object *const *names, size_t count, Object *last) {
    size_t all = count + (last != NULL);
    Shape *shape = memory_new(MEMORY_ARRAY, shape_bytes(all));
    if (!shape) return (Shape *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    unsigned size = table_size(all);
    *shape = (Shape){.count = (uint16_t)all, .mask = (uint16_t)(size ? size - 1 : 0)};
    if (count) memcpy(shape->names, names, count * sizeof *names);
    if (last) shape->names[count] = last;
    if (size) table_fill(shape);
    return shape;
}

Shape *shape_root(Object *const *names, size_t count, bool fixed) {
    Shape *root = shape_make(names, count, NULL);
    if (!root || fixed) return root;
    root->dictionary = shape_make(NULL, 0, NULL);
    if (!root->dictionary) {
        shape_free(root);
        return NULL;
    }
    root->dictionary->dictionary = root->dictionary;
    return root;
}

void shape_discard(Shape *root) {
    if (root->dictionary) shape_free(root->dictionary);
    shape_free(root);
}

/* ---- Children ---- */

static Shape *child_named(Shape *first, const Shape *parent, const Object *name) {
    for (Shape *child = first; child; child = child->sibling)
        if (child->names[parent->count] == name) return child;
    return NULL;
}

/* Links `fresh`, or frees it and returns the child that somebody else linked. */
static Shape *child_link(Shape *parent, Shape *fresh, Shape *first) {
    const Object *name = fresh->names[parent->count];
    do {
        Shape *other = child_named(first, parent, name);
        if (other) {
            shape_free(fresh);
            return other;
        }
        fresh->sibling = first;
    } while (!atomic_compare_exchange_weak_explicit(
        &parent->children, &first, fresh, memory_order_release, memory_order_acquire));
    return fresh;
}

Shape *shape_add(Shape *root, Shape *shape, Object *name) {
    Shape *first = atomic_load_explicit(&shape->children, memory_order_acquire);
    Shape *child = child_named(first, shape, name);
    if (likely(child)) return child;
    if (shape->count >= SHAPE_GROWN_MAX ||
        atomic_load_explicit(&root->notes.family, memory_order_relaxed) >= SHAPE_FAMILY_MAX)
        return root->dictionary;
    child = shape_make(shape->names, shape->count, name);
    if (!child) return NULL;
    child->dictionary = root->dictionary;
    child->parent = shape;
    atomic_fetch_add_explicit(&root->notes.family, 1, memory_order_relaxed);
    return child_link(shape, child, first);
}
