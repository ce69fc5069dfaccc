/* object.h: what every object is, and how it lives and dies.
 *
 * An object is a block whose first 16 bytes are its header: the mode's RefCount (12) and
 * the handle of its type (4). A handle is an index into `types`, the one region where all
 * types live; handles of built-in types are the constants of GiltType.
 *
 * Invariants. An object with a count above zero is alive and all its fields are valid. A
 * dead one is destroyed by the one thread that ref_drop or ref_merge_next told: weak
 * references are cleared, its finaliser runs, what it held is dropped, the block goes back.
 * Destruction never happens while an object lock is held. What dies in a cycle is found and
 * destroyed by the collector: gc/README.md. */
#pragma once
#include "core/gilt.h"
#include "core/memory/memory.h"
#include "core/mode.h"

typedef struct GiltObject Object;

struct GiltObject {
    RefCount refs;
    uint32_t type;
};

_Static_assert(sizeof(Object) == 16, "16 bytes in both modes");

/* refs.marks, the byte that the mode carries for core. */
enum {
    MARK_LIVE = 1,      /* the block holds an object that is not yet freed */
    MARK_WEAKLY = 2,    /* weak references may name it: see types/weakref.c */
    MARK_OWN = 4,       /* means what the object's type says, fixed when it is made */
    MARK_FINALIZED = 8, /* its __del__ has been called */
    MARK_LINKED = 16,   /* the collector's, during a search: see gc/search.c */
    MARK_STATE_BIT = 32 /* from here on: a GcState */
};

/* What an object is to the collector. A container is YOUNG when it is made; whatever is not
 * tracked cannot be part of a cycle that could die: leaves, immortal objects, what is dead,
 * and tuples and dicts that were found to hold no container. Which of the two names of the
 * old generation is in use changes with each full collection: then all survivors have the
 * other one (gc/search.c). */
typedef enum GcState {
    GC_UNTRACKED,
    GC_YOUNG,
    GC_MIDDLE,
    GC_OLD_EVEN,
    GC_OLD_ODD,
    GC_FROZEN,
    GC_REACHED, /* only while the world is stopped */
    GC_SUSPECT  /* likewise */
} GcState;

typedef struct Type Type;

/* Binary operators, in the order of their special methods in special.h. */
typedef enum Operator {
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_FLOOR,
    OP_REMAINDER,
    OP_POWER,
    OP_MATRIX_MULTIPLY,
    OP_SHIFT_LEFT,
    OP_SHIFT_RIGHT,
    OP_AND,
    OP_OR,
    OP_XOR,
    OP_DIVMOD,
    OPERATORS
} Operator;

typedef enum Unary { UNARY_NEGATIVE, UNARY_POSITIVE, UNARY_INVERT, UNARY_ABSOLUTE } Unary;

/* Comparisons, in the order of their special methods. */
typedef enum Comparison {
    COMPARE_LESS,
    COMPARE_LESS_EQUAL,
    COMPARE_EQUAL,
    COMPARE_UNEQUAL,
    COMPARE_GREATER,
    COMPARE_GREATER_EQUAL
} Comparison;

/* What `operate` and its like answer to an operand that they do not know: no object, never
 * counted. A program sees the object NotImplemented in its place. */
#define NOT_IMPLEMENTED ((Object *)1)

/* Places that each hold a reference or NULL, `stride` bytes apart; a word that is not
 * aligned to 8 is no reference (vm/value.h). A type tells the
 * collector the places of an object with at most SPANS_MAX of these; how many it needed is
 * what `spans` returns. Asked with the world stopped, or of an object that is garbage: the
 * collector may empty places of such a one, so `destroy` takes NULL in any of them. */
typedef struct Span {
    const Slot *first;
    size_t count;
    size_t stride;
} Span;
#define SPANS_MAX 6

/* What the place holds: NULL if it is empty or holds no reference. */
static ALWAYS_INLINE struct GiltObject *span_held(const Slot *place) {
    RefCount *ref = slot_peek(place);
    return (uintptr_t)ref & 7 ? NULL : (struct GiltObject *)ref;
}

/* What a type does. A NULL entry means that its objects cannot do it. The functions keep
 * the conventions of gilt.h. Entries of classes that programs make are those of
 * types/instance.c, which ask for special methods.
 *
 * What a call passes: `count` positional arguments, and behind them in the same array the
 * values of keywords, whose names are the interned strs in the tuple `names`; NULL: there
 * are none. All of them are borrowed. */
typedef struct TypeOps {
    MemoryKind kind; /* where its objects live */
    bool plain;      /* a leaf whose death is the end of its block and nothing else */
    size_t (*bytes)(const Object *); /* size of this object's block; also once it is dead */
    unsigned (*spans)(const Object *, Span *); /* containers: where its references stand */
    void (*destroy)(Object *); /* drop what it holds; the block is not yet freed */
    bool (*hash)(Object *, int64_t *);
    int (*equal)(Object *, Object *); /* 1, 0, -1; 2: do not know, ask the other */
    int (*less)(Object *, Object *);  /* likewise */
    /* Only where the four orders do not follow from `less` and `equal`: sets, floats (NaN),
     * classes. NOT_IMPLEMENTED: does not know the other operand. */
    Object *(*compare)(Comparison, Object *, Object *);
    int (*truth)(Object *); /* NULL: true, or its length if it has one */
    Object *(*repr)(Object *);
    Object *(*str)(Object *); /* NULL: the same as repr */
    ssize_t (*length)(Object *);
    Object *(*get_item)(Object *, Object *key);
    bool (*set_item)(Object *, Object *key, Object *value); /* value NULL: delete */
    int (*contains)(Object *, Object *);
    /* NOT_IMPLEMENTED: does not know the other operand. */
    Object *(*operate)(Operator, Object *, Object *);
    Object *(*update)(Operator, Object *, Object *); /* x += y: what x is afterwards */
    /* If neither operand knows the other: raises what the object, which is the left or the
     * right one, has to say to that, or NOT_IMPLEMENTED. */
    Object *(*refuse)(Operator, Object *, Object *other, bool left);
    Object *(*unary)(Unary, Object *);
    Object *(*iterate)(Object *); /* a new iterator */
    Object *(*next)(Object *);    /* NULL without an exception: there is no more */
    /* The next if it is a tuple of two: these, two new references. 0: there is no more, or
     * an exception; -1: they are no such tuples. May be missing. */
    int (*next_two)(Object *, Object **two);
    Object *(*get_attr)(Object *, Object *name);             /* NULL: attribute_get_plain */
    bool (*set_attr)(Object *, Object *name, Object *value); /* value NULL: delete */
    Object *(*call)(Object *, Object *const *arguments, size_t count, Object *names);
    /* Descriptors: what the attribute means for an object of type `owner`, NULL for the
     * class itself; a type with `put` is a data descriptor. value NULL: delete. */
    Object *(*get)(Object *, Object *object, Type *owner);
    bool (*put)(Object *, Object *object, Object *value);
    /* Types that can be called: __new__, whose `type` may be an heir; and __init__. */
    Object *(*make)(Type *type, Object *const *arguments, size_t count, Object *names);
    bool (*init)(Object *, Object *const *arguments, size_t count, Object *names);
    const struct Native *methods; /* object/native.h: ends with a NULL */
} TypeOps;

struct Type {
    Object head;
    const TypeOps *ops;
    const char *name;    /* UTF-8, immortal */
    Type *base;          /* NULL for object itself; of several, the one with the layout */
    Object *attrs;       /* a dict of class attributes */
    Object *bases;       /* a tuple; NULL: just `base` */
    Object *mro;         /* a tuple: the order in which attributes are looked for, from the
                            class itself on; NULL: the class, then that of `base` */
    struct Shape *shape; /* where instances begin: types/shape.h; NULL: not a class */
    Link specials;       /* special methods by number: types/special.h */
    const TypeOps *native; /* of the built-in type whose heir this is, or NULL */
    uint32_t handle;
    uint32_t flags;
    Slot kept; /* the reference to a class that its instances share: class.h */
    _Atomic uint32_t version; /* changes when an attribute may mean something else */
    _Atomic bool claimed;     /* the collector's, during a search: gc/classes.h */
    struct Shape *fixed;      /* names of the fixed slots, if there are any: types/heir.h */
    Object *qualname;         /* interned; NULL: the same as name */
};
_Static_assert(sizeof(Type) == 128, "an index into types is a shift");

/* flags */
enum {
    TYPE_WEAKLY = 1,    /* its objects can be weakly referenced */
    TYPE_METACLASS = 2, /* its objects are types */
    TYPE_EXCEPTION = 4, /* its objects are exceptions */
    TYPE_FINAL = 8,     /* cannot be inherited */
    TYPE_ABSTRACT = 16, /* cannot be called to make an object */
    TYPE_CLASS = 32,    /* a program's: has special methods in `specials`, and may die */
    TYPE_LATE = 64,     /* likewise, by gilt_class_new: its methods come later */
    /* Set before such an attribute is in the class or one that it inherits; stays. */
    TYPE_DATA = 128,      /* some attribute may be a data descriptor */
    TYPE_GET_HOOK = 256,  /* there may be a __getattribute__ or __getattr__ */
    TYPE_SET_HOOK = 512,  /* there may be a __setattr__ or __delattr__ */
    TYPE_CLAIMS = 1024,   /* there may be a __class__ of the program's */
    TYPE_INHERITED = 2048 /* some class inherits it */
};

#define TYPE_MAX (1u << 17)
extern Type types[TYPE_MAX];

static inline Type *type_of(const Object *o) { return &types[o->type]; }

/* Flags of a class may be added while others read them. */
static inline unsigned flags_load(const Type *type) {
    return __atomic_load_n(&type->flags, __ATOMIC_RELAXED);
}
static inline bool is_type(const Object *o, uint32_t type) { return o->type == type; }

/* Marks of an object that others may know. Who adds one while the world runs does it in one
 * atomic step, or it might lose what another adds; storing all of them is for who alone
 * knows the object, holds the lock of a dict, which nobody adds marks to, or has stopped
 * the world.
 */
static inline uint8_t marks_load(const Object *o) {
    return __atomic_load_n(&o->refs.marks, __ATOMIC_RELAXED);
}
static inline void marks_store(Object *o, unsigned marks) {
    __atomic_store_n(&o->refs.marks, (uint8_t)marks, __ATOMIC_RELAXED);
}

static inline void marks_add(Object *o, uint8_t mark) {
    if (!(marks_load(o) & mark)) __atomic_fetch_or(&o->refs.marks, mark, __ATOMIC_RELAXED);
}

static inline GcState gc_state(const Object *o) {
    return (GcState)(marks_load(o) / MARK_STATE_BIT);
}

static inline bool gc_is_tracked(const Object *o) {
    return marks_load(o) >= GC_YOUNG * MARK_STATE_BIT;
}

/* May the object ever be tracked, as it is? A tuple that is not tracked never will be. */
static inline bool gc_may_be_tracked(const Object *o) {
    return gc_is_tracked(o) || is_type(o, GILT_DICT);
}

/* With the world stopped: has the collector just found it to be garbage? */
static inline bool gc_is_garbage(const Object *o) { return gc_state(o) == GC_SUSPECT; }

/* By whoever makes or ends the object, or with the world stopped. */
static inline void gc_set_state(Object *o, GcState state) {
    marks_store(o, marks_load(o) % MARK_STATE_BIT + state * MARK_STATE_BIT);
}

/* gc/policy.c: makes an object tracked that was not, by who has its lock or alone knows it.
 */
void gc_track(Object *o);

/* gc/policy.c: this thread has made as many containers as it may before it asks there. */
void gc_allowance_spent(void) __attribute__((cold));

/* Makes a block of `bytes` into an object with one reference. `kind` is MEMORY_CONTAINER
 * if objects of the type hold references, else MEMORY_LEAF. Fields after the header are
 * not set. NULL, MemoryError. */
static inline Object *object_new(uint32_t type, MemoryKind kind, size_t bytes) {
    bool container = kind == MEMORY_CONTAINER;
    if (container && unlikely(--heap_current->allowance < 0)) gc_allowance_spent();
    Object *o = memory_new(kind, bytes);
    if (unlikely(!o)) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    ref_init(&o->refs, container ? MARK_LIVE + GC_YOUNG * MARK_STATE_BIT : MARK_LIVE);
    o->type = type;
    return o;
}

/* Makes a new object, not yet seen by other threads, immortal. */
static inline void object_immortalise(Object *o) {
    ref_init_immortal(&o->refs, o->refs.marks % MARK_STATE_BIT);
}

/* Destroys the object whose last reference was just dropped, and what dies of that. */
void object_destroy(Object *dead);

/* The end of an object that no reference and no weak reference names, and whose finaliser
 * has run: drops what it holds and frees it. */
void object_dismantle(Object *dead);

static inline Object *incref(Object *o) {
    ref_add(&o->refs);
    return o;
}

/* The rest of a drop that may be the last. */
void object_drop(Object *o) __attribute__((cold));

static inline void decref(Object *o) {
    if (unlikely(ref_drop(&o->refs))) object_drop(o);
}

static inline void decref_maybe(Object *o) {
    if (o) decref(o);
}

/* The header as the modes see it, and back. NULL stays NULL. */
static inline RefCount *refs_of(Object *o) { return (RefCount *)o; }
static inline Object *object_of(RefCount *refs) { return (Object *)refs; }

/* Short words for the lock of an object. */
static inline void object_lock(Object *o) { lock_take(&o->refs); }
static inline void object_unlock(Object *o) { lock_drop(&o->refs); }

/* Counts what the caller's lock keeps in the slot, and lets others read it without the
 * lock from now on. NULL if the slot is empty. */
static inline Object *slot_take_locked(const Slot *slot) {
    RefCount *ref = slot_peek(slot);
    if (ref) {
        ref_share(ref);
        ref_add(ref);
    }
    return object_of(ref);
}

/* What is in a slot of the object itself, that others may write under its lock: a new
 * reference, or NULL. Such a slot needs no link: its address means the same slot as long as
 * the caller's reference keeps the object. */
Object *slot_take_slowly(Object *o, const Slot *slot);
static inline Object *slot_take(Object *o, const Slot *slot) {
    read_begin();
    RefCount *seen = slot_seen(slot);
    bool stays = seen && ref_stays(seen);
    if (likely(stays)) ref_add(seen);
    read_end();
    return likely(stays) ? object_of(seen) : slot_take_slowly(o, slot);
}

/* object/types.c: makes the built-in types, and the memory of a class. Classes have the
 * handles from BUILTIN_TYPES up to types_count; exact while the world is stopped. */
bool types_start(void);
void types_finish(void);
Type *type_new(void); /* a zeroed Type with its handle; MemoryError when there is no room */
uint32_t types_count(void);
