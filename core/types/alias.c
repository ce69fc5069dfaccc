/* alias.c: see alias.h. Both kinds of object never change. */
#include "core/types/alias.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/fields.h"
#include "core/types/str.h"
#include <stdlib.h>

typedef struct Alias {
    Object head;
    Slot origin, items; /* of a union, the first is NULL; the second is a tuple */
} Alias;

FIELDS(alias, Alias, origin, 2)

static Object *origin_of(Object *o) { return field_get(&((Alias *)o)->origin); }
static Object *items_of(Object *o) { return field_get(&((Alias *)o)->items); }

/* Takes over the items. */
static Object *make(uint32_t type, Object *origin, Object *items) {
    if (!items) return NULL;
    Alias *o = (Alias *)object_new(type, MEMORY_CONTAINER, sizeof *o);
    if (!o) return decref(items), NULL;
    field_init(&o->origin, origin ? incref(origin) : NULL);
    field_init(&o->items, items);
    return &o->head;
}

Object *alias_new(Object *origin, Object *item) {
    bool several = is_type(item, GILT_TUPLE);
    return make(TYPE_ALIAS, origin, several ? incref(item) : gilt_tuple_new(&item, 1));
}

Object *alias_of_class(Object *class, Object *const *arguments, size_t count) {
    (void)count;
    return alias_new(class, arguments[0]);
}

bool alias_is_for(const Type *type) {
    static const uint32_t generic[] = {GILT_LIST,      GILT_TUPLE, GILT_DICT,     GILT_SET,
                                       TYPE_FROZENSET, GILT_TYPE,  TYPE_ENUMERATE};
    for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
        if (class_inherits(type, &types[generic[i]]))
            return generic[i] != GILT_TYPE || type->handle == GILT_TYPE;
    return false;
}

/* ---- Unions ---- */

Object *union_members(Object *o) { return o->type == TYPE_UNION ? items_of(o) : NULL; }

static bool may_be_member(Object *o) {
    return is_class(o) || is_type(o, GILT_NONE) || o->type == TYPE_ALIAS ||
           o->type == TYPE_UNION;
}

/* Once each; None stands for its type. */
static bool member_add(Object *list, Object *o) {
    const Tuple *members = (const Tuple *)union_members(o);
    bool well = true;
    for (size_t i = 0; members && well && i < members->size; i++)
        well = member_add(list, members->items[i]);
    if (members) return well;
    if (is_type(o, GILT_NONE)) o = &types[GILT_NONE].head;
    int there = gilt_contains(list, o);
    return there > 0 || (!there && gilt_list_append(list, o));
}

Object *union_operate(Operator op, Object *a, Object *b) {
    if (op != OP_OR || !may_be_member(a) || !may_be_member(b)) return NOT_IMPLEMENTED;
    Object *list = gilt_list_new(NULL, 0), *made = NULL;
    if (list && member_add(list, a) && member_add(list, b))
        made = gilt_list_size(list) == 1 ? gilt_list_get(list, 0)
                                         : make(TYPE_UNION, NULL, tuple_of(list));
    decref_maybe(list);
    return made;
}

/* ---- Text ---- */

static bool append_one(StrBuilder *text, Object *o) {
    if (o->type == TYPE_ELLIPSIS) return builder_append_utf8(text, "..."), true;
    if (!is_class(o)) return builder_append_repr(text, o);
    if (o == &types[GILT_NONE].head) return builder_append_utf8(text, "None"), true;
    Object *module = class_module((Type *)o), *name = class_qualname((Type *)o);
    if (module && name) {
        if (module != class_names.builtins && is_type(module, GILT_STR)) {
            builder_append_str(text, module);
            builder_append_char(text, '.');
        }
        builder_append_str(text, name);
    }
    decref_maybe(module);
    decref_maybe(name);
    return module && name;
}

static Object *show(Object *origin, Object *items, const char *separator) {
    StrBuilder text;
    const Tuple *all = (const Tuple *)items;
    builder_init(&text);
    bool well = !origin || append_one(&text, origin);
    if (origin) builder_append_char(&text, '[');
    if (origin && !all->size) builder_append_utf8(&text, "()");
    for (size_t i = 0; well && i < all->size; i++) {
        if (i) builder_append_utf8(&text, separator);
        well = append_one(&text, all->items[i]);
    }
    if (origin) builder_append_char(&text, ']');
    if (well) return builder_finish(&text);
    builder_abandon(&text);
    return NULL;
}

static Object *alias_repr(Object *o) { return show(origin_of(o), items_of(o), ", "); }
static Object *union_repr(Object *o) { return show(NULL, items_of(o), " | "); }

/* ---- As objects ---- */

static bool alias_hash(Object *o, int64_t *hash) {
    int64_t origin = 0;
    if (origin_of(o) && !gilt_hash(origin_of(o), &origin)) return false;
    if (!gilt_hash(items_of(o), hash)) return false;
    *hash ^= origin;
    return true;
}

static int alias_equal(Object *a, Object *b) {
    if (b->type != TYPE_ALIAS) return 2;
    int same = gilt_equal(origin_of(a), origin_of(b));
    return same == 1 ? gilt_equal(items_of(a), items_of(b)) : same;
}

static int members_within(Object *a, Object *b) {
    const Tuple *members = (const Tuple *)items_of(a);
    int there = 1;
    for (size_t i = 0; there == 1 && i < members->size; i++)
        there = gilt_contains(items_of(b), members->items[i]);
    return there;
}

static int union_equal(Object *a, Object *b) {
    if (b->type != TYPE_UNION) return 2;
    int within = members_within(a, b);
    return within == 1 ? members_within(b, a) : within;
}

/* Whatever the order. */
static bool union_hash(Object *o, int64_t *hash) {
    const Tuple *members = (const Tuple *)items_of(o);
    *hash = 0x5EED;
    for (size_t i = 0; i < members->size; i++) {
        int64_t one;
        if (!gilt_hash(members->items[i], &one)) return false;
        *hash ^= one;
    }
    return true;
}

static Object *alias_call(Object *o, Object *const *arguments, size_t count,
                          Object *names) {
    return object_call(origin_of(o), arguments, count, names);
}

static Object *get_origin(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(origin_of(self));
}

static Object *get_items(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(items_of(self));
}

static Object *get_parameters(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_tuple_new(NULL, 0);
}

static Object *method_mro_entries(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *origin = origin_of(self);
    return gilt_tuple_new(&origin, 1);
}

/* Its own names first; the rest is the class's. */
static Object *alias_get_attr(Object *o, Object *name) {
    Object *own = class_find(&types[TYPE_ALIAS], name);
    decref_maybe(own);
    return own ? attribute_get_plain(o, name) : attribute_get(origin_of(o), name);
}

static Object *alias_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    (void)type;
    if (count != 2 || names)
        return gilt_raise(GILT_TYPE_ERROR, "GenericAlias expected 2 arguments, got %zu",
                          count);
    return alias_new(arguments[0], arguments[1]);
}

static const Native alias_methods[] = {
    {"get __origin__", get_origin},
    {"get __args__", get_items},
    {"get __parameters__", get_parameters},
    {"__mro_entries__(bases, /)", method_mro_entries},
    {0},
};

static const Native union_methods[] = {
    {"get __args__", get_items},
    {"get __parameters__", get_parameters},
    {0},
};

const TypeOps alias_ops = {
    FIELDS_OPS(alias),  .hash = alias_hash,       .equal = alias_equal,
    .repr = alias_repr, .operate = union_operate, .get_attr = alias_get_attr,
    .call = alias_call, .make = alias_make,       .methods = alias_methods,
};

const TypeOps union_ops = {
    FIELDS_OPS(alias),  .hash = union_hash,       .equal = union_equal,
    .repr = union_repr, .operate = union_operate, .methods = union_methods,
};
