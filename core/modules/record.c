/* record.c: see record.h. A record is laid out as a tuple; only its type knows the names.
 * Types of records are few, and stand in a list that only grows. */
#include "core/modules/record.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/types/intern.h"
#include "core/types/tuple.h"
#include <pthread.h>
#include <string.h>

#define RECORDS_MAX 64

static struct Known {
    _Atomic(const RecordSpec *) spec;
    Type *type;
} known[RECORDS_MAX];
static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER; /* innermost: nests no lock */

static TypeOps ops; /* those of tuple, but for two */

static const RecordSpec *spec_of(const Object *o) {
    for (size_t i = 0; i < RECORDS_MAX; i++) {
        const RecordSpec *spec = atomic_load_explicit(&known[i].spec, memory_order_acquire);
        if (!spec || known[i].type == type_of(o)) return spec;
    }
    return NULL;
}

static Object *record_get_attr(Object *o, Object *name) {
    const RecordSpec *spec = spec_of(o);
    const Str *text = (const Str *)name;
    size_t length = str_length(name);
    for (size_t i = 0; spec && str_kind(name) == STR_ASCII && i < spec->count; i++)
        if (strlen(spec->fields[i]) == length &&
            !memcmp(spec->fields[i], text->data, length))
            return incref(((Tuple *)o)->items[i]);
    return attribute_get_plain(o, name);
}

static Object *record_repr(Object *o) {
    const RecordSpec *spec = spec_of(o);
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, spec->name);
    for (size_t i = 0; i < spec->count; i++) {
        builder_append_utf8(&text, i ? ", " : "(");
        builder_append_utf8(&text, spec->fields[i]);
        builder_append_char(&text, '=');
        if (!builder_append_repr(&text, ((Tuple *)o)->items[i])) break;
    }
    builder_append_char(&text, ')');
    return builder_finish(&text);
}

/* Its short name: sys.version_info is version_info to its users. */
static Type *type_make(const RecordSpec *spec) {
    if (!ops.bytes) {
        ops = tuple_ops;
        ops.repr = record_repr;
        ops.get_attr = record_get_attr;
        ops.make = NULL;
    }
    return type_builtin_new(spec->name, &ops, &types[GILT_TUPLE],
                            TYPE_FINAL | TYPE_ABSTRACT);
}

Type *record_type(const RecordSpec *spec) {
    Type *type = NULL;
    size_t i = 0;
    pthread_mutex_lock(&making);
    while (i < RECORDS_MAX && atomic_load(&known[i].spec) &&
           atomic_load(&known[i].spec) != spec)
        i++;
    if (i == RECORDS_MAX) die("record_type: too many types of records");
    if (atomic_load(&known[i].spec)) {
        type = known[i].type;
    } else if ((type = type_make(spec))) {
        known[i].type = type;
        atomic_store_explicit(&known[i].spec, spec, memory_order_release);
    }
    pthread_mutex_unlock(&making);
    return type;
}

Object *record_new(const RecordSpec *spec, Object *const *items) {
    Type *type = record_type(spec);
    Tuple *record = type ? tuple_make(spec->count) : NULL;
    bool well = record;
    for (size_t i = 0; i < spec->count; i++) {
        well = well && items[i];
        if (record)
            record->items[i] = items[i];
        else
            decref_maybe(items[i]);
    }
    if (record) record->head.type = type->handle;
    if (well) return &record->head;
    decref_maybe((Object *)record);
    return NULL;
}

void records_finish(void) {
    for (size_t i = 0; i < RECORDS_MAX; i++) atomic_store(&known[i].spec, NULL);
}
