/* slow.h: what the eval loop does out of line.
 *
 * Functions here take values as operands, borrowed, and answer an owned value, or EMPTY
 * with an exception. */
#pragma once
#include "core/vm/frame.h"

Value slow_binary(Operator op, Value a, Value b);
Value slow_update(Operator op, Value a, Value b);
Value slow_unary(Unary op, Value a);
Value slow_compare(Comparison op, Value a, Value b);
int slow_compare_true(Comparison op, Value a, Value b); /* 1, 0, -1 */
int slow_truth(Value v);                                /* likewise */
bool slow_is(Value a, Value b);
int slow_contains(Value container, Value item);
/* container[start:stop:step]; EMPTY for a part that was not written. */
Value slow_get_slice(Value container, const Value *parts);
bool slow_set_slice(Value container, const Value *parts, Value value);

Value slow_get_item(Value o, Value key);
bool slow_set_item(Value o, Value key, Value item); /* item EMPTY: delete */

/* Likewise; the item may be a number that becomes an object. */
bool slow_put_item(Value o, Value key, Value *item);
Value slow_get_attribute(Value o, Object *name);
bool slow_set_attribute(Value o, Object *name, Value value); /* EMPTY: delete */

Value slow_global(const Frame *frame, Object *name);
Value slow_name(const Frame *frame, Object *name);
bool slow_delete_name(Object *dict, Object *name);

/* The object in a register: a number becomes an object there, and keeps its identity from
 * now on. Borrowed; NULL, MemoryError. */
Object *slow_object(Value *reg);

bool slow_unpack(Value v, Value *to, unsigned count);
bool slow_unpack_star(Value v, Value *to, unsigned count, unsigned star);
bool slow_dict_merge(Object *dict, Object *more, Value callee);

/* For {**more}. */
bool slow_dict_update(Object *dict, Object *more);

/* *o failed: perhaps because o cannot be iterated over. callee: it is all that is passed to
 * it; or EMPTY. */
void slow_explain_star(Object *o, Value callee);
Value slow_format(Value v, Value spec);
Value slow_convert(Value v, unsigned letter);
Value slow_join(const Value *parts, size_t count);
void slow_raise(Value exception, Value cause);
int slow_match(Object *exception, Value type);
Value slow_make_function(const Frame *frame, Code *code, Value defaults, Value named,
                         Value cells, Value annotations);
bool slow_enter_with(Value manager, Value *value, Value *exit);
Value slow_exit_with(Value exit, Object *exception);
Value slow_unbound(const Frame *frame, Object *name, bool free);
