/* class_new.c: from a plan to a class: the layout of its instances, then the Type itself.
 *
 * All that may fail is made first. From type_new on there is no safepoint until the class
 * is complete, so the collector has not seen it before, and the old generation has not
 * changed its name. */
#include "core/types/class_new.h"
#include "core/gc/gc.h"
#include "core/object/error.h"
#include "core/object/native.h"
#include "core/types/dict.h"
#include "core/types/fixed.h"
#include "core/types/heir.h"
#include "core/types/instance.h"
#include <stdlib.h>
#include <string.h>

/* ---- Names ---- */

bool class_is_identifier(const char *text) {
    if (*text >= '0' && *text <= '9') return false;
    const char *at = text;
    for (; *at; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        bool digit = *at >= '0' && *at <= '9';
        if (!letter && !digit && *at != '_' && !((unsigned char)*at & 0x80)) return false;
    }
    return at != text;
}

static size_t name_bytes(const char *name) { return strlen(name) + 16; }

char *class_keep_name(const char *name) {
    char *kept = memory_new(MEMORY_ARRAY, name_bytes(name));
    return kept ? strcpy(kept, name) : (char *)gilt_raise(GILT_MEMORY_ERROR, NULL);
}

char *class_name_text(Object *name) {
    size_t bytes;
    char *text = gilt_str_utf8(name, &bytes);
    if (!text || strlen(text) == bytes) return text;
    free(text);
    return gilt_raise(GILT_VALUE_ERROR, "type name must not contain null characters"), NULL;
}

/* ---- The layout ---- */

typedef struct Layout {
    Shape *shape, *fixed;
    const TypeOps *ops, *native;
    bool own_shape, own_fixed; /* made for this class */
} Layout;

static bool has_name(Object *const *names, size_t count, const Object *name) {
    for (size_t i = 0; i < count; i++)
        if (names[i] == name) return true;
    return false;
}

bool class_slots_fit(const Type *base, size_t count) {
    return fixed_count(base) + count <= SHAPE_NAMES_MAX ||
           gilt_raise(GILT_TYPE_ERROR, "a class has at most %d slots", SHAPE_NAMES_MAX);
}

/* All fixed slots: those of the base, then the new ones, each once. The caller frees. */
static Object **slot_names(const ClassPlan *plan, size_t *count) {
    const Shape *inherited = plan->base->fixed;
    size_t before = *count = fixed_count(plan->base);
    if (!class_slots_fit(plan->base, plan->slot_count)) return NULL;
    Object **names = malloc((before + plan->slot_count + 1) * sizeof *names);
    if (!names) return (Object **)gilt_raise(GILT_MEMORY_ERROR, NULL);
    if (before) memcpy(names, inherited->names, before * sizeof *names);
    for (size_t i = 0; i < plan->slot_count; i++)
        if (!has_name(names, *count, plan->slots[i])) names[(*count)++] = plan->slots[i];
    return names;
}

/* The built-in whose object stands in front, or NULL. */
static const TypeOps *native_of(const Type *base) {
    if (base->native) return base->native;
    return type_is_program(base) || base->handle == GILT_OBJECT ? NULL : base->ops;
}

static bool has_dict(const ClassPlan *plan) {
    if (flags_load(plan->base) & TYPE_METACLASS) return false;
    if (!plan->fixed || plan->dict || type_has_tail(plan->base)) return true;
    for (size_t i = 0; plan->bases && i < plan->bases->size; i++)
        if (type_has_tail((Type *)plan->bases->items[i])) return true;
    return false;
}

static const TypeOps *ops_for(const ClassPlan *plan, const Layout *layout, bool dict) {
    if (flags_load(plan->base) & TYPE_METACLASS) return heir_ops(&type_ops, true);
    if (layout->native) return heir_ops(layout->native, false);
    if (!dict) return &slots_ops;
    return layout->fixed ? &mixed_ops : &instance_ops;
}

static void layout_discard(Layout *layout) {
    if (layout->own_fixed) shape_discard(layout->fixed);
    if (layout->own_shape && layout->shape != layout->fixed) shape_discard(layout->shape);
    *layout = (Layout){0};
}

static bool layout_shapes(Layout *layout, const ClassPlan *plan, Object **names,
                          size_t count, bool dict) {
    const Shape *inherited = plan->base->fixed;
    if (dict && inherited && count == inherited->count)
        layout->fixed = plan->base->fixed;
    else if (!dict || count)
        layout->own_fixed = (layout->fixed = shape_root(names, count, true));
    if (!layout->fixed && (!dict || count)) return false;
    layout->shape = dict ? shape_root(NULL, 0, false) : layout->fixed;
    layout->own_shape = dict && layout->shape;
    if (dict && layout->fixed && !layout->fixed->count) layout->fixed = NULL;
    return layout->shape;
}

static bool layout_make(Layout *layout, const ClassPlan *plan) {
    *layout = (Layout){.native = native_of(plan->base)};
    size_t count;
    bool dict = has_dict(plan);
    Object **names = slot_names(plan, &count);
    if (!names) return false;
    bool well = layout_shapes(layout, plan, names, count, dict);
    free(names);
    layout->ops = well ? ops_for(plan, layout, dict) : NULL;
    if (!layout->ops) layout_discard(layout);
    return layout->ops;
}

/* ---- The class ---- */

/* Descriptors of the slots that it brings; those that its base has may be among them. The
 * class has only its number yet: if there is no memory, nothing is left but that. */
static bool members_add(Type *type, const Shape *fixed, const ClassPlan *plan) {
    for (size_t i = 0; i < plan->slot_count; i++) {
        int number = shape_find(fixed, plan->slots[i]);
        Object *member = member_new(type, plan->slots[i], (unsigned)number);
        bool well = member && gilt_dict_set(plan->attrs, plan->slots[i], member);
        decref_maybe(member);
        if (!well) return false;
    }
    return true;
}

#define INHERITED_FLAGS                                                                    \
    (TYPE_WEAKLY | TYPE_METACLASS | TYPE_EXCEPTION | TYPE_DATA | TYPE_GET_HOOK |           \
     TYPE_SET_HOOK | TYPE_CLAIMS)

/* A built-in type may have computed attributes. */
static unsigned flags_from(const Type *base) {
    unsigned inherited = flags_load(base) & INHERITED_FLAGS;
    return native_of(base) ? inherited | TYPE_DATA : inherited;
}

static unsigned flags_for(const ClassPlan *plan) {
    unsigned flags = TYPE_CLASS | plan->flags | flags_from(plan->base);
    if (!plan->fixed || plan->weakly) flags |= TYPE_WEAKLY;
    for (size_t i = 0; plan->bases && i < plan->bases->size; i++)
        flags |= flags_from((Type *)plan->bases->items[i]);
    return flags;
}

/* What a class finds in its bases, from the moment that it is linked to them: class.c. */
static void link_to(Type *base) {
    __atomic_fetch_or(&base->flags, TYPE_INHERITED, __ATOMIC_RELAXED);
}

static void links_make(const ClassPlan *plan) {
    link_to(plan->base);
    for (size_t i = 0; plan->bases && i < plan->bases->size; i++)
        link_to((Type *)plan->bases->items[i]);
}

/* With one reference for its maker and one for its instances. */
static void begin(Type *type, Type *metaclass) {
    ref_init(&type->head.refs, MARK_LIVE | (unsigned)gc_old_state * MARK_STATE_BIT);
    type->head.type = metaclass->handle;
    slot_init(&type->kept, refs_of(incref(&type->head)));
}

static void fill(Type *type, const ClassPlan *plan, const Layout *layout, const char *name,
                 Tuple *mro) {
    type->ops = layout->ops;
    type->native = flags_load(plan->base) & TYPE_METACLASS ? &type_ops : layout->native;
    type->shape = layout->shape;
    type->fixed = layout->fixed;
    type->name = name;
    type->qualname = plan->qualname;
    type->attrs = plan->attrs;
    type->bases = plan->bases ? incref(&plan->bases->head) : NULL;
    begin(type, plan->metaclass);
    if (mro) {
        mro->items[0] = incref(&type->head);
        __atomic_store_n(&type->mro, &mro->head, __ATOMIC_RELEASE);
    }
    __atomic_store_n(&type->base, (Type *)incref(&plan->base->head), __ATOMIC_RELEASE);
    links_make(plan);
    __atomic_store_n(&type->flags, flags_for(plan), __ATOMIC_RELEASE);
    class_linked();
}

/* A name is what it was when the class was made; what it means may change meanwhile. */
static void note_attributes(Type *type) {
    Object *name, *value;
    for (size_t at = 0; gilt_dict_next(type->attrs, &at, &name, &value);) {
        if (is_type(name, GILT_STR)) class_note_flags(type, name, value);
        decref(name);
        decref(value);
    }
}

Type *class_new_planned(const ClassPlan *plan) {
    Layout layout = {0};
    Type *type = NULL;
    Tuple *mro = NULL;
    char *name = class_keep_name(plan->name);
    bool several = plan->bases && plan->bases->size > 1;
    if (!name || (several && !(mro = class_linearize(plan->bases))) ||
        !layout_make(&layout, plan) || !(type = type_new()) ||
        !members_add(type, layout.fixed, plan))
        goto failed;
    fill(type, plan, &layout, name, mro);
    note_attributes(type);
    specials_make(type);
    return type;
failed:
    if (name) memory_free(name, name_bytes(name));
    if (mro) decref(&mro->head);
    layout_discard(&layout);
    return NULL;
}
