/* caches.h: attributes, by what was found the last time.
 *
 * A cache is three words behind the instruction, read and written relaxed by all
 * threads, for the class that came by first. For others each thread has a table (the memo,
 * caches.c) of such words by version, name and use: so an instruction that many classes
 * come by is not written to time and again. Each word is a fact that never becomes false,
 * so it does not matter if a thread reads one from before and one from after another thread
 * has written them:
 *
 *   1. KIND and a version of a type: in a class of this version the name is
 *        ATTRIBUTE   no data descriptor, and instances are laid out as in instance.h
 *        MEMBER      the fixed slot whose number stands above the kind
 *        FUNCTION    an immortal function, and instances cannot have the name themselves
 *        SHADOWED    an immortal function, unless an instance has the name itself
 *        ADD         as ATTRIBUTE, for a store that adds it
 *        CLASS       (version of the class that is asked itself) among its own attributes
 *        MODULE      (version of the type of modules) to be looked for in the module
 *        VALUE       no descriptor, an entry of the dict of that class of the order whose
 *                    handle and whose entry's number stand above the kind, unless an
 *                    instance has the name itself
 *        PROPERTY    a property whose getter is an immortal function
 *        STATIC      a staticmethod of such one, type has not got the name, and there is no
 *                    __getattribute__: for the class itself, and for an instance that has
 *                    not got it either
 *        OF_CLASS    likewise, a classmethod
 *   2. ATTRIBUTE, SHADOWED, VALUE, STATIC, OF_CLASS: a shape, and in its upper 16 bits a
 * number: the instances of the shape have the name under this number, or, 0xFFFF, have not
 * got it. ADD: a shape that lacks it, and the number that it would get. MODULE, CLASS: the number of an entry of
 * its dict, which is checked against the name
 *   3. of a load and a call: a version and a function, and never anything else, since a
 * thread may see this word of one fact and the first of another: see method_word. ADD: the
 * shape with one name more; that the two belong together is looked at, as they are two words
 *
 * Versions are never reused (types/class.c), shapes and functions that are named here are
 * never freed. */
#pragma once
#include "core/object/attributes.h"
#include "core/types/class.h"
#include "core/types/fixed.h"
#include "core/types/instance.h"
#include "core/vm/slow.h"

typedef enum CacheKind {
    CACHE_NONE,
    CACHE_ATTRIBUTE,
    CACHE_MEMBER,
    CACHE_FUNCTION,
    CACHE_SHADOWED,
    CACHE_MODULE,
    CACHE_CLASS,
    CACHE_ADD,
    CACHE_VALUE,
    CACHE_PROPERTY,
    CACHE_STATIC,
    CACHE_OF_CLASS
} CacheKind;

static inline Word cache_load(const Word *cache) {
    return __atomic_load_n(cache, __ATOMIC_RELAXED);
}
static inline void cache_store(const Word *cache, Word word) {
    __atomic_store_n((Word *)cache, word, __ATOMIC_RELAXED);
}

static inline Word cache_word(CacheKind kind, uint32_t version, unsigned number) {
    return version | (Word)kind << 32 | (Word)number << 40;
}
static inline CacheKind cache_kind(Word word) { return (word >> 32) & 0xFF; }
static inline unsigned cache_number(Word word) { return (unsigned)(word >> 40) & 0xFFFF; }

/* VALUE: a handle has 17 bits, 7 are left for the entry. */
#define VALUE_ENTRIES 128u
_Static_assert(TYPE_MAX * VALUE_ENTRIES == 1u << 24, "the first word has 24 bits for both");
static inline Word value_word(uint32_t version, const Type *owner, unsigned entry) {
    return cache_word(CACHE_VALUE, version, owner->handle * VALUE_ENTRIES + entry);
}
static inline Type *value_owner(Word word) { return &types[(word >> 40) / VALUE_ENTRIES]; }
static inline unsigned value_entry(Word word) { return (word >> 40) % VALUE_ENTRIES; }

#define SHAPE_LACKS 0xFFFFu
static inline Word shape_word(const Shape *shape, unsigned number) {
    return (Word)(uintptr_t)shape | (Word)number << 48;
}
static inline const Shape *shape_in(Word word) {
    return (const Shape *)(uintptr_t)(word & ~((Word)0xFFFF << 48));
}
static inline const Shape *word_of_shape(const void *word) {
    return (const Shape *)((uintptr_t)word & ~(uintptr_t)7);
}

/* Does the type still have the version of the word? */
static ALWAYS_INLINE bool cache_holds(const Type *type, Word word) {
    uint32_t version = atomic_load_explicit(&type->version, memory_order_acquire);
    return likely(version == (uint32_t)word && version);
}

/* Has the shape `grown` one name more than that of the word `second`? By the way in which
 * both were made it is that shape and the cache's name, or a shape of another class: then
 * the version in the first word was another one. */
static inline bool grown_fits(const Shape *grown, Word second) {
    return likely(grown && grown->parent == shape_in(second));
}

/* caches.c: when the words do not fit: looks in general, and writes them. */
#define MEMO_BYTES ((size_t)32 << 10)
Value attribute_slowly(Object *o, Object *name, const Word *cache);
bool attribute_store_slowly(Object *o, Object *name, Object *value, const Word *cache);
bool method_slowly(Value of, Object *name, const Word *cache, Value *found,
                   Value *self_argument);

/* If instances of the class are made by object.__new__ and then its own __init__, which is
 * a function of the program: an instance, and that function (a reference). NULL without an
 * exception: call the class in general. */
Object *make_instance(Type *type, Object **init);

Value module_attribute(Object *module, Object *name, const Word *cache);

/* What the class has for its instance, by these words. EMPTY: they do not tell. */
Value value_of_class(Object *o, Object *name, Word first, const Word *cache);

/* The attribute with this number, as `word` says: EMPTY if it is not to be had so.
 * `number`: an int or float is wanted as a number. */
static ALWAYS_INLINE Value instance_attribute(Object *o, void *word, unsigned at,
                                              bool number) {
    Instance *instance = (Instance *)o;
    const Slot *slot = &instance->slots[at];
    Value found = EMPTY;
    read_begin();
    if (unlikely(at >= word_room(word))) {
        const More *more = more_of(link_load(&instance->more));
        at -= word_room(word);
        slot = at < more->room ? &more->slots[at] : NULL;
    }
    if (likely(slot != NULL)) {
        RefCount *seen = slot_borrow(slot, &instance->shape, word);
        if (likely(seen != NULL))
            found = value_found(object_of(seen), number);
        else if (slot_read(slot, &instance->shape, word, &seen) == READ_DONE)
            found = value_owned(object_of(seen));
    }
    read_end();
    return found;
}

static inline bool shape_fits(const void *word, Word second) {
    return likely(word_of_shape(word) == shape_in(second));
}

/* By these words, which hold for the object's type. EMPTY: they do not tell. */
static ALWAYS_INLINE Value attribute_by(Object *o, Object *name, Word first,
                                        const Word *cache, bool number) {
    CacheKind kind = cache_kind(first);
    if (likely(kind == CACHE_ATTRIBUTE)) {
        void *word = link_load(&((Instance *)o)->shape);
        Word second = cache_load(cache + 1);
        if (shape_fits(word, second))
            return instance_attribute(o, word, (unsigned)(second >> 48), number);
    } else if (kind == CACHE_MEMBER) {
        return value_owned(slot_take(o, (Slot *)(o + 1) + cache_number(first)));
    } else if (kind == CACHE_VALUE) {
        return value_of_class(o, name, first, cache);
    }
    return EMPTY;
}

static ALWAYS_INLINE Value load_attribute(Value v, Object *name, const Word *cache,
                                          bool number) {
    if (unlikely(v & 3)) return slow_get_attribute(v, name);
    Object *o = value_object(v);
    Word first = cache_load(cache);
    if (likely(cache_holds(type_of(o), first))) {
        Value found = attribute_by(o, name, first, cache, number);
        if (likely(found)) return found;
        if (cache_kind(first) == CACHE_MODULE) return module_attribute(o, name, cache);
    }
    return attribute_slowly(o, name, cache);
}

/* Puts the value into a slot of the instance, and then, where that adds an attribute, the
 * shape that names it (instance.c). false: the instance is not as the words say. */
static ALWAYS_INLINE bool instance_store(Object *o, Object *value, Word second,
                                         const Shape *grown) {
    Instance *instance = (Instance *)o;
    unsigned number = (unsigned)(second >> 48);
    Object *old = NULL;
    object_lock(o);
    void *word = link_peek(&instance->shape);
    bool fits = shape_fits(word, second) && number < word_room(word) &&
                !((uintptr_t)link_peek(&instance->more) & 1);
    if (likely(fits)) {
        old = object_of(slot_peek(&instance->slots[number]));
        slot_put(&instance->slots[number], refs_of(incref(value)));
        if (grown)
            link_put(&instance->shape, (void *)((uintptr_t)grown | word_inlined(word)));
    }
    object_unlock(o);
    decref_maybe(old);
    return likely(fits);
}

static ALWAYS_INLINE bool store_by(Object *o, Object *value, Word first,
                                   const Word *cache) {
    CacheKind kind = cache_kind(first);
    if (likely(kind == CACHE_ATTRIBUTE))
        return instance_store(o, value, cache_load(cache + 1), NULL);
    if (kind == CACHE_ADD) {
        const Shape *grown = shape_in(cache_load(cache + 2));
        Word second = cache_load(cache + 1);
        return grown_fits(grown, second) && instance_store(o, value, second, grown);
    }
    if (kind != CACHE_MEMBER) return false;
    Slot *slot = (Slot *)(o + 1) + cache_number(first);
    incref(value);
    object_lock(o);
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, refs_of(value));
    object_unlock(o);
    decref_maybe(old);
    return true;
}

/* Writes a number into the object that the attribute is (value_write). */
static ALWAYS_INLINE bool write_by(Object *o, Value number, Word first, const Word *cache) {
    if (cache_kind(first) != CACHE_ATTRIBUTE) return false;
    Instance *instance = (Instance *)o;
    Word second = cache_load(cache + 1);
    unsigned at = (unsigned)(second >> 48);
    object_lock(o);
    void *word = link_peek(&instance->shape);
    bool fits = shape_fits(word, second) && at < word_room(word) &&
                !((uintptr_t)link_peek(&instance->more) & 1) &&
                value_write(object_of(slot_peek(&instance->slots[at])), number);
    object_unlock(o);
    return fits;
}

static ALWAYS_INLINE bool store_attribute(Value v, Object *name, Value *stored,
                                          const Word *cache) {
    if (unlikely(v & 3)) return slow_set_attribute(v, name, *stored);
    Object *o = value_object(v);
    Word first = cache_load(cache);
    if (*stored & 3 && cache_holds(type_of(o), first) && write_by(o, *stored, first, cache))
        return true;
    Object *value = slow_object(stored);
    if (unlikely(!value)) return false;
    if (likely(cache_holds(type_of(o), first)) && likely(store_by(o, value, first, cache)))
        return true;
    return attribute_store_slowly(o, name, value, cache);
}

/* The third word of a call of a method: a function, and the low 16 bits of the version with
 * which it was found. That is a hint; the function itself is the fact: it was the meaning
 * of the name in the class with the version in the first word when both were written, and
 * the first word is written last and read first. */
static inline Word method_word(Object *function, uint32_t version) {
    return (Word)(uintptr_t)function | (Word)(version & 0xFFFF) << 48;
}

/* The function, or NULL if it is of another version than the first word. */
static ALWAYS_INLINE Object *function_in(Word word, Word first) {
    if (unlikely((uint16_t)(word >> 48) != (uint16_t)first)) return NULL;
    return (Object *)(uintptr_t)(word & ~((Word)0xFFFF << 48));
}

/* The function that o.name(...) calls with o, or NULL. */
static ALWAYS_INLINE Object *method_by(Object *o, Word first, const Word *cache) {
    CacheKind kind = cache_kind(first);
    bool good = kind == CACHE_FUNCTION;
    if (kind == CACHE_SHADOWED) {
        void *word = link_load(&((Instance *)o)->shape);
        good = cache_load(cache + 1) == shape_word(word_of_shape(word), SHAPE_LACKS);
    }
    return likely(good) ? function_in(cache_load(cache + 2), first) : NULL;
}

/* For o.name(...): the function, with *self_argument set to what is to be passed, *reg or an
 * immortal class; or what the attribute is. */
static ALWAYS_INLINE bool load_method(Value *reg, Object *name, const Word *cache,
                                      Value *found, Value *self_argument) {
    Object *o = likely(!(*reg & 3)) ? value_object(*reg) : slow_object(reg);
    if (unlikely(!o)) return false;
    Word first = __atomic_load_n(cache, __ATOMIC_ACQUIRE);
    if (likely(cache_holds(type_of(o), first))) {
        Object *function = method_by(o, first, cache);
        if (likely(function != NULL)) {
            *found = value_borrowed(function);
            *self_argument = *reg;
            return true;
        }
        if (cache_kind(first) == CACHE_MODULE) {
            *self_argument = EMPTY;
            return (*found = module_attribute(o, name, cache)) != EMPTY;
        }
    }
    return method_slowly(*reg, name, cache, found, self_argument);
}
