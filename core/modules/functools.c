/* functools.c: the module _functools: reduce, cmp_to_key, and the types of functools.h. */
#include "core/modules/functools.h"
#include "core/modules/module.h"
#include "core/object/arguments.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"

/* ---- reduce ---- */

typedef struct Reduction {
    Object *function, *value; /* value NULL: nothing yet */
} Reduction;

static bool reduce_step(Object *item, void *data) {
    Reduction *r = data;
    if (!r->value) return r->value = incref(item), true;
    Object *both[] = {r->value, item};
    Object *result = gilt_call(r->function, both, 2);
    decref(r->value);
    r->value = result;
    return result;
}

static Object *reduce(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    Reduction r = {arguments[0], arguments[2] ? incref(arguments[2]) : NULL};
    Object *iterator = iterate(arguments[1]);
    if (!iterator && gilt_error_is(GILT_TYPE_ERROR))
        gilt_raise(GILT_TYPE_ERROR, "reduce() arg 2 must support iteration");
    if (iterator && !iterate_each(iterator, reduce_step, &r)) {
        decref_maybe(r.value);
        r.value = NULL;
    } else if (iterator && !r.value) {
        gilt_raise(GILT_TYPE_ERROR, "reduce() of empty iterable with no initial value");
    }
    if (!iterator && r.value) decref(r.value), r.value = NULL;
    decref_maybe(iterator);
    return r.value;
}

/* ---- cmp_to_key ---- */

typedef struct Key {
    Object head;
    Slot function, object; /* object NULL: what makes keys; neither changes */
} Key;

FIELDS(key, Key, function, 2)

static Object *key_new(Type *type, Object *function, Object *object) {
    Key *key = (Key *)object_new(type->handle, MEMORY_CONTAINER, sizeof *key);
    if (!key) return NULL;
    field_init(&key->function, incref(function));
    field_init(&key->object, object ? incref(object) : NULL);
    return &key->head;
}

static Object *key_call(Object *o, Object *const *arguments, size_t count, Object *names) {
    Object *object;
    static const char signature[] = "K(obj)";
    if (!names && count == 1)
        object = arguments[0];
    else if (!arguments_order(signature, arguments, count, names, &object))
        return NULL;
    return key_new(type_of(o), field_get(&((Key *)o)->function), object);
}

/* What the function answers is compared with 0. */
static Object *key_compare(Comparison op, Object *a, Object *b) {
    Key *left = (Key *)a, *right = (Key *)b;
    if (type_of(a) != type_of(b))
        return gilt_raise(GILT_TYPE_ERROR, "other argument must be K instance");
    Object *both[] = {field_get(&left->object), field_get(&right->object)};
    if (!both[0] || !both[1]) return gilt_raise(GILT_ATTRIBUTE_ERROR, "object");
    Object *answer = gilt_call(field_get(&left->function), both, 2);
    Object *result = answer ? object_compare(op, answer, gilt_int(0)) : NULL;
    decref_maybe(answer);
    return result;
}

static int key_truth(Comparison op, Object *a, Object *b) {
    Object *result = key_compare(op, a, b);
    int truth = result ? gilt_true(result) : -1;
    decref_maybe(result);
    return truth;
}

static int key_less(Object *a, Object *b) { return key_truth(COMPARE_LESS, a, b); }
static int key_equal(Object *a, Object *b) { return key_truth(COMPARE_EQUAL, a, b); }

static Object *get_object(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *object = field_get(&((Key *)self)->object);
    return object ? incref(object) : gilt_raise(GILT_ATTRIBUTE_ERROR, "object");
}

static const Native key_methods[] = {{"get obj", get_object}, {0}};

static const TypeOps key_ops = {
    FIELDS_OPS(key),        .equal = key_equal, .less = key_less,
    .compare = key_compare, .call = key_call,   .methods = key_methods,
};

/* Made anew with the module. */
static Type *_Atomic key_type;

static Object *cmp_to_key(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    return key_new(atomic_load(&key_type), arguments[0], NULL);
}

/* ---- the module ---- */

static const Native functions[] = {
    {"reduce(function, iterable, initial=, /)", reduce},
    {"cmp_to_key(mycmp)", cmp_to_key},
    {0},
};

static Type *add(Object *module, const char *full, const char *name, const TypeOps *ops,
                 uint32_t flags) {
    Type *type = type_builtin_new(full, ops, &types[GILT_OBJECT], flags);
    return type && module_put(module, name, incref(&type->head)) ? type : NULL;
}

static bool fill(Object *module) {
    Type *key = type_builtin_new("functools.KeyWrapper", &key_ops, &types[GILT_OBJECT],
                                 TYPE_FINAL | TYPE_ABSTRACT);
    if (!key) return false;
    atomic_store(&key_type, key);
    return add(module, "functools.partial", "partial", &functools_partial_ops,
               TYPE_WEAKLY) &&
           add(module, "functools._lru_cache_wrapper", "_lru_cache_wrapper",
               &functools_cache_ops, TYPE_WEAKLY);
}

const ModuleSpec _functools_module = {"_functools", functions, fill};
