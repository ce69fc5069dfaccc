/* record.h: tuples whose items have names, such as sys.version_info: heirs of tuple in C.
 */
#pragma once
#include "core/object/object.h"

/* What a type of records is: its name as in "sys.version_info", and the names of its items.
 */
typedef struct RecordSpec {
    const char *name;
    const char *const *fields;
    size_t count;
} RecordSpec;

/* The type for this: made at the first question, found from then on. NULL, MemoryError. */
Type *record_type(const RecordSpec *spec);

/* A record of spec->count items, whose references are taken over, also if it fails; NULL
 * among them: an exception is set. */
Object *record_new(const RecordSpec *spec, Object *const *items);

/* The end of the runtime. */
void records_finish(void);
