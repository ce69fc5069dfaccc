/* object.h: what every object is, and how it lives and dies.
 *
 * An object is a block whose first 16 bytes are its header: the mode's RefCount (12) and
 * the handle of its type (4). A handle is an index into `types`, the one region where all
 * types live; handles of built-in types are the constants of GiltType.
 *
 * Invariants. An object with a count above zero is alive and all its fields are valid. A
 * dead one is destroyed by the one thread that ref_drop or ref_merge_next told: weak
 * references are cleared, what it held is dropped, the block goes back. Destruction never
 * happens while an object lock is held. */
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
    MARK_LIVE = 1,   /* the block holds an object that is not yet freed */
    MARK_WEAKLY = 2, /* weak references may name it: see types/weakref.c */
    MARK_OWN = 4,    /* means what the object's type says, fixed when it is made */
};

typedef struct Type Type;
typedef enum Operator {
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_FLOOR,
    OP_REMAINDER
} Operator;

/* What `operate` answers to an operand that it does not know: no object, never counted. */
#define NOT_IMPLEMENTED ((Object *)1)

/* What a type does. A NULL entry means that its objects cannot do it. The functions keep
 * the conventions of gilt.h. */
typedef struct TypeOps {
    MemoryKind kind;                 /* where its objects live */
    size_t (*bytes)(const Object *); /* size of this object's block; also once it is dead */
    void (*destroy)(Object *);       /* drop what it holds; the block is not yet freed */
    bool (*hash)(Object *, int64_t *);
    int (*equal)(Object *, Object *); /* 1, 0, -1; 2: do not know, ask the other */
    int (*less)(Object *, Object *);  /* likewise */
    int (*truth)(Object *);           /* NULL: true, or its length if it has one */
    Object *(*repr)(Object *);
    Object *(*str)(Object *); /* NULL: the same as repr */
    ssize_t (*length)(Object *);
    Object *(*get_item)(Object *, Object *key);
    bool (*set_item)(Object *, Object *key, Object *value); /* value NULL: delete */
    int (*contains)(Object *, Object *);
    /* NOT_IMPLEMENTED: does not know the other operand. */
    Object *(*operate)(Operator, Object *, Object *);
    Object *(*get_attr)(Object *, Object *name);
    bool (*set_attr)(Object *, Object *name, Object *value); /* value NULL: delete */
    Object *(*call)(Object *, Object *const *, size_t);
} TypeOps;

struct Type {
    Object head;
    const TypeOps *ops;
    const char *name;    /* UTF-8, immortal */
    Type *base;          /* NULL for object itself */
    Object *attrs;       /* a dict of class attributes, or NULL for built-in types */
    struct Shape *shape; /* where instances begin: types/shape.h; NULL: not a class */
    uint32_t handle;
    uint32_t flags;
    uint64_t spare[8]; /* inline caches of the VM; makes an index into a shift */
};
_Static_assert(sizeof(Type) == 128, "an index into types is a shift");

enum { TYPE_WEAKLY = 1 }; /* flags: its objects can be weakly referenced */

#define TYPE_MAX (1u << 17)
extern Type types[TYPE_MAX];

static inline Type *type_of(const Object *o) { return &types[o->type]; }
static inline bool is_type(const Object *o, GiltType type) { return o->type == type; }

/* Makes a block of `bytes` into an object with one reference. `kind` is MEMORY_CONTAINER
 * if objects of the type hold references, else MEMORY_LEAF. Fields after the header are
 * not set. NULL, MemoryError. */
static inline Object *object_new(uint32_t type, MemoryKind kind, size_t bytes) {
    Object *o = memory_new(kind, bytes);
    if (unlikely(!o)) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    ref_init(&o->refs, MARK_LIVE);
    o->type = type;
    return o;
}

/* Makes a new object, not yet seen by other threads, immortal. */
static inline void object_immortalise(Object *o) {
    ref_init_immortal(&o->refs, o->refs.marks);
}

/* Destroys the object whose last reference was just dropped, and what dies of that. */
void object_destroy(Object *dead);

/* At a safepoint: destroys what the mode has only noted (object_died in lent.h). */
void object_destroy_noted(void);

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

/* object/types.c: makes the built-in types, and the memory of a class. */
bool types_start(void);
void types_finish(void);
Type *type_new(void); /* a zeroed Type with its handle; MemoryError when there is no room */
