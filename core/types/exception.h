/* exception.h: exceptions as objects.
 *
 * An exception is a head that all have, then the fields of its family: the nearest built-in
 * exception among its bases that has attributes of its own; then what instances of classes
 * have: each exception is an heir (heir.h) of exception_front_ops, the built-in ones, too,
 * and can have any attributes. A field that is empty reads as None. Fields are read and
 * written with the object's lock; programs see them through descriptors in the attrs of the
 * types, so that vars() does not show them. Invariant: __traceback__, __context__ and
 * __cause__ are empty or what they must be; args is empty or a tuple.
 *
 * Exceptions that are immortal (the MemoryError for when there is no memory) never change:
 * functions here that set something leave those as they are. */
#pragma once
#include "core/object/builtin.h"
#include "core/types/class.h"

/* Attributes, of all exceptions and then of some; then other names. */
#define EXCEPTION_FIELDS_EACH(X)                                                           \
    X(VALUE, value)                                                                        \
    X(CODE, code)                                                                          \
    X(ERRNO, errno)                                                                        \
    X(STRERROR, strerror)                                                                  \
    X(FILENAME, filename)                                                                  \
    X(FILENAME2, filename2)                                                                \
    X(MSG, msg)                                                                            \
    X(LINENO, lineno)                                                                      \
    X(OFFSET, offset)                                                                      \
    X(TEXT, text)                                                                          \
    X(END_LINENO, end_lineno)                                                              \
    X(END_OFFSET, end_offset)                                                              \
    X(PRINT_FILE, print_file_and_line)                                                     \
    X(NAME, name)                                                                          \
    X(OBJ, obj)                                                                            \
    X(PATH, path)                                                                          \
    X(ENCODING, encoding)                                                                  \
    X(OBJECT, object)                                                                      \
    X(START, start)                                                                        \
    X(END, end)                                                                            \
    X(REASON, reason)                                                                      \
    X(MESSAGE, message)                                                                    \
    X(EXCEPTIONS, exceptions)

typedef enum ExceptionField {
    EXCEPTION_ARGS,
    EXCEPTION_TRACEBACK,
    EXCEPTION_CONTEXT,
    EXCEPTION_CAUSE,
    EXCEPTION_COMMON,
    EXCEPTION_BEFORE = EXCEPTION_COMMON - 1,
#define X(NAME, name) EXCEPTION_##NAME,
    EXCEPTION_FIELDS_EACH(X)
#undef X
} ExceptionField;

typedef struct Exception {
    Object head;
    uint8_t family;        /* a row of the table in exception_family.c */
    uint8_t count;         /* of all its fields */
    _Atomic bool suppress; /* __suppress_context__ */
    Slot fields[];         /* the first are EXCEPTION_COMMON */
} Exception;

extern const TypeOps exception_front_ops;

/* Interned: __notes__, __module__, derive; and sets up the families. */
extern Object *exception_notes, *exception_module, *exception_derive;
bool exception_start(void);

/* Puts what only this type of exceptions has into its attrs. MemoryError. */
bool exception_add_attributes(Object *dict, Type *type);

static inline bool is_exception(const Object *o) { return is_kind(o, GILT_BASE_EXCEPTION); }

/* Of an exception: what the field holds, a new reference; None if it is empty or is not of
 * the exception's family. */
Object *exception_get(Object *exception, ExceptionField field);

/* Sets it; `value` NULL or None empties it. Nothing happens if the exception has no such
 * field. */
void exception_put(Object *exception, ExceptionField field, Object *value);

static inline bool exception_suppress(Object *o) {
    return atomic_load_explicit(&((Exception *)o)->suppress, memory_order_relaxed);
}
void exception_set_suppress(Object *o, bool suppress);

/* An exception of this type with these args, before its __init__: the fields of its family
 * are empty. NULL, MemoryError. */
Object *exception_begin(Type *type, Object *const *args, size_t count);

/* The args: a new reference, or NULL without an exception if there are none. */
Tuple *exception_args(Object *exception);

/* ---- exception_family.c ---- */

void families_start(void);

/* The row of a type, and where it keeps a field: -1: it has none such. */
uint8_t family_of(const Type *type);
unsigned family_count(uint8_t family);
int family_place(uint8_t family, ExceptionField field);

/* Puts descriptors for the fields of the family that begins with this type into its dict.
 */
bool family_add_fields(Object *dict, Type *type);

/* Sets the fields of the family from the arguments of the call, as its __init__ does.
 * false: TypeError, MemoryError. */
bool exception_fill(Object *exception, Object *const *arguments, size_t count,
                    Object *names);

/* The subclass of OSError for arguments that begin with an errno. */
Type *exception_os_type(Object *const *arguments, size_t count);

/* What str() says if the family has its own words: false if it has not. */
bool exception_family_str(Object *exception, Object **text);

/* ---- exception_group.c ---- */

Object *exception_group_make(Type *type, Object *const *arguments, size_t count,
                             Object *names);
Object *exception_group_str(Object *group);
extern const struct Native exception_group_methods[];

/* The exceptions of a group: a new reference; NULL without an exception if it has none. */
Tuple *exception_group_items(Object *group);
