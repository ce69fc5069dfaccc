/* itertools_group.c: groupby, tee and batched. */
#include "core/modules/itertools.h"
#include "core/types/list.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"

/* ---- groupby ---- */

typedef struct GroupBy {
    Object head;
    Slot iterator, function; /* never change; function NULL: items are their own keys */
    Slot wanted, key, value; /* the key of the current group; the item that was read last,
                                which has not been given yet, and its key */
    _Atomic size_t current;  /* the address of the group that is still valid */
} GroupBy;

FIELDS(groupby, GroupBy, iterator, 5)

typedef struct Group {
    Object head;
    Slot parent, wanted; /* never change */
} Group;

FIELDS(group, Group, parent, 2)

static Object *groupby_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    Object *iterator = iterate(arguments[0]), *key = arguments[1];
    GroupBy *g = NULL;
    if (iterator)
        g = (GroupBy *)heir_or_native_new((Type *)type, MEMORY_CONTAINER, sizeof *g);
    if (!g) return decref_maybe(iterator), NULL;
    field_init(&g->iterator, iterator);
    field_init(&g->function, key && !is_type(key, GILT_NONE) ? incref(key) : NULL);
    field_init(&g->wanted, NULL);
    field_init(&g->key, NULL);
    field_init(&g->value, NULL);
    atomic_init(&g->current, 0);
    return &g->head;
}

/* Reads one item. false: the end, or an exception. */
static bool groupby_read(GroupBy *g) {
    Object *value = iterate_next(field_get(&g->iterator));
    if (!value) return false;
    Object *function = field_get(&g->function);
    Object *key = function ? gilt_call(function, &value, 1) : incref(value);
    if (!key) return decref(value), false;
    field_put(&g->head, &g->value, value);
    field_put(&g->head, &g->key, key);
    return true;
}

/* Is the item that was read last of the group with this key? 1, 0, -1; 0 if none was. */
static int is_of_group(GroupBy *g, Object *wanted) {
    Object *key = field_take(&g->head, &g->key);
    int same = key && wanted ? same_items(wanted, key) : 0;
    decref_maybe(key);
    return same;
}

/* Reads on until an item is of another group than the last. */
static bool groupby_leave(GroupBy *g) {
    if (!field_get(&g->key) && !groupby_read(g)) return false;
    Object *wanted = field_take(&g->head, &g->wanted);
    int same;
    while ((same = is_of_group(g, wanted)) > 0 && groupby_read(g)) {
    }
    decref_maybe(wanted);
    return !same;
}

static Object *groupby_next(Object *o) {
    GroupBy *g = (GroupBy *)o;
    Type *type = atomic_load(&itertools_grouper);
    number_put(&g->current, 0);
    if (!groupby_leave(g)) return NULL;
    Object *key = field_take(o, &g->key);
    Group *group = (Group *)object_new(type->handle, MEMORY_CONTAINER, sizeof *group);
    if (!group) return decref(key), NULL;
    field_init(&group->parent, incref(o));
    field_init(&group->wanted, incref(key));
    field_put(o, &g->wanted, incref(key));
    number_put(&g->current, (size_t)group);
    return tuple_of_two(key, &group->head);
}

MAKE(groupby, "groupby(iterable, key=)")
OPS(groupby, groupby)

static Object *group_next(Object *o) {
    Group *group = (Group *)o;
    GroupBy *g = (GroupBy *)field_get(&group->parent);
    if (number_get(&g->current) != (size_t)o) return NULL;
    if (!field_get(&g->value) && !groupby_read(g)) return NULL;
    if (is_of_group(g, field_get(&group->wanted)) != 1) return NULL;
    return field_steal(&g->head, &g->value);
}

const TypeOps itertools__grouper_ops = {
    FIELDS_OPS(group),
    .iterate = iterator_itself,
    .next = group_next,
};

/* ---- tee: all copies walk along one list of links, which the first to come makes longer
 * ---- */

typedef struct TeeLink {
    Object head;
    Slot iterator;   /* never changes */
    Slot item, next; /* both NULL until the item has been read; then they never change */
} TeeLink;

FIELDS(tee_link, TeeLink, iterator, 3)

typedef struct Tee {
    Object head;
    Slot link;
} Tee;

FIELDS(tee, Tee, link, 1)

static const TypeOps tee_link_ops = {FIELDS_OPS(tee_link)};
static Type *_Atomic tee_link_type;

static Object *tee_link_new(Object *iterator) {
    Type *type = atomic_load(&tee_link_type);
    TeeLink *link = (TeeLink *)object_new(type->handle, MEMORY_CONTAINER, sizeof *link);
    if (!link) return NULL;
    field_init(&link->iterator, incref(iterator));
    field_init(&link->item, NULL);
    field_init(&link->next, NULL);
    return &link->head;
}

/* Takes over the link. */
static Object *tee_new(Object *link) {
    Type *type = atomic_load(&itertools_tee);
    Tee *tee = link ? (Tee *)object_new(type->handle, MEMORY_CONTAINER, sizeof *tee) : NULL;
    if (!tee) return decref_maybe(link), NULL;
    field_init(&tee->link, link);
    return &tee->head;
}

/* Locked: fills the link if nobody has. */
static bool tee_link_fill(TeeLink *link, Object *item, Object *next) {
    object_lock(&link->head);
    bool free = !slot_peek(&link->item);
    if (free) {
        slot_put(&link->item, refs_of(item));
        slot_put(&link->next, refs_of(next));
    }
    object_unlock(&link->head);
    return free;
}

/* Puts an item that was read at the end of the list, which others may have made longer
 * meanwhile; takes over the reference. */
static bool tee_append(TeeLink *link, Object *item) {
    Object *next = tee_link_new(field_get(&link->iterator));
    if (!next) return decref(item), false;
    Object *at = incref(&link->head);
    while (!tee_link_fill((TeeLink *)at, item, next)) {
        Object *further = field_take(at, &((TeeLink *)at)->next);
        decref(at);
        at = further;
    }
    return decref(at), true;
}

static Object *tee_next(Object *o) {
    Tee *tee = (Tee *)o;
    TeeLink *link = (TeeLink *)field_take(o, &tee->link);
    Object *item = field_take(&link->head, &link->item);
    if (!item) {
        Object *read = iterate_next(field_get(&link->iterator));
        if (read && tee_append(link, read)) item = field_take(&link->head, &link->item);
    }
    if (item) field_put(o, &tee->link, field_take(&link->head, &link->next));
    decref(&link->head);
    return item;
}

static Object *tee_copy(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return tee_new(field_take(self, &((Tee *)self)->link));
}

static const Native tee_methods[] = {{"__copy__()", tee_copy}, {0}};

const TypeOps itertools__tee_ops = {
    FIELDS_OPS(tee),
    .iterate = iterator_itself,
    .next = tee_next,
    .methods = tee_methods,
};

/* The type of links is made with the first tee: nobody sees it. */
static bool tee_start(void) {
    Type *type = atomic_load(&tee_link_type);
    if (type && type->ops == &tee_link_ops) return true;
    type = type_builtin_new("itertools._tee_dataobject", &tee_link_ops, &types[GILT_OBJECT],
                            TYPE_FINAL);
    if (type) atomic_store(&tee_link_type, type);
    return type;
}

static Object *tee_first(Object *iterable) {
    Object *iterator = iterate(iterable);
    if (!iterator) return NULL;
    if (type_of(iterator)->ops == &itertools__tee_ops) return iterator;
    Object *tee = tee_new(tee_link_new(iterator));
    decref(iterator);
    return tee;
}

Object *itertools_tee_make(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t copies = 2;
    if (!index_argument(arguments[1], &copies)) return NULL;
    if (copies < 0) return gilt_raise(GILT_VALUE_ERROR, "n must be >= 0");
    Tuple *all = tuple_make((size_t)copies);
    if (!all || !copies) return (Object *)all;
    bool well = tee_start() && (all->items[0] = tee_first(arguments[0]));
    for (size_t i = 1; well && i < all->size; i++)
        well = (all->items[i] = tee_copy(all->items[0], NULL, 0));
    if (well) return &all->head;
    return decref(&all->head), NULL;
}

/* ---- batched ---- */

static Object *batched_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t n;
    if (!index_argument(arguments[1], &n)) return NULL;
    if (n < 1) return gilt_raise(GILT_VALUE_ERROR, "n must be at least one");
    Object *batched = itertools_two((Type *)type, iterate(arguments[0]), NULL);
    if (batched) number_put(&((Two *)batched)->state, (size_t)n);
    return batched;
}

static Object *batched_next(Object *o) {
    Two *two = (Two *)o;
    Object *list = gilt_list_new(NULL, 0), *item, *batch = NULL;
    bool well = list;
    for (size_t left = number_get(&two->state); well && left; left--) {
        if (!(item = iterate_next(field_get(&two->first)))) break;
        well = list_append_own(list, item);
    }
    if (well && !gilt_error() && gilt_list_size(list)) batch = tuple_from_list(list);
    decref_maybe(list);
    return batch;
}

FIELDS(two, Two, first, 2)
MAKE(batched, "batched(iterable, n)")
OPS(batched, two)
