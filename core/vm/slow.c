/* slow.c: see slow.h. */
#define _GNU_SOURCE /* asprintf */
#include "core/types/exception.h"
#include "core/vm/slow.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/modules/module.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/format.h"
#include "core/types/list.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include "core/vm/arrays.h"
#include "core/vm/cell.h"
#include <stdio.h>
#include <stdlib.h>

/* ---- values as objects ---- */

Object *slow_object(Value *reg) {
    Value v = *reg;
    if (!(v & 3)) return value_object(v);
    Object *o = value_box(v);
    if (o) *reg = value_owned(o);
    return o;
}

/* An operand as an object: borrowed from `v`, or made, and then to be dropped: in *made. */
static Object *operand(Value v, Object **made) {
    *made = NULL;
    return v & 3 ? *made = value_box(v) : value_object(v);
}

static Value owned(Object *o) { return value_owned(o); }

typedef Object *Two(unsigned op, Object *a, Object *b);

static Value with_two(Two *function, unsigned op, Value a, Value b) {
    Object *made_a, *made_b, *result = NULL;
    Object *one = operand(a, &made_a), *two = operand(b, &made_b);
    if (one && two) result = function(op, one, two);
    decref_maybe(made_a);
    decref_maybe(made_b);
    return owned(result);
}

static Object *operate(unsigned op, Object *a, Object *b) {
    return object_operate(op, a, b);
}
static Object *update(unsigned op, Object *a, Object *b) { return object_update(op, a, b); }
static Object *compare(unsigned op, Object *a, Object *b) {
    return object_compare(op, a, b);
}

static Value unboxed(Value v) { return v ? value_unbox(value_object(v)) : EMPTY; }

Value slow_binary(Operator op, Value a, Value b) {
    return unboxed(with_two(operate, op, a, b));
}
Value slow_update(Operator op, Value a, Value b) {
    return unboxed(with_two(update, op, a, b));
}
/* Two objects of one built-in type, compared without making a bool: -1 is an exception; 2:
 * ask in general. */
static int compare_alike(Comparison op, Value left, Value right) {
    if (!value_is_object(left) || !value_is_object(right)) return 2;
    Object *a = value_object(left), *b = value_object(right);
    if (a->type != b->type || a->type >= BUILTIN_TYPES) return 2;
    const TypeOps *ops = type_of(a)->ops;
    bool equality = op == COMPARE_EQUAL || op == COMPARE_UNEQUAL;
    int answer = 2;
    if (equality && ops->equal)
        answer = ops->equal(a, b);
    else if (is_type(a, GILT_STR))
        answer = op == COMPARE_LESS || op == COMPARE_GREATER_EQUAL ? ops->less(a, b)
                                                                  : ops->less(b, a);
    bool negated = op == COMPARE_UNEQUAL || op == COMPARE_GREATER_EQUAL ||
                   op == COMPARE_LESS_EQUAL;
    return negated && (answer == 0 || answer == 1) ? !answer : answer;
}

Value slow_compare(Comparison op, Value a, Value b) {
    int answer = compare_alike(op, a, b);
    if (answer < 0) return EMPTY;
    if (answer != 2) return value_borrowed(gilt_bool(answer));
    return with_two(compare, op, a, b);
}

Value slow_unary(Unary op, Value a) {
    Object *made, *o = operand(a, &made), *result = o ? object_unary(op, o) : NULL;
    decref_maybe(made);
    return owned(result);
}

int slow_truth(Value v) {
    if (value_is_int(v)) return value_int(v) != 0;
    if (value_is_float(v)) return value_float(v) != 0;
    return gilt_true(value_object(v));
}

int slow_compare_true(Comparison op, Value a, Value b) {
    int known = compare_alike(op, a, b);
    if (known != 2) return known;
    Value answer = slow_compare(op, a, b);
    if (!answer) return -1;
    int truth = slow_truth(answer);
    value_drop(answer);
    return truth;
}

/* Numbers that are no objects yet are the same if they are equal. */
bool slow_is(Value a, Value b) {
    if (!((a | b) & 3)) return value_object(a) == value_object(b);
    if (a == b) return true;
    Value number = a & 3 ? a : b, other = a & 3 ? b : a;
    if (other & 3) return false;
    Object *o = value_object(other);
    if (value_is_int(number))
        return is_type(o, GILT_INT) && !int_is_big(o) && int_small(o) == value_int(number);
    return is_type(o, GILT_FLOAT) && value_try_float(float_value(o)) == number;
}

int slow_contains(Value container, Value item) {
    Object *made_c, *made_i;
    Object *c = operand(container, &made_c), *i = operand(item, &made_i);
    int answer = c && i ? gilt_contains(c, i) : -1;
    decref_maybe(made_c);
    decref_maybe(made_i);
    return answer;
}

/* ---- items and attributes ---- */

static Object *get_item(unsigned unused, Object *o, Object *key) {
    (void)unused;
    return object_get_item(o, key);
}

static bool is_array_index(Value o, Value key) {
    return value_is_int(key) && value_is_object(o) && is_array(value_object(o));
}

Value slow_get_item(Value o, Value key) {
    Value found = is_array_index(o, key) ? array_value(value_object(o), value_int(key)) : EMPTY;
    return found ? found : with_two(get_item, 0, o, key);
}

bool slow_put_item(Value o, Value key, Value *item) {
    if (*item & 3 && is_array_index(o, key) &&
        array_put_value(value_object(o), value_int(key), *item))
        return true;
    return slow_object(item) && slow_set_item(o, key, *item);
}

bool slow_set_item(Value o, Value key, Value item) {
    Object *made_o, *made_k, *made_i = NULL;
    Object *object = operand(o, &made_o), *k = operand(key, &made_k);
    Object *value = item ? operand(item, &made_i) : NULL;
    bool well = object && k && (value || !item) &&
                (value ? gilt_set_item(object, k, value) : gilt_del_item(object, k));
    decref_maybe(made_o);
    decref_maybe(made_k);
    decref_maybe(made_i);
    return well;
}

/* false: some part is no number, and no None. */
static bool slice_of_numbers(const Value *parts, SliceNumbers *numbers) {
    Value none = value_borrowed(gilt_none()), n[3];
    for (int i = 0; i < 3; i++) {
        n[i] = !parts[i] || (parts[i] | BORROWED) == none ? EMPTY : value_number(parts[i]);
        if (n[i] ? !value_is_int(n[i]) : parts[i] && (parts[i] | BORROWED) != none) return false;
    }
    if (n[2] && !value_int(n[2])) return false;
    *numbers = slice_whole(n[2] ? value_int(n[2]) : 1);
    if (n[0]) numbers->start = value_int(n[0]);
    if (n[1]) numbers->stop = value_int(n[1]);
    return true;
}

static Value slice_object(const Value *parts) {
    Object *made[3], *objects[3], *slice = NULL;
    bool well = true;
    for (int i = 0; i < 3; i++) {
        objects[i] = parts[i] ? operand(parts[i], &made[i]) : (made[i] = NULL, gilt_none());
        well = well && objects[i];
    }
    if (well) slice = slice_new(objects[0], objects[1], objects[2]);
    for (int i = 0; i < 3; i++) decref_maybe(made[i]);
    return owned(slice);
}

Value slow_get_slice(Value container, const Value *parts) {
    SliceNumbers numbers;
    if (value_is_object(container) && slice_of_numbers(parts, &numbers)) {
        Object *o = value_object(container);
        if (is_type(o, GILT_LIST)) return owned(list_copy_slice(o, &numbers));
        if (is_type(o, GILT_TUPLE)) return owned(tuple_copy_slice(o, &numbers));
        if (is_type(o, GILT_STR)) return owned(str_copy_slice(o, &numbers));
    }
    Value slice = slice_object(parts), result = slice ? slow_get_item(container, slice) : EMPTY;
    value_drop(slice);
    return result;
}

bool slow_set_slice(Value container, const Value *parts, Value value) {
    SliceNumbers numbers;
    if (value_is_object(container) && value_is_object(value) &&
        is_type(value_object(container), GILT_LIST) && slice_of_numbers(parts, &numbers))
        return list_put_slice(value_object(container), &numbers, value_object(value));
    Value slice = slice_object(parts);
    bool well = slice && slow_set_item(container, slice, value);
    value_drop(slice);
    return well;
}

Value slow_get_attribute(Value o, Object *name) {
    Object *made, *object = operand(o, &made);
    Object *result = object ? attribute_get(object, name) : NULL;
    decref_maybe(made);
    return owned(result);
}

bool slow_set_attribute(Value o, Object *name, Value value) {
    Object *made_o, *made_v = NULL, *object = operand(o, &made_o);
    Object *v = value ? operand(value, &made_v) : NULL;
    bool well = object && (v || !value) && attribute_set(object, name, v);
    decref_maybe(made_o);
    decref_maybe(made_v);
    return well;
}

/* ---- names ---- */

/* The NameError knows the name. */
static void tell_name(Object *name) {
    Object *error = gilt_error();
    if (error && type_of(error) == &types[GILT_NAME_ERROR])
        exception_put(error, EXCEPTION_NAME, name);
}

static Value name_error(Object *name) {
    char *text = gilt_str_utf8(name, NULL);
    if (text) gilt_raise(GILT_NAME_ERROR, "name '%s' is not defined", text);
    free(text);
    tell_name(name);
    return EMPTY;
}

/* In a dict, or in a mapping that a metaclass has prepared. */
static Object *find(Object *dict, Object *name) {
    if (is_type(dict, GILT_DICT)) return dict_find_interned(dict, name);
    Object *found = object_get_item(dict, name);
    if (!found && gilt_error_is(GILT_KEY_ERROR)) gilt_error_clear();
    return found;
}

Value slow_global(const Frame *frame, Object *name) {
    Object *found = find(frame->globals, name);
    if (!found && !gilt_error()) found = dict_find_interned(builtins_dict(), name);
    return found || gilt_error() ? owned(found) : name_error(name);
}

Value slow_name(const Frame *frame, Object *name) {
    Object *found = find(frame->names, name);
    return found || gilt_error() ? owned(found) : slow_global(frame, name);
}

bool slow_delete_name(Object *dict, Object *name) {
    if (gilt_del_item(dict, name)) return true;
    if (!gilt_error_is(GILT_KEY_ERROR)) return false;
    gilt_error_clear();
    name_error(name);
    return false;
}

Value slow_unbound(const Frame *frame, Object *name, bool free_variable) {
    (void)frame;
    char *text = gilt_str_utf8(name, NULL);
    if (text && free_variable)
        gilt_raise(
            GILT_NAME_ERROR,
            "cannot access free variable '%s' where it is not associated with a value "
            "in enclosing scope",
            text);
    else if (text)
        gilt_raise(
            GILT_UNBOUND_LOCAL_ERROR,
            "cannot access local variable '%s' where it is not associated with a value",
            text);
    free(text);
    if (free_variable) tell_name(name);
    return EMPTY;
}

/* ---- unpacking ---- */

static bool raise_count(size_t expected, size_t got, bool at_least) {
    if (got == SIZE_MAX)
        gilt_raise(GILT_VALUE_ERROR, "too many values to unpack (expected %zu)", expected);
    else
        gilt_raise(GILT_VALUE_ERROR,
                   "not enough values to unpack (expected %s%zu, got %zu)",
                   at_least ? "at least " : "", expected, got);
    return false;
}

static void drop_all(Value *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        value_drop(values[i]);
        values[i] = EMPTY;
    }
}

static Object *start(Value v) {
    Object *made, *o = operand(v, &made);
    Object *iterator = o ? iterate(o) : NULL;
    if (!iterator && o && gilt_error_is(GILT_TYPE_ERROR) && !type_of(o)->ops->iterate)
        gilt_raise(GILT_TYPE_ERROR, "cannot unpack non-iterable %s object",
                   type_of(o)->name);
    decref_maybe(made);
    return iterator;
}

/* The first `count` items; how many there were. */
static size_t take(Object *iterator, Value *to, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Object *item = iterate_next(iterator);
        if (!item) return i;
        to[i] = owned(item);
    }
    return count;
}

bool slow_unpack(Value v, Value *to, unsigned count) {
    Object *iterator = start(v);
    if (!iterator) return false;
    size_t got = take(iterator, to, count);
    bool well = got == count;
    if (!well && !gilt_error()) raise_count(count, got, false);
    Object *more = well ? iterate_next(iterator) : NULL;
    if (more) well = raise_count(count, SIZE_MAX, false);
    if (gilt_error()) well = false;
    decref_maybe(more);
    decref(iterator);
    if (!well) drop_all(to, got);
    return well;
}

bool slow_unpack_star(Value v, Value *to, unsigned count, unsigned star) {
    unsigned behind = count - star - 1;
    Object *iterator = start(v), *list = NULL;
    if (!iterator) return false;
    size_t got = take(iterator, to, star);
    if (got == star && !gilt_error()) list = list_of(iterator);
    decref(iterator);
    if (gilt_error()) {
        drop_all(to, got);
        return false;
    }
    size_t size = list ? gilt_list_size(list) : 0;
    if (size < behind || got < star) {
        raise_count(count - 1, got + size, true);
        drop_all(to, got);
        decref_maybe(list);
        return false;
    }
    for (unsigned i = behind; i > 0; i--) to[star + i] = owned(gilt_list_pop(list, -1));
    to[star] = owned(list);
    return true;
}

/* ---- calls ---- */

/* How messages name what is called: "module.function()"; to be freed, NULL: no memory. */
static char *callee_title(Value callee) {
    Object *o = value_is_object(callee) ? value_object(callee) : NULL;
    Object *name = o ? attribute_get_maybe(o, gilt_intern("__qualname__")) : NULL;
    Object *module = name ? attribute_get_maybe(o, gilt_intern("__module__")) : NULL;
    char *a = module && is_type(module, GILT_STR) ? gilt_str_utf8(module, NULL) : NULL;
    char *b = name && is_type(name, GILT_STR) ? gilt_str_utf8(name, NULL) : NULL;
    Object *shown = b ? NULL : o ? gilt_str(o) : NULL;
    char *text = NULL;
    gilt_error_clear();
    if (!b && shown) text = gilt_str_utf8(shown, NULL);
    bool plain = !a || !strcmp(a, "builtins");
    if (b && asprintf(&text, "%s%s%s()", plain ? "" : a, plain ? "" : ".", b) < 0)
        text = NULL;
    free(a);
    free(b);
    decref_maybe(shown);
    decref_maybe(name);
    decref_maybe(module);
    return text;
}

static void no_mapping(Object *more, Value callee) {
    char *title = callee_title(callee);
    gilt_raise(GILT_TYPE_ERROR, "%s argument after ** must be a mapping, not %s",
               title ? title : "function", type_of(more)->name);
    free(title);
}

void slow_explain_star(Object *o, Value callee) {
    if (!gilt_error_is(GILT_TYPE_ERROR) || type_of(o)->ops->iterate) return;
    gilt_error_clear();
    char *title = callee ? callee_title(callee) : NULL;
    gilt_raise(GILT_TYPE_ERROR, "%s%s after * must be an iterable, not %s",
               title ? title : "Value", title ? " argument" : "", type_of(o)->name);
    free(title);
}

bool slow_dict_update(Object *dict, Object *more) {
    bool mapping = is_kind(more, GILT_DICT);
    Object *keys = mapping ? NULL : attribute_get_maybe(more, gilt_intern("keys"));
    decref_maybe(keys);
    if (mapping || keys) return dict_update(dict, more);
    if (gilt_error()) return false;
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not a mapping", type_of(more)->name);
}

bool slow_dict_merge(Object *dict, Object *more, Value callee) {
    Object *keys = attribute_get_maybe(more, gilt_intern("keys"));
    if (!keys) {
        if (!gilt_error()) no_mapping(more, callee);
        return false;
    }
    Object *list = gilt_call(keys, NULL, 0);
    Object *iterator = list && keys_expect(more, list) ? iterate(list) : NULL;
    bool well = iterator;
    for (Object *key; well && (key = iterate_next(iterator)); decref(key)) {
        if (!is_type(key, GILT_STR)) {
            gilt_raise(GILT_TYPE_ERROR, "keywords must be strings");
            well = false;
        } else if (gilt_contains(dict, key)) {
            char *text = gilt_str_utf8(key, NULL);
            char *title = callee_title(callee);
            gilt_raise(GILT_TYPE_ERROR, "%s got multiple values for keyword argument '%s'",
                       title ? title : "function", text ? text : "?");
            free(title);
            free(text);
            well = false;
        } else {
            Object *value = object_get_item(more, key);
            well = value && gilt_dict_set(dict, key, value);
            decref_maybe(value);
        }
    }
    decref_maybe(iterator);
    decref_maybe(list);
    decref(keys);
    return well && !gilt_error();
}

Value slow_make_function(const Frame *frame, Code *code, Value defaults, Value named,
                         Value cells, Value annotations) {
    Object *f =
        callee_new(code, frame->globals, value_object(defaults), value_object(named),
                   value_object(cells), value_object(annotations));
    bool of_module = f && (code->flags & CODE_FLAG_IMMORTAL) && frame->names &&
                     (frame->code->flags & CODE_FLAG_IMMORTAL) && !cells;
    if (of_module) object_immortalise(f);
    return owned(f);
}

/* ---- text ---- */

Value slow_format(Value v, Value spec) {
    Object *made, *o = operand(v, &made);
    Object *text = o ? format_object(o, spec ? value_object(spec) : NULL) : NULL;
    decref_maybe(made);
    return owned(text);
}

Value slow_convert(Value v, unsigned letter) {
    Object *made, *o = operand(v, &made), *text = NULL;
    if (o) text = format_converted(o, letter);
    decref_maybe(made);
    return owned(text);
}

Value slow_join(const Value *parts, size_t count) {
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < count; i++) builder_append_str(&b, value_object(parts[i]));
    return owned(builder_finish(&b));
}

/* ---- exceptions ---- */

void slow_raise(Value exception, Value cause) {
    Object *handled = thread_self()->handled;
    if (!exception) {
        if (handled)
            error_set(incref(handled));
        else
            gilt_raise(GILT_RUNTIME_ERROR, "No active exception to reraise");
        return;
    }
    Object *made, *made_cause = NULL, *what = operand(exception, &made);
    Object *from = what && cause ? operand(cause, &made_cause) : NULL;
    if (what && (from || !cause)) error_raise(what, from);
    decref_maybe(made);
    decref_maybe(made_cause);
}

int slow_match(Object *exception, Value type) {
    Object *made, *what = operand(type, &made);
    int answer = what ? error_matches(exception, what) : -1;
    decref_maybe(made);
    return answer;
}

/* ---- with ---- */

static Object *special_bound(Object *o, Special special) {
    Object *found = class_special(type_of(o), special);
    return found ? descriptor_get(found, o, type_of(o)) : NULL;
}

bool slow_enter_with(Value manager, Value *value, Value *exit) {
    Object *made, *o = operand(manager, &made);
    if (!o) return false;
    Object *enter = special_bound(o, SPECIAL_ENTER);
    Object *leave = enter ? special_bound(o, SPECIAL_EXIT) : NULL;
    if (!leave && !gilt_error())
        gilt_raise(GILT_TYPE_ERROR,
                   "'%s' object does not support the context manager protocol%s",
                   type_of(o)->name, enter ? " (missed __exit__ method)" : "");
    Object *result = leave ? gilt_call(enter, NULL, 0) : NULL;
    decref_maybe(enter);
    decref_maybe(made);
    if (!result) {
        decref_maybe(leave);
        return false;
    }
    *value = owned(result);
    *exit = owned(leave);
    return true;
}

Value slow_exit_with(Value exit, Object *exception) {
    Object *none = gilt_none(), *arguments[3] = {none, none, none}, *traceback = NULL;
    if (exception) {
        arguments[0] = &type_of(exception)->head;
        arguments[1] = exception;
        traceback = attribute_get_maybe(exception, gilt_intern("__traceback__"));
        if (traceback) arguments[2] = traceback;
    }
    Object *answer = gilt_call(value_object(exit), arguments, 3);
    decref_maybe(traceback);
    return owned(answer);
}
