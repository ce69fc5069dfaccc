/* native_bind.h: signatures of native functions, and arguments put into their order.
 *
 * What a call without keywords needs of a signature stands in 8 bytes; the names of the
 * parameters are looked up in the text when a call has keywords, or is wrong. */
#pragma once
#include "core/object/native.h"

typedef enum NativeFlags {
    NATIVE_STATIC = 1,
    NATIVE_CLASS = 2,
    NATIVE_GET = 4,
    NATIVE_SET = 8,
    NATIVE_REST = 16, /* *rest */
    NATIVE_MORE = 32, /* **more */
    NATIVE_ASKS = 64  /* some keyword-only parameter must be given */
} NativeFlags;

typedef struct Signature {
    uint8_t name, name_bytes; /* where the name stands in the text */
    uint8_t parameters;       /* behind the '(' */
    uint8_t named;            /* how many parameters have names */
    uint8_t positional;       /* of them, may be given by position */
    uint8_t only;             /* of them, by position only */
    uint8_t least;            /* of those by position, must be given */
    uint8_t flags;
} Signature;

/* A function, method or computed attribute in C; immortal. `owner` is the module or type:
 * immortal, so not counted; or NULL. */
typedef struct NativeObject {
    Object head;
    const Native *row;
    Object *owner;
    Signature signature;
    /* So many arguments by position need no thought: those that are left out are NULL, and
     * all are `most`. No number is between them if it is not so simple. */
    uint8_t least, most;
} NativeObject;

static inline bool native_is_plain(const NativeObject *n, size_t count) {
    return count >= n->least && count <= n->most;
}

Signature signature_read(const char *text);

/* Calls it with self as given. */
Object *native_call_general(const NativeObject *n, Object *self, Object *const *arguments,
                            size_t count, Object *names);

/* What a function of a module gets as self. */
static inline Object *native_self(const NativeObject *n) {
    return n->signature.flags & NATIVE_STATIC ? NULL : n->owner;
}

static inline Object *native_call_with(const NativeObject *n, Object *self,
                                       Object *const *arguments, size_t count,
                                       Object *names) {
    if (likely(!names && count == n->most && count >= n->least))
        return n->row->call(self, arguments, count);
    return native_call_general(n, self, arguments, count, names);
}

/* What both types of bound methods do: method.c. */
size_t bound_method_bytes(const Object *o);
unsigned bound_method_spans(const Object *o, Span *spans);
void bound_method_destroy(Object *o);
bool bound_method_hash(Object *o, int64_t *hash);
int bound_method_equal(Object *a, Object *b);
