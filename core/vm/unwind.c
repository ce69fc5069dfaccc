/* unwind.c: see unwind.h. */
#include "core/vm/unwind.h"
#include "core/vm/caches.h"
#include "core/modules/module.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/intern.h"
#include "core/types/list.h"
#include "core/types/tuple.h"
#include "core/vm/signals.h"
#include "core/vm/slow.h"
#include "core/vm/traceback.h"
#include "core/vm/vm.h"
#include <stdlib.h>
#include <sys/mman.h>

void unwind_note(const Frame *frame, uint32_t at) {
    const Code *code = frame->code;
    const CodePlace *place = code_place(code, at);
    TracePlace trace = {
        .filename = code->filename,
        .name = code->name,
        .code = (Object *)&code->head,
        .globals = frame->globals,
        .line = place->line,
        .end_line = place->end_line,
        .column = place->column,
        .end_column = place->end_column,
        .instruction = at,
    };
    traceback_add_here(&trace);
}

const CodeHandler *unwind_find(const Code *code, uint32_t at) {
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const CodeHandler *row = &code->handlers[i];
        if (row->from <= at && at < row->to) return row;
    }
    return NULL;
}

void unwind_generator(void) {
    if (!gilt_error_is(GILT_STOP_ITERATION)) return;
    Object *stopped = gilt_error_take();
    gilt_raise(GILT_RUNTIME_ERROR, "generator raised StopIteration");
    Object *error = gilt_error_take();
    if (error) {
        if (!attribute_set(error, gilt_intern("__cause__"), stopped)) gilt_error_clear();
        if (!attribute_set(error, gilt_intern("__context__"), stopped)) gilt_error_clear();
        error_set(error);
    }
    decref(stopped);
}

bool vm_safepoint(void) {
    safepoint_slow();
    return signals_check();
}

/* ---- the stack ---- */

bool stack_make(Thread *self) {
    size_t bytes = STACK_VALUES * sizeof(Value) + MEMO_BYTES;
    void *stack = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED) return gilt_raise(GILT_MEMORY_ERROR, NULL), false;
    self->stack = self->stack_top = stack;
    self->memo = self->stack_end = self->stack + STACK_VALUES;
    return true;
}

void registers_own(Value *registers, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (value_is_borrowed(registers[i])) registers[i] = value_copy(registers[i]);
}

/* ---- calls with stars ---- */

/* A tuple of the same strs, interned, as names of keywords are passed. */
static Object *names_interned(Object *keys) {
    Tuple *tuple = (Tuple *)keys;
    Object *few[32],
        **names = tuple->size <= 32 ? few : malloc(tuple->size * sizeof *names);
    if (!names) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *result = NULL;
    size_t i = 0;
    for (; i < tuple->size; i++) {
        if (!is_type(tuple->items[i], GILT_STR)) {
            gilt_raise(GILT_TYPE_ERROR, "keywords must be strings");
            break;
        }
        if (!(names[i] = intern(tuple->items[i]))) break;
    }
    if (i == tuple->size) result = gilt_tuple_new(names, i);
    if (names != few) free(names);
    return result;
}

static Object *spread(Object *callable, Object *list, Object *keywords) {
    size_t count = gilt_list_size(list), named = keywords ? gilt_dict_size(keywords) : 0;
    size_t bytes = (count + named + 2) * sizeof(Object *); /* of memory, at least 16 */
    Object **all = memory_new(MEMORY_ARRAY, bytes), *result = NULL, *names = NULL;
    Object *keys = NULL;
    size_t done = 0;
    if (!all) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (; done < count; done++)
        if (!(all[done] = list_at(list, done))) break;
    bool well = done == count;
    if (named && well) {
        size_t position = 0;
        Object **key_items = all + count; /* first the keys, then their values */
        size_t got = 0;
        for (Object *key; got < named && gilt_dict_next(keywords, &position, &key, NULL);)
            key_items[got++] = key;
        keys = gilt_tuple_new(key_items, got);
        for (size_t i = 0; i < got; i++) decref(key_items[i]);
        names = keys ? names_interned(keys) : NULL;
        well = names;
        for (size_t i = 0; well && i < got; i++) {
            all[done] = gilt_dict_get(keywords, ((Tuple *)names)->items[i]);
            well = all[done];
            done += well;
        }
    }
    if (well) result = object_call(callable, all, count, names);
    for (size_t i = 0; i < done; i++) decref(all[i]);
    memory_free(all, bytes);
    decref_maybe(keys);
    decref_maybe(names);
    return result;
}

Value call_spread(Value callable, Value list, Value keywords) {
    Object *made = callable & 3 ? value_box(callable) : NULL;
    Object *result = spread(made ? made : value_object(callable), value_object(list),
                            value_object(keywords));
    decref_maybe(made);
    return value_owned(result);
}

/* ---- yield from ---- */

Value delegate_next(Object *iterator, Value sent) {
    bool plain = !sent || (value_is_object(sent) && is_type(value_object(sent), GILT_NONE));
    const TypeOps *ops = type_of(iterator)->ops;
    if (plain && ops->next) {
        value_drop(sent);
        return value_owned(ops->next(iterator));
    }
    Object *argument = sent ? value_box(sent) : gilt_none();
    value_drop(sent);
    Object *result =
        argument ? gilt_call_method(iterator, gilt_intern("send"), &argument, 1) : NULL;
    decref_maybe(argument);
    return value_owned(result);
}

bool delegate_result(Value *result) {
    *result = value_borrowed(gilt_none());
    if (!gilt_error()) return true;
    if (!gilt_error_is(GILT_STOP_ITERATION)) return false;
    Object *stopped = gilt_error_take();
    Object *value = attribute_get(stopped, gilt_intern("value"));
    decref(stopped);
    if (value) *result = value_owned(value);
    return value;
}

/* ---- except* ---- */

static bool is_group(Object *o) {
    return class_inherits(type_of(o), &types[TYPE_BASE_EXCEPTION_GROUP]);
}

/* Would except* take groups as a whole? */
static bool catches_groups(Object *what) {
    const Type *group = &types[TYPE_BASE_EXCEPTION_GROUP];
    if (is_type(what, GILT_TYPE)) return class_inherits((Type *)what, group);
    const Tuple *tuple = (const Tuple *)what;
    for (size_t i = 0; is_kind(what, GILT_TUPLE) && i < tuple->size; i++)
        if (is_type(tuple->items[i], GILT_TYPE) &&
            class_inherits((Type *)tuple->items[i], group))
            return true;
    return false;
}

Value match_star(Value *rest, Value type) {
    Object *error = value_object(*rest);
    Value none = value_borrowed(gilt_none());
    if (is_type(error, GILT_NONE)) return none;
    int answer = slow_match(error, type);
    if (answer < 0) return EMPTY;
    if (catches_groups(value_object(type)))
        return value_owned(gilt_raise(GILT_TYPE_ERROR,
                                      "catching ExceptionGroup with except* is not "
                                      "allowed. Use except instead."));
    if (!is_group(error)) {
        if (!answer) return none;
        Object *message = gilt_str_from(""), *alone = gilt_tuple_new(&error, 1);
        Object *arguments[] = {message, alone};
        Object *group =
            message && alone
                ? gilt_call(&types[TYPE_BASE_EXCEPTION_GROUP].head, arguments, 2)
                : NULL;
        decref_maybe(message);
        decref_maybe(alone);
        if (group) value_drop(*rest), *rest = none;
        return value_owned(group);
    }
    Object *wanted = value_object(type);
    Object *pair = gilt_call_method(error, gilt_intern("split"), &wanted, 1);
    if (!pair) return EMPTY;
    Object *part = incref(((Tuple *)pair)->items[0]);
    Value left = value_owned(incref(((Tuple *)pair)->items[1]));
    decref(pair);
    value_drop(*rest);
    *rest = left;
    return value_owned(part);
}

/* The list: what handlers raised, and last what no handler took, or None. */
Value join_star(Object *raised, Object *original) {
    Object *rest = gilt_list_pop(raised, -1);
    if (!rest) return EMPTY;
    size_t count = gilt_list_size(raised);
    if (!count) return value_owned(rest);
    if (!is_type(rest, GILT_NONE) && !gilt_list_append(raised, rest)) return EMPTY;
    bool alone = gilt_list_size(raised) == 1 && !is_group(original);
    decref(rest);
    if (alone) return value_owned(gilt_list_get(raised, 0));
    Object *message = gilt_str_from(""), *arguments[] = {message, raised};
    Object *group =
        message ? gilt_call(&types[TYPE_BASE_EXCEPTION_GROUP].head, arguments, 2) : NULL;
    decref_maybe(message);
    return value_owned(group);
}

/* ---- the rest ---- */

bool setup_annotations(Object *names) {
    Object *name = gilt_intern("__annotations__");
    if (gilt_contains(names, name)) return true;
    Object *dict = gilt_dict_new();
    bool well = dict && gilt_set_item(names, name, dict);
    decref_maybe(dict);
    return well;
}

bool display(Object *value) {
    Object *sys = module_import_builtin("sys");
    Object *hook = sys ? attribute_get(sys, gilt_intern("displayhook")) : NULL;
    Object *done = hook ? gilt_call(hook, &value, 1) : NULL;
    decref_maybe(sys);
    decref_maybe(hook);
    decref_maybe(done);
    return done;
}
