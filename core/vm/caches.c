/* caches.c: filling the inline caches of attributes.
 *
 * What a name means in a class is remembered with the version that the class had before it
 * was looked for, if it still has that one afterwards. */
#include "core/vm/caches.h"
#include "core/modules/module.h"
#include "core/object/builtin.h"
#include "core/threads/thread.h"
#include "core/types/descriptors.h"
#include "core/types/fixed.h"
#include "core/types/table.h"

/* An instance whose attributes are where instance.h says, with no __getattribute__ of its
 * own. */
static bool is_plain(const Type *type) { return type->ops == &instance_ops; }

static bool gets_plainly(Type *type) {
    Object *getter = class_special(type, SPECIAL_GETATTRIBUTE);
    Object *usual = class_special(&types[GILT_OBJECT], SPECIAL_GETATTRIBUTE);
    bool plain = getter == usual;
    decref_maybe(getter);
    decref_maybe(usual);
    return plain;
}

static bool sets_plainly(Type *type) {
    Object *setter = class_special(type, SPECIAL_SETATTR);
    Object *usual = class_special(&types[GILT_OBJECT], SPECIAL_SETATTR);
    bool plain = setter == usual;
    decref_maybe(setter);
    decref_maybe(usual);
    return plain;
}

/* The version with which `found` (NULL: nothing) is the meaning of the name; 0: none. */
static uint32_t meaning(Type *type, Object *name, Object **found) {
    uint32_t version = class_version(type);
    *found = class_find(type, name);
    bool same = atomic_load_explicit(&type->version, memory_order_acquire) == version;
    return same ? version : 0;
}

/* ---- the memo ----
 *
 * What another class than that of the inline cache means by a name: the words of a cache,
 * by version, name and use. A name that may die is not remembered: another could get its
 * address. */

typedef enum Use { USE_LOAD, USE_STORE, USE_CALL, USE_MAKE } Use;

typedef struct MemoEntry {
    uintptr_t key; /* the name and, in its low bits, the use */
    Word words[3]; /* the version is in the first */
} MemoEntry;

#define MEMO_SIZE (MEMO_BYTES / sizeof(MemoEntry))

static Word *memo_of(const Type *type, Object *name, Use use) {
    MemoEntry *memo = (MemoEntry *)thread_self()->memo;
    uint32_t version = atomic_load_explicit(&type->version, memory_order_acquire);
    if (!version || !memo || !ref_is_immortal(&name->refs)) return NULL;
    uintptr_t key = (uintptr_t)name | use;
    MemoEntry *entry = &memo[(key ^ key >> 4 ^ (uintptr_t)version * 37) % MEMO_SIZE];
    if (entry->key != key || (uint32_t)entry->words[0] != version)
        *entry = (MemoEntry){.key = key, .words = {cache_word(CACHE_NONE, version, 0)}};
    return entry->words;
}

/* Where a new fact belongs: the inline cache is for the class that came first. */
static const Word *place_of(const Type *type, const Word *cache, const Word *memo) {
    Word first = cache_load(cache);
    return !first || !memo || cache_holds(type, first) ? cache : memo;
}

/* ---- entries of dicts ---- */

static Value entry_value(TableOwner *owner, const Table *table, Entry *entry,
                         Object *name) {
    RefCount *value = slot_seen(&entry->value);
    if (!value || slot_seen(&entry->key) != refs_of(name)) return EMPTY;
    if (ref_is_immortal(value)) return value_borrowed(object_of(value));
    if (slot_read(&entry->value, &owner->table, table, &value) != READ_DONE || !value)
        return EMPTY;
    return value_owned(object_of(value));
}

/* The value of the entry with this number, if that has the name. */
static Value entry_at(Object *dict, Word number, Object *name) {
    TableOwner *owner = (TableOwner *)dict;
    Value found = EMPTY;
    read_begin();
    const Table *table = link_load(&owner->table);
    if (table && number < table_used(table))
        found = entry_value(owner, table, table_entry(table, number, DICT_ENTRY), name);
    read_end();
    return found;
}

/* The number of the entry with this name, below `end`, whose value is found as well; EMPTY:
 * none. */
static Value entry_find(Object *dict, Object *name, uint32_t end, Word *number) {
    TableOwner *owner = (TableOwner *)dict;
    Value found = EMPTY;
    read_begin();
    const Table *table = link_load(&owner->table);
    if (table && table_used(table) < end) end = table_used(table);
    for (uint32_t i = 0; !found && table && i < end; i++) {
        found = entry_value(owner, table, table_entry(table, i, DICT_ENTRY), name);
        *number = i;
    }
    read_end();
    return found;
}

/* ---- attributes of classes ---- */

/* Read from a class it is what it is: a function, or no descriptor. */
static bool is_as_it_is(Value v) {
    const Object *o = value_object(v);
    return is_type(o, TYPE_CALLEE) || !descriptor_binds(o);
}

/* The class itself has the attribute, and its metaclass, which is type, has not. */
static void remember_own(Type *type, Object *name, const Word *cache, uint32_t version,
                         Object *value) {
    Object *meta = class_find(&types[GILT_TYPE], name);
    decref_maybe(meta);
    if (meta || !version || !type_is_program(type)) return;
    Word number;
    Value found = entry_find(class_attrs(type), name, UINT32_MAX, &number);
    if (found && value_object(found) == value && is_as_it_is(found)) {
        cache_store(cache + 1, number);
        cache_store(cache, cache_word(CACHE_CLASS, version, 0));
    }
    value_drop(found);
}

/* The words are of two facts if another thread has just written them: then the entry has
 * another name, or the version is not that of the class. */
static Value class_attribute(Object *o, Object *name, const Word *cache) {
    Type *type = (Type *)o;
    Word first = cache_load(cache);
    if (cache_kind(first) == CACHE_CLASS && cache_holds(type, first)) {
        Value found = entry_at(type->attrs, cache_load(cache + 1), name);
        if (likely(found && is_as_it_is(found))) return found;
        value_drop(found);
    }
    uint32_t version = class_version(type);
    Object *found = attribute_get(o, name);
    if (found) remember_own(type, name, cache, version, found);
    return value_owned(found);
}

/* ---- attributes ---- */

static bool is_member(Object *found, Type *type) {
    return found && is_type(found, TYPE_MEMBER) && type->ops == &slots_ops;
}

static const Shape *shape_of(Object *o) {
    return word_of_shape(link_load(&((Instance *)o)->shape));
}

/* Of an instance with this shape, which has the attribute, or lacks it and gets it with the
 * shape `grown`. */
static void remember_shape(Object *name, const Word *cache, uint32_t version,
                           const Shape *shape, const Shape *grown) {
    if (shape == shape->dictionary || (grown && grown == grown->dictionary)) return;
    if (grown && (grown->parent != shape || grown->names[shape->count] != name)) return;
    int number = grown ? shape->count : shape_find(shape, name);
    if (number < 0) return;
    if (grown) cache_store(cache + 2, shape_word(grown, 0));
    cache_store(cache + 1, shape_word(shape, (unsigned)number));
    cache_store(cache, cache_word(grown ? CACHE_ADD : CACHE_ATTRIBUTE, version, 0));
}

/* Of an instance whose class has the attribute, or a class that it inherits. The bases of a
 * class never change, so who has a version of it has its order. */
static void remember_value(Type *type, Object *name, const Word *cache, uint32_t version,
                           const Shape *shape, Object *value) {
    if (shape == shape->dictionary || descriptor_binds(value)) return;
    Order order = order_from(type);
    Value found = EMPTY;
    Word number;
    Type *owner;
    while (!found && (owner = order_next(&order)) && type_is_program(owner))
        found = entry_find(class_attrs(owner), name, VALUE_ENTRIES, &number);
    if (found && value_object(found) == value) {
        cache_store(cache + 1, shape_word(shape, SHAPE_LACKS));
        cache_store(cache, value_word(version, owner, (unsigned)number));
    }
    value_drop(found);
}

/* The instance, its class and the owner are looked at one after the other, as by the long
 * way, and each may change meanwhile: the value is one that the owner had in that time. */
Value value_of_class(Object *o, Object *name, Word first, const Word *cache) {
    const void *word = link_load(&((Instance *)o)->shape);
    if (cache_load(cache + 1) != shape_word(word_of_shape(word), SHAPE_LACKS)) return EMPTY;
    Value found = entry_at(class_attrs(value_owner(first)), value_entry(first), name);
    if (likely(found && !descriptor_binds(value_object(found)))) return found;
    value_drop(found);
    return EMPTY;
}

/* A function of the program that is never freed: its word, and then the first. */
static void remember_function(Object *function, const Word *cache, CacheKind kind,
                              uint32_t version) {
    if (!function || !is_type(function, TYPE_CALLEE) || !ref_is_immortal(&function->refs))
        return;
    cache_store(cache + 2, method_word(function, version));
    __atomic_store_n((Word *)cache, cache_word(kind, version, 0), __ATOMIC_RELEASE);
}

static void remember_property(Object *property, const Word *cache, uint32_t version) {
    Object *getter = property_getter(property);
    remember_function(getter, cache, CACHE_PROPERTY, version);
    decref_maybe(getter);
}

/* What the getter says, by these words; NULL without an exception: they do not tell. */
static Object *property_by(Object *o, const Word *cache) {
    Word first = __atomic_load_n(cache, __ATOMIC_ACQUIRE);
    if (cache_kind(first) != CACHE_PROPERTY || !cache_holds(type_of(o), first) ||
        !descriptors_are_fixed())
        return NULL;
    Object *getter = function_in(cache_load(cache + 2), first);
    return getter ? object_call(getter, &o, 1, NULL) : NULL;
}

static void remember_attribute(Type *type, Object *name, const Word *cache,
                               const Shape *shape, const Shape *grown) {
    Object *found;
    uint32_t version = meaning(type, name, &found);
    bool of_instance = is_plain(type) && (!found || !descriptor_is_data(found));
    if (version && found && !grown && is_type(found, TYPE_PROPERTY))
        remember_property(found, cache, version);
    else if (version && of_instance && found && !grown && shape_find(shape, name) < 0)
        remember_value(type, name, cache, version, shape, found);
    else if (version && of_instance)
        remember_shape(name, cache, version, shape, grown);
    else if (version && is_member(found, type))
        cache_store(cache, cache_word(CACHE_MEMBER, version, ((Member *)found)->number));
    decref_maybe(found);
}

static bool has_caches(const Type *type) {
    return is_plain(type) || type->ops == &slots_ops;
}

Value attribute_slowly(Object *o, Object *name, const Word *cache) {
    Type *type = type_of(o);
    if (is_type(o, GILT_TYPE)) return class_attribute(o, name, cache);
    if (is_type(o, TYPE_MODULE)) {
        cache_store(cache, cache_word(CACHE_MODULE, class_version(type), 0));
    } else if (has_caches(type)) {
        Object *result = property_by(o, cache);
        if (result || unlikely(gilt_error())) return value_owned(result);
        Word *memo = memo_of(type, name, USE_LOAD);
        Value known = memo ? attribute_by(o, name, memo[0], memo, false) : EMPTY;
        if (known) return known;
        if (memo && ((result = property_by(o, memo)) || gilt_error()))
            return value_owned(result);
        if (gets_plainly(type))
            remember_attribute(type, name, place_of(type, cache, memo),
                               is_plain(type) ? shape_of(o) : NULL, NULL);
    }
    return value_owned(attribute_get(o, name));
}

bool attribute_store_slowly(Object *o, Object *name, Object *value, const Word *cache) {
    Type *type = type_of(o);
    bool cached = has_caches(type);
    Word *memo = cached ? memo_of(type, name, USE_STORE) : NULL;
    if (memo && store_by(o, value, memo[0], memo)) return true;
    const Shape *before = is_plain(type) ? shape_of(o) : NULL;
    if (!attribute_set(o, name, value)) return false;
    if (cached && sets_plainly(type)) {
        const Shape *after = before ? shape_of(o) : NULL;
        remember_attribute(type, name, place_of(type, cache, memo), before,
                           after != before ? after : NULL);
    }
    return true;
}

/* ---- methods ---- */

static bool is_function(Object *o) {
    return is_type(o, TYPE_CALLEE) || is_type(o, TYPE_NATIVE_METHOD);
}

/* What kind of object has this method without more ado; CACHE_NONE: look each time. */
static CacheKind method_kind(Type *type, Object *o, Object *name, const Word *cache) {
    if (type->handle < BUILTIN_TYPES && !type_has_tail(type) && !type->ops->get_attr)
        return CACHE_FUNCTION;
    if (type->ops == &slots_ops) return gets_plainly(type) ? CACHE_FUNCTION : CACHE_NONE;
    if (!is_plain(type) || !gets_plainly(type)) return CACHE_NONE;
    const Shape *shape = shape_of(o);
    if (shape == shape->dictionary || shape_find(shape, name) >= 0) return CACHE_NONE;
    cache_store(cache + 1, shape_word(shape, SHAPE_LACKS));
    return CACHE_SHADOWED;
}

static bool is_wrapped(const Object *o) {
    return is_type(o, TYPE_STATIC_METHOD) || is_type(o, TYPE_CLASS_METHOD);
}

/* What is found in the class is a staticmethod or classmethod, and its metaclass, which is
 * type, has not got the name. */
static void remember_wrapped(Type *type, Object *found, Object *name, const Word *cache,
                             uint32_t version) {
    Object *meta = class_find(&types[GILT_TYPE], name), *function = wrapped_callable(found);
    CacheKind kind = is_type(found, TYPE_CLASS_METHOD) ? CACHE_OF_CLASS : CACHE_STATIC;
    if (!meta && gets_plainly(type)) remember_function(function, cache, kind, version);
    decref_maybe(function);
    decref_maybe(meta);
}

static void remember_method(Type *type, Object *o, Object *name, const Word *cache) {
    Object *found;
    uint32_t version = meaning(type, name, &found);
    bool function = found && is_function(found) && method_takes_self(found, type) &&
                    ref_is_immortal(&found->refs);
    if (version && (function || (found && is_wrapped(found)))) {
        CacheKind kind = method_kind(type, o, name, cache);
        if (kind != CACHE_NONE && !function) {
            remember_wrapped(type, found, name, cache, version);
        } else if (kind != CACHE_NONE) {
            cache_store(cache + 2, method_word(found, version));
            __atomic_store_n((Word *)cache, cache_word(kind, version, 0), __ATOMIC_RELEASE);
        }
    }
    decref_maybe(found);
}

/* What the static or class method of this class calls, by these words; NULL: they do not
 * tell. */
static Object *wrapped_by(const Type *type, const Word *cache, bool *of_class) {
    Word first = __atomic_load_n(cache, __ATOMIC_ACQUIRE);
    CacheKind kind = cache_kind(first);
    if ((kind != CACHE_STATIC && kind != CACHE_OF_CLASS) || !cache_holds(type, first) ||
        !descriptors_are_fixed())
        return NULL;
    *of_class = kind == CACHE_OF_CLASS;
    return function_in(cache_load(cache + 2), first);
}

/* Has the instance no such attribute itself? */
static bool lacks_it(Object *o, const Word *cache) {
    if (!is_plain(type_of(o))) return type_of(o)->ops == &slots_ops;
    return cache_load(cache + 1) == shape_word(shape_of(o), SHAPE_LACKS);
}

/* For an instance. A class that may die is not lent: the instance may leave it. */
static bool wrapped_of_instance(Object *o, const Word *cache, Value *found, Value *self) {
    Type *type = type_of(o);
    bool of_class;
    Object *function = lacks_it(o, cache) ? wrapped_by(type, cache, &of_class) : NULL;
    if (!function || (of_class && !ref_is_immortal(&type->head.refs))) return false;
    *found = value_borrowed(function);
    *self = of_class ? value_borrowed(&type->head) : EMPTY;
    return true;
}

static bool class_method_slowly(Value of, Object *name, const Word *cache, Value *found,
                                Value *self) {
    Object *o = value_object(of), *method;
    bool of_class;
    Object *function = wrapped_by((Type *)o, cache, &of_class);
    if (likely(function != NULL)) {
        *self = of_class ? of : EMPTY;
        return *found = value_borrowed(function), true;
    }
    *self = EMPTY;
    *found = class_attribute(o, name, cache);
    if (*found && cache_kind(cache_load(cache)) != CACHE_CLASS) {
        uint32_t version = meaning((Type *)o, name, &method);
        if (version && method && is_wrapped(method))
            remember_wrapped((Type *)o, method, name, cache, version);
        decref_maybe(method);
    }
    return *found != EMPTY;
}

bool method_slowly(Value of, Object *name, const Word *cache, Value *found,
                   Value *self_argument) {
    Object *o = value_object(of), *self = NULL;
    Type *type = type_of(o);
    if (is_type(o, GILT_TYPE))
        return class_method_slowly(of, name, cache, found, self_argument);
    if (is_type(o, TYPE_MODULE)) {
        cache_store(cache, cache_word(CACHE_MODULE, class_version(type), 0));
    } else {
        if (wrapped_of_instance(o, cache, found, self_argument)) return true;
        Word *memo = memo_of(type, name, USE_CALL);
        Object *known = memo ? method_by(o, memo[0], memo) : NULL;
        if (known) return *found = value_borrowed(known), *self_argument = of, true;
        if (memo && wrapped_of_instance(o, memo, found, self_argument)) return true;
        remember_method(type, o, name, place_of(type, cache, memo));
    }
    Object *method = attribute_method(o, name, &self);
    *found = value_owned(method);
    *self_argument = self ? of : EMPTY;
    return method;
}

/* ---- instances ---- */

/* Nothing but object.__new__ makes its instances. */
static bool is_made_plainly(Type *type) {
    if (!has_caches(type) || (flags_load(type) & TYPE_ABSTRACT)) return false;
    Object *maker = class_special(type, SPECIAL_NEW);
    Object *usual = class_special(&types[GILT_OBJECT], SPECIAL_NEW);
    bool plain = maker == usual;
    decref_maybe(maker);
    decref_maybe(usual);
    return plain;
}

/* A reference, or NULL. What is immortal is remembered, if the class is still as it was. */
static Object *initializer_of(Type *type) {
    uint32_t version = class_version(type);
    if (!is_made_plainly(type)) return NULL;
    Object *found = class_special(type, SPECIAL_INIT);
    if (!found || !is_type(found, TYPE_CALLEE)) return decref_maybe(found), NULL;
    Word *memo = memo_of(type, special_names[SPECIAL_INIT], USE_MAKE);
    if (memo && (uint32_t)memo[0] == version && ref_is_immortal(&found->refs))
        memo[1] = (Word)(uintptr_t)found;
    return found;
}

Object *make_instance(Type *type, Object **init) {
    Word *memo = memo_of(type, special_names[SPECIAL_INIT], USE_MAKE);
    Object *known = memo ? (Object *)(uintptr_t)memo[1] : NULL;
    if (unlikely(!known || (flags_load(type) & TYPE_ABSTRACT)) &&
        !(known = initializer_of(type)))
        return NULL;
    Object *made = instance_new(type);
    if (unlikely(!made)) decref(known);
    *init = known;
    return made;
}

/* ---- modules ---- */

Value module_attribute(Object *module, Object *name, const Word *cache) {
    Object *dict = module_dict(module);
    Value found = entry_at(dict, cache_load(cache + 1), name);
    if (likely(found)) return found;
    Word number;
    if (!(found = entry_find(dict, name, UINT32_MAX, &number)))
        return value_owned(attribute_get(module, name));
    cache_store(cache + 1, number);
    return found;
}
