/* shape.h: which attributes an instance has, in order of addition, and where each is.
 *
 * A shape is a list of interned names that never changes; the attribute names[i] has
 * number i. The shapes of a class are a tree: a child has one name more than its parent,
 * so the same names added in the same order give the same shape, and one comparison of
 * addresses tells where all attributes of an instance are. (Self's maps: Chambers, Ungar,
 * Lee, 1989.) Type.shape is the root, where instances begin. An instance with too many
 * attributes, or one that lost an attribute, has its class's `dictionary` shape: its
 * attributes are in a dict. The one shape of a class with fixed slots has no `dictionary`.
 *
 * Shapes live until the heaps go, at gilt_finish, so they can be read without a lock. */
#pragma once
#include "core/object/object.h"

#define SHAPE_LINEAR 8     /* up to here a search by comparing is fastest */
#define SHAPE_GROWN_MAX 64 /* attributes; more of them are in a dict */
#define SHAPE_FAMILY_MAX                                                                   \
    2000                      /* shapes of one class; a class that makes more uses dicts   \
                               */
#define SHAPE_NAMES_MAX 16000 /* fixed slots */

typedef struct Shape Shape;

/* What the root shape knows of its class. All relaxed: none of it guards anything. */
typedef struct ShapeNotes {
    _Atomic uint16_t family; /* shapes made so far */
    _Atomic uint8_t inlined; /* new instances have 2 * inlined + 2 slots of their own */
} ShapeNotes;

struct Shape {
    _Atomic(Shape *) children; /* a list by `sibling`; it only grows, at its head */
    Shape *sibling;
    Shape *parent; /* the shape with one name less; NULL: a root, a dictionary */
    Shape *dictionary;
    uint16_t count;
    uint16_t mask; /* of the table behind the names; 0: none, search by comparing */
    ShapeNotes notes;
    Object *names[];
};

/* The shape with these interned names, and a `dictionary` unless `fixed`. MemoryError. */
Shape *shape_root(Object *const *names, size_t count, bool fixed);

/* Frees a root that no instance ever had. */
void shape_discard(Shape *root);

/* The child of `shape`, of the class with this root, with one more name; the dictionary
 * shape if there are too many. NULL: MemoryError. */
Shape *shape_add(Shape *root, Shape *shape, Object *name);

int shape_find_in_table(const Shape *shape, const Object *name);

/* The number of the attribute with this interned name, or -1. */
static inline int shape_find(const Shape *shape, const Object *name) {
    if (unlikely(shape->mask)) return shape_find_in_table(shape, name);
    for (unsigned i = 0; i < shape->count; i++)
        if (shape->names[i] == name) return (int)i;
    return -1;
}
