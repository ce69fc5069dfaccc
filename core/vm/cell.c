/* cell.c: a slot with an object's header. */
#include "core/vm/cell.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"

Object *cell_new(Object *value) {
    Cell *cell = (Cell *)object_new(TYPE_CELL, MEMORY_CONTAINER, sizeof *cell);
    if (!cell) {
        decref_maybe(value);
        return NULL;
    }
    slot_init(&cell->value, refs_of(value));
    return &cell->head;
}

void cell_set(Object *o, Object *value) {
    Cell *cell = (Cell *)o;
    if (value) incref(value);
    object_lock(o);
    Object *old = object_of(slot_peek(&cell->value));
    slot_put(&cell->value, refs_of(value));
    object_unlock(o);
    decref_maybe(old);
}

static size_t cell_bytes(const Object *o) {
    (void)o;
    return sizeof(Cell);
}

static unsigned cell_spans(const Object *o, Span *spans) {
    spans[0] = (Span){&((const Cell *)o)->value, 1, sizeof(Slot)};
    return 1;
}

static void cell_destroy(Object *o) {
    decref_maybe(object_of(slot_peek(&((Cell *)o)->value)));
}

static Object *cell_get_attr(Object *o, Object *name) {
    if (name != gilt_intern("cell_contents")) return attribute_get_plain(o, name);
    Object *value = cell_get(o);
    return value ? value : gilt_raise(GILT_VALUE_ERROR, "Cell is empty");
}

const TypeOps cell_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = cell_bytes,
    .spans = cell_spans,
    .destroy = cell_destroy,
    .get_attr = cell_get_attr,
};
