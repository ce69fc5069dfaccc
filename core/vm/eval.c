/* eval.c: the loop that runs code.
 *
 * R is the current frame's registers, pc the current instruction; A, B, C are its operands,
 * read where they lie: a register for them all would be one too many. An instruction either
 * goes on with NEXT or jumps to `raise` with an exception set and pc unmoved. `self` is the
 * thread; self->frame is the current frame whenever other code may run.
 *
 * Writing a register drops what a variable held before; temporaries hold nothing then. The
 * quick paths for numbers touch no reference at all: two ints or two floats in registers
 * leave nothing to drop. Everything else goes through slow.h, and afterwards `consume`
 * makes the temporaries that were read dead. */
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/instance.h"
#include "core/types/list.h"
#include "core/types/none.h"
#include "core/types/range.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include "core/types/table.h"
#include "core/types/tuple.h"
#include "core/modules/module.h"
#include "core/types/set.h"
#include "core/vm/calls.h"
#include "core/vm/cell.h"
#include "core/vm/generator.h"
#include "core/vm/globals.h"
#include "core/vm/items.h"
#include "core/vm/numbers.h"
#include "core/vm/slow.h"
#include "core/vm/unwind.h"
#include "core/vm/vm.h"
#include <math.h>
#include <string.h>

/* ---- strs ---- */

/* `s = s + t` on strs may grow s in place if nobody else has it. */
static inline bool is_str(Value v) {
    return v && !(v & 3) && is_type(value_object(v), GILT_STR);
}
static inline bool is_own_str(Value v) { return value_is_owned(v) && is_str(v); }

/* ---- the loop ---- */

#define NEXT(words)                                                                        \
    do {                                                                                   \
        pc += (words);                                                                     \
        goto *labels[word_part(pc, 0)];                                                    \
    } while (0)
#define RAISE goto raise
#define A word_part(pc, 1)
#define B word_part(pc, 2)
#define C word_part(pc, 3)
#define SIGNED_B ((int16_t)B)
#define SIGNED_C ((int16_t)C)
#define OFFSET_WIDE ((int32_t)(*pc >> 32))
#define IS(NAME) (word_part(pc, 0) == CODE_##NAME)
#define FIRST (frame->code->first_temporary)
#define NAME(i) (frame->code->names[i])
#define TRUTH(b) ((b) ? true_value : false_value)
#define CASE(NAME) op_##NAME:

/* An instruction that reads b and c and writes a. */
#define FINISH_BINARY(result)                                                              \
    do {                                                                                   \
        Value made = (result);                                                             \
        if (unlikely(!made)) RAISE;                                                        \
        unsigned first = FIRST;                                                            \
        consume(R, B, first);                                                              \
        consume(R, C, first);                                                              \
        set(R, A, made);                                                                   \
        NEXT(1);                                                                           \
    } while (0)
#define FINISH_UNARY(result)                                                               \
    do {                                                                                   \
        Value made = (result);                                                             \
        if (unlikely(!made)) RAISE;                                                        \
        consume(R, B, FIRST);                                                              \
        set(R, A, made);                                                                   \
        NEXT(1);                                                                           \
    } while (0)

/* One instruction, and its twin for `b += c`, which differs in what other objects do. */
#define SLOWLY(NAME, updates, a, b)                                                        \
    (unlikely(updates) ? slow_update(OP_##NAME, a, b) : slow_binary(OP_##NAME, a, b))
#define OPERATOR(NAME, INTS, FLOATS)                                                       \
    CASE(NAME) CASE(UPDATE_##NAME) {                                                       \
        Value a = R[B], b = R[C], r;                                                       \
        if (likely(values_are_ints(a, b)) && likely(!INTS(a, b, &r))) {                    \
            set(R, A, r);                                                                  \
            NEXT(1);                                                                       \
        }                                                                                  \
        if (likely(values_are_floats(a, b))) {                                             \
            double x = value_float(a), y = value_float(b);                                 \
            (void)x, (void)y;                                                              \
            r = (FLOATS);                                                                  \
            if (likely(r)) {                                                               \
                set(R, A, r);                                                              \
                NEXT(1);                                                                   \
            }                                                                              \
        }                                                                                  \
        if (to_numbers(&R[B], &R[C])) NEXT(0);                                             \
        r = mixed_##NAME(a, b);                                                            \
        if (likely(r)) FINISH_BINARY(r);                                                   \
        if (OP_##NAME == OP_ADD && A == B && is_own_str(a) && is_str(b)) {                 \
            R[B] = EMPTY;                                                                  \
            r = value_owned(str_append_owned(value_object(a), value_object(b)));           \
            FINISH_BINARY(r);                                                              \
        }                                                                                  \
        FINISH_BINARY(SLOWLY(NAME, IS(UPDATE_##NAME), a, b));                              \
    }                                                                                      \
    CASE(NAME##_INT) CASE(UPDATE_##NAME##_INT) {                                           \
        Value a = R[B], b = value_of_int(SIGNED_C), r;                                     \
        if (likely(value_is_int(a)) && likely(!INTS(a, b, &r))) {                          \
            set(R, A, r);                                                                  \
            NEXT(1);                                                                       \
        }                                                                                  \
        if (to_number(&R[B])) NEXT(0);                                                     \
        r = mixed_##NAME(a, b);                                                            \
        if (likely(r)) FINISH_UNARY(r);                                                    \
        FINISH_UNARY(SLOWLY(NAME, IS(UPDATE_##NAME##_INT), a, b));                         \
    }

#define COMPARE_JUMP(NAME, test, wanted, right, converted, consume_right)                  \
    {                                                                                      \
        Value a = R[A], b = (right);                                                       \
        int truth;                                                                         \
        if (likely(values_are_ints(a, b))) {                                               \
            truth = (int64_t)a test(int64_t) b;                                            \
            pc += truth == (wanted) ? SIGNED_C : 0;                                        \
            NEXT(1);                                                                       \
        }                                                                                  \
        if (likely(values_are_floats(a, b))) {                                             \
            truth = value_float(a) test value_float(b);                                    \
            pc += truth == (wanted) ? SIGNED_C : 0;                                        \
            NEXT(1);                                                                       \
        }                                                                                  \
        if (converted) NEXT(0);                                                            \
        truth = compare_##NAME(a, b);                                                      \
        if (truth < 0) truth = slow_compare_true(COMPARE_##NAME, a, b);                    \
        if (unlikely(truth < 0)) RAISE;                                                    \
        consume(R, A, FIRST);                                                              \
        if (consume_right) consume(R, B, FIRST);                                           \
        pc += truth == (wanted) ? SIGNED_C : 0;                                            \
        NEXT(1);                                                                           \
    }
#define COMPARISON(NAME, test)                                                             \
    CASE(NAME) {                                                                           \
        Value a = R[B], b = R[C];                                                          \
        if (likely(values_are_ints(a, b))) {                                               \
            set(R, A, TRUTH((int64_t)a test(int64_t) b));                                  \
            NEXT(1);                                                                       \
        }                                                                                  \
        if (to_numbers(&R[B], &R[C])) NEXT(0);                                             \
        int truth = compare_##NAME(a, b);                                                  \
        if (truth >= 0) FINISH_BINARY(TRUTH(truth));                                       \
        FINISH_BINARY(slow_compare(COMPARE_##NAME, a, b));                                 \
    }                                                                                      \
    CASE(JUMP_IF_##NAME)                                                                   \
    COMPARE_JUMP(NAME, test, 1, R[B], to_numbers(&R[A], &R[B]), true)                      \
    CASE(JUMP_UNLESS_##NAME)                                                               \
    COMPARE_JUMP(NAME, test, 0, R[B], to_numbers(&R[A], &R[B]), true)                      \
    CASE(JUMP_IF_##NAME##_INT)                                                             \
    COMPARE_JUMP(NAME, test, 1, value_of_int(SIGNED_B), to_number(&R[A]), false)           \
    CASE(JUMP_UNLESS_##NAME##_INT)                                                         \
    COMPARE_JUMP(NAME, test, 0, value_of_int(SIGNED_B), to_number(&R[A]), false)

/* Truth of a: -1 is an exception. */
#define TRUTH_OF(v)                                                                        \
    ((v) == true_value                         ? 1                                         \
     : (v) == false_value || (v) == none_value ? 0                                         \
     : value_is_int(v)                         ? (v) != value_of_int(0)                    \
                                               : slow_truth(v))
#define CONDITIONAL(wanted, kept)                                                          \
    {                                                                                      \
        Value a = R[A];                                                                    \
        int truth = TRUTH_OF(a);                                                           \
        if (unlikely(truth < 0)) RAISE;                                                    \
        if (!(kept) || truth != (wanted)) consume(R, A, FIRST);                            \
        pc += truth == (wanted) ? OFFSET_WIDE : 0;                                         \
        NEXT(1);                                                                           \
    }

#define ENTER(new_frame)                                                                   \
    do {                                                                                   \
        frame = self->frame = (new_frame);                                                 \
        R = frame_registers(frame);                                                        \
        pc = frame->code->words;                                                           \
        NEXT(0);                                                                           \
    } while (0)
#define BACK                                                                               \
    do {                                                                                   \
        frame = self->frame = frame->back;                                                 \
        R = frame_registers(frame);                                                        \
        pc = frame->pc;                                                                    \
    } while (0)

static Value eval(Thread *self, Frame *frame, bool raising) {
    static const void *const labels[] = {
#define O(NAME, layout, words) &&op_##NAME,
        OPCODES_EACH
#undef O
    };
    const Value true_value = value_borrowed(gilt_bool(true));
    const Value false_value = value_borrowed(gilt_bool(false));
    const Value none_value = value_borrowed(gilt_none());
    Value *R = frame_registers(frame);
    const Word *pc = frame->generator ? generator_pc(frame) : frame->pc;
    bool again = false; /* the exception has been here before */

    self->frame = frame;
    if (raising) {
        pc = frame->pc - 1; /* the instruction that waits */
        goto raise;
    }
    NEXT(0);

    CASE(MOVE) {
        Value v = R[B];
        set(R, A, value_copy(v));
        NEXT(1);
    }
    CASE(TAKE) {
        Value v = R[B];
        R[B] = EMPTY;
        set(R, A, v);
        NEXT(1);
    }
    CASE(CONSTANT) {
        set(R, A, frame->code->constants[B]);
        NEXT(1);
    }
    CASE(CLEAR) {
        set(R, A, EMPTY);
        NEXT(1);
    }
    CASE(CHECK) {
        if (likely(R[A])) NEXT(1);
        slow_unbound(frame, NAME(B), false);
        RAISE;
    }
    CASE(DELETE) {
        if (unlikely(!R[A])) {
            slow_unbound(frame, NAME(B), false);
            RAISE;
        }
        set(R, A, EMPTY);
        NEXT(1);
    }
    CASE(LOAD_GLOBAL) {
        Value v = load_global(frame, NAME(B), pc + 1);
        if (unlikely(!v)) RAISE;
        set(R, A, v);
        NEXT(2);
    }
    CASE(STORE_GLOBAL) {
        Object *o = slow_object(&R[A]);
        if (unlikely(!o || !gilt_set_item(frame->globals, NAME(B), o))) RAISE;
        consume(R, A, FIRST);
        NEXT(1);
    }
    CASE(DELETE_GLOBAL) {
        if (!slow_delete_name(frame->globals, NAME(B))) RAISE;
        NEXT(1);
    }
    CASE(LOAD_NAME) {
        Value v = slow_name(frame, NAME(B));
        if (unlikely(!v)) RAISE;
        set(R, A, v);
        NEXT(1);
    }
    CASE(STORE_NAME) {
        Object *o = slow_object(&R[A]);
        if (unlikely(!o || !gilt_set_item(frame->names, NAME(B), o))) RAISE;
        consume(R, A, FIRST);
        NEXT(1);
    }
    CASE(DELETE_NAME) {
        if (!slow_delete_name(frame->names, NAME(B))) RAISE;
        NEXT(1);
    }

    /* ---- cells ---- */

    CASE(MAKE_CELL) {
        Value v = R[A];
        Object *held = v ? value_box(v) : NULL;
        if (unlikely(v && !held)) RAISE;
        Object *cell = cell_new(held);
        if (unlikely(!cell)) RAISE;
        set(R, A, value_owned(cell));
        NEXT(1);
    }
    CASE(COPY_CELLS) {
        const Tuple *cells = (const Tuple *)object_of(slot_peek(&frame->function->closure));
        for (unsigned i = 0, n = B; i < n; i++) R[A + i] = value_borrowed(cells->items[i]);
        NEXT(1);
    }
    CASE(LOAD_CLASS_CELL) {
        Object *found = dict_find_interned(frame->names, NAME(C));
        if (found) {
            set(R, A, value_owned(found));
            NEXT(1);
        }
    } /* fall through */
    CASE(LOAD_CELL) {
        Object *held = cell_get(value_object(R[B]));
        if (unlikely(!held)) {
            const Code *code = frame->code;
            slow_unbound(frame, NAME(C), B >= code->variable_count - code->cell_count);
            RAISE;
        }
        set(R, A, value_owned(held));
        NEXT(1);
    }
    CASE(STORE_CELL) {
        Object *o = slow_object(&R[B]);
        if (unlikely(!o)) RAISE;
        cell_set(value_object(R[A]), o);
        consume(R, B, FIRST);
        NEXT(1);
    }
    CASE(DELETE_CELL) {
        Object *held = cell_get(value_object(R[A]));
        if (!held) {
            slow_unbound(frame, NAME(B), false);
            RAISE;
        }
        decref(held);
        cell_set(value_object(R[A]), NULL);
        NEXT(1);
    }

    /* ---- arithmetic ---- */

    OPERATOR(ADD, INT_ADD, FLOAT_ADD)
    OPERATOR(SUBTRACT, INT_SUBTRACT, FLOAT_SUBTRACT)
    OPERATOR(MULTIPLY, int_multiply, FLOAT_MULTIPLY)
    OPERATOR(DIVIDE, int_divide, FLOAT_DIVIDE)
    OPERATOR(FLOOR, int_floor, EMPTY)
    OPERATOR(REMAINDER, int_remainder, EMPTY)
    OPERATOR(POWER, int_never, FLOAT_POWER)
    OPERATOR(MATRIX_MULTIPLY, int_never, EMPTY)
    OPERATOR(SHIFT_LEFT, int_left, EMPTY)
    OPERATOR(SHIFT_RIGHT, int_right, EMPTY)
    OPERATOR(AND, int_and, EMPTY)
    OPERATOR(OR, int_or, EMPTY)
    OPERATOR(XOR, int_xor, EMPTY)
    COMPARISON(LESS, <)
    COMPARISON(LESS_EQUAL, <=)
    COMPARISON(EQUAL, ==)
    COMPARISON(UNEQUAL, !=)
    COMPARISON(GREATER, >)
    COMPARISON(GREATER_EQUAL, >=)

    CASE(NEGATIVE) {
        Value a = R[B];
        if (value_is_int(a) && value_int(a) != VALUE_INT_MIN) {
            set(R, A, value_of_int(-value_int(a)));
            NEXT(1);
        }
        if (value_is_float(a)) FINISH_UNARY(value_of_float(-value_float(a)));
        FINISH_UNARY(slow_unary(UNARY_NEGATIVE, a));
    }
    CASE(POSITIVE) FINISH_UNARY(slow_unary(UNARY_POSITIVE, R[B]));
    CASE(INVERT) {
        Value a = R[B];
        if (value_is_int(a)) {
            set(R, A, ~a | 1);
            NEXT(1);
        }
        FINISH_UNARY(slow_unary(UNARY_INVERT, a));
    }
    CASE(NOT) {
        Value a = R[B];
        int truth = TRUTH_OF(a);
        if (unlikely(truth < 0)) RAISE;
        FINISH_UNARY(TRUTH(!truth));
    }
    CASE(IS) { FINISH_BINARY(TRUTH(slow_is(R[B], R[C]))); }
    CASE(IS_NOT) { FINISH_BINARY(TRUTH(!slow_is(R[B], R[C]))); }
    CASE(IN) {
        int answer = slow_contains(R[C], R[B]);
        FINISH_BINARY(answer < 0 ? EMPTY : TRUTH(answer));
    }
    CASE(NOT_IN) {
        int answer = slow_contains(R[C], R[B]);
        FINISH_BINARY(answer < 0 ? EMPTY : TRUTH(!answer));
    }

    /* ---- jumps ---- */

    CASE(JUMP) {
        pc += (int64_t)*pc >> 16;
        NEXT(1);
    }
    CASE(LOOP) {
        pc += (int64_t)*pc >> 16;
        if (unlikely(world_polled())) {
            frame->pc = pc + 1;
            if (unlikely(!vm_safepoint())) RAISE;
        }
        NEXT(1);
    }
    CASE(JUMP_IF)
    CONDITIONAL(1, false)
    CASE(JUMP_UNLESS)
    CONDITIONAL(0, false)
    CASE(JUMP_IF_KEEP)
    CONDITIONAL(1, true) CASE(JUMP_UNLESS_KEEP) CONDITIONAL(0, true) CASE(JUMP_IF_NONE) {
        Value a = R[A];
        bool none = (a & ~BORROWED) == (none_value & ~BORROWED);
        if (!none) consume(R, A, FIRST);
        pc += none ? OFFSET_WIDE : 0;
        NEXT(1);
    }
    CASE(JUMP_UNLESS_NONE) {
        Value a = R[A];
        bool none = (a & ~BORROWED) == (none_value & ~BORROWED);
        if (!none) consume(R, A, FIRST);
        pc += none ? 0 : OFFSET_WIDE;
        NEXT(1);
    }
    CASE(JUMP_UNLESS_REDUCER) {
        Value v = R[A];
        bool same = value_is_object(v) && builtins_is_reducer(value_object(v), B);
        pc += same ? 0 : SIGNED_C;
        NEXT(1);
    }
    CASE(START_FOR) {
        Value it[3], iterable = R[B];
        if (unlikely(!for_start(it, iterable))) RAISE;
        consume(R, B, FIRST);
        set(R, A, it[0]);
        R[A + 1] = it[1];
        R[A + 2] = it[2];
        NEXT(1);
    }
    CASE(NEXT_FOR) {
        Value *it = &R[B];
        if (!(*it & 3) && is_type(value_object(*it), TYPE_GENERATOR)) {
            Generator *g = (Generator *)value_object(*it);
            bool finished;
            if (unlikely(!generator_enter_held(g, &finished))) RAISE;
            if (unlikely(finished)) goto for_end;
            frame->pc = pc + 1;
            if (unlikely(!generator_current(self, g, frame, FRAME_NEXT, EMPTY))) RAISE;
            frame = self->frame;
            R = frame_registers(frame);
            pc = generator_pc(frame);
            NEXT(0);
        }
        if (!value_is_int(it[1]) && word_opcode(pc[1]) == CODE_UNPACK &&
            word_b(pc[1]) == 2) {
            Value two[2]; /* for (x, y) in pairs */
            int got = for_two(*it, two);
            if (likely(got > 0)) {
                Word operands = pc[2];
                set(R, operands & 0xFFFF, two[0]);
                set(R, operands >> 16 & 0xFFFF, two[1]);
                NEXT(3);
            }
            if (got == 0) goto for_over;
        }
        Value v = for_next(it);
        if (likely(v)) {
            set(R, A, v);
            NEXT(1);
        }
    for_over:
        if (unlikely(self->error)) {
            if (!gilt_error_is(GILT_STOP_ITERATION)) RAISE;
            gilt_error_clear();
        }
    for_end:
        set(R, B, EMPTY);
        pc += SIGNED_C;
        NEXT(1);
    }

    /* ---- attributes and items ---- */

    CASE(LOAD_ATTRIBUTE) {
        Value made = load_attribute(R[B], NAME(C), pc + 1, false);
        if (unlikely(!made)) RAISE;
        consume(R, B, FIRST);
        set(R, A, made);
        NEXT(4);
    }
    CASE(LOAD_ATTRIBUTE_NUMBER) {
        Value made = load_attribute(R[B], NAME(C), pc + 1, true);
        if (unlikely(!made)) RAISE;
        consume(R, B, FIRST);
        set(R, A, made);
        NEXT(4);
    }
    CASE(STORE_ATTRIBUTE) {
        if (unlikely(!store_attribute(R[A], NAME(C), &R[B], pc + 1))) RAISE;
        unsigned first = FIRST;
        consume(R, A, first);
        consume(R, B, first);
        NEXT(4);
    }
    CASE(DELETE_ATTRIBUTE) {
        if (unlikely(!slow_set_attribute(R[A], NAME(C), EMPTY))) RAISE;
        consume(R, A, FIRST);
        NEXT(1);
    }
#define LOAD_ITEM_AS(key, key_to_number, number, FINISH)                                   \
    {                                                                                      \
        Value got = item_quickly(R[B], key, number);                                       \
        if (unlikely(!got)) {                                                              \
            if (key_to_number) NEXT(0);                                                    \
            got = slow_get_item(R[B], key);                                                \
            if (number && got && value_is_owned(got))                                      \
                got = value_unbox(value_object(got));                                      \
        }                                                                                  \
        FINISH(got);                                                                       \
    }
    CASE(LOAD_ITEM)
    LOAD_ITEM_AS(R[C], index_to_number(R[B], &R[C]), false, FINISH_BINARY)
    CASE(LOAD_ITEM_NUMBER)
    LOAD_ITEM_AS(R[C], index_to_number(R[B], &R[C]), true, FINISH_BINARY)
    CASE(LOAD_ITEM_INT)
    LOAD_ITEM_AS(value_of_int(SIGNED_C), false, false, FINISH_UNARY)
    CASE(LOAD_ITEM_INT_NUMBER)
    LOAD_ITEM_AS(value_of_int(SIGNED_C), false, true, FINISH_UNARY)
    CASE(STORE_ITEM) {
        Value o = R[A];
        bool well = false;
        if (value_is_object(o) && is_type(value_object(o), GILT_LIST)) {
            if (unlikely(!value_is_int(R[B])) && to_number(&R[B])) NEXT(0);
            if (R[C] & 3 && value_is_int(R[B]) &&
                list_write(value_object(o), value_int(R[B]), R[C])) {
                consume(R, A, FIRST);
                NEXT(1);
            }
            Object *stored = slow_object(&R[C]);
            well = stored && (value_is_int(R[B])
                                  ? gilt_list_set(value_object(o), value_int(R[B]), stored)
                                  : slow_set_item(o, R[B], R[C]));
        } else {
            well = R[C] && slow_put_item(o, R[B], &R[C]);
        }
        if (unlikely(!well)) RAISE;
        unsigned first = FIRST;
        consume(R, A, first);
        consume(R, B, first);
        consume(R, C, first);
        NEXT(1);
    }
    {
        Value parts[3];
#define SLICE_PARTS                                                                        \
    for (unsigned i = 0; i < 3; i++) {                                                     \
        unsigned reg = operand_at(pc + 1, i);                                              \
        parts[i] = reg == NONE ? EMPTY : R[reg];                                           \
    }
#define SLICE_END(first)                                                                   \
    for (unsigned i = 0; i < 3; i++) consume_maybe(R, operand_at(pc + 1, i), first);
        CASE(LOAD_SLICE) {
            SLICE_PARTS
            Value part = slow_get_slice(R[B], parts);
            if (unlikely(!part)) RAISE;
            unsigned first = FIRST;
            consume(R, B, first);
            SLICE_END(first)
            set(R, A, part);
            NEXT(2);
        }
        CASE(STORE_SLICE) {
            SLICE_PARTS
            if (unlikely(!slow_set_slice(R[A], parts, R[B]))) RAISE;
            unsigned first = FIRST;
            consume(R, A, first);
            consume(R, B, first);
            SLICE_END(first)
            NEXT(2);
        }
    }
    CASE(DELETE_ITEM) {
        if (unlikely(!slow_set_item(R[A], R[B], EMPTY))) RAISE;
        consume(R, A, FIRST);
        consume(R, B, FIRST);
        NEXT(1);
    }

    /* ---- displays ---- */

#define BUILD(maker)                                                                       \
    {                                                                                      \
        Object *items[ARGUMENTS_QUICK], *built;                                            \
        unsigned count = B;                                                                \
        for (unsigned i = 0; i < count; i++)                                               \
            if (!(items[i] = slow_object(&R[operand_at(pc + 1, i)]))) RAISE;               \
        if (unlikely(!(built = (maker)))) RAISE;                                           \
        consume_operands(R, pc + 1, count, FIRST);                                         \
        set(R, A, value_owned(built));                                                     \
        NEXT(1 + operand_words(count));                                                    \
    }
    CASE(BUILD_TUPLE)
    BUILD(gilt_tuple_new(items, count))
    CASE(BUILD_LIST)
    BUILD(gilt_list_new(items, count))
    CASE(BUILD_SET)
    BUILD(gilt_set_new(items, count))
    CASE(BUILD_SLICE) BUILD(slice_new(items[0], items[1], items[2])) CASE(BUILD_DICT) {
        Object *dict = gilt_dict_new();
        if (unlikely(!dict)) RAISE;
        set(R, A, value_owned(dict));
        NEXT(1);
    }
    CASE(BUILD_STRING) {
        Value parts[ARGUMENTS_QUICK];
        unsigned count = B;
        for (unsigned i = 0; i < count; i++) parts[i] = R[operand_at(pc + 1, i)];
        Value joined = slow_join(parts, count);
        if (unlikely(!joined)) RAISE;
        consume_operands(R, pc + 1, count, FIRST);
        set(R, A, joined);
        NEXT(1 + operand_words(count));
    }
#define ADD_TO(operation)                                                                  \
    {                                                                                      \
        Object *to = value_object(R[A]), *o = slow_object(&R[B]);                          \
        if (unlikely(!o || !(operation))) RAISE;                                           \
        consume(R, B, FIRST);                                                              \
        NEXT(1);                                                                           \
    }
    CASE(LIST_APPEND) {
        Value v = R[B];
        Object *item;
        if (value_is_owned(v) && B >= FIRST) {
            item = value_object(v);
            R[B] = EMPTY;
        } else {
            item = value_box(v);
        }
        if (unlikely(!item || !list_append_own(value_object(R[A]), item))) RAISE;
        NEXT(1);
    }
    CASE(LIST_EXTEND) {
        Object *to = value_object(R[A]), *o = slow_object(&R[B]);
        if (unlikely(!o)) RAISE;
        if (unlikely(!list_extend(to, o))) {
            slow_explain_star(o, C == NONE ? EMPTY : R[C]);
            RAISE;
        }
        consume(R, B, FIRST);
        NEXT(1);
    }
    CASE(SET_ADD)
    ADD_TO(gilt_set_add(to, o))
    CASE(SET_UPDATE)
    ADD_TO(set_add_all(to, o))
    CASE(DICT_UPDATE) ADD_TO(slow_dict_update(to, o)) CASE(DICT_ADD) {
        Object *key = slow_object(&R[B]), *value = slow_object(&R[C]);
        if (unlikely(!key || !value || !gilt_dict_set(value_object(R[A]), key, value)))
            RAISE;
        consume(R, B, FIRST);
        consume(R, C, FIRST);
        NEXT(1);
    }
    CASE(DICT_MERGE) {
        Object *more = slow_object(&R[B]);
        if (unlikely(!more || !slow_dict_merge(value_object(R[A]), more, R[C]))) RAISE;
        consume(R, B, FIRST);
        NEXT(1);
    }
    CASE(LIST_TO_TUPLE) FINISH_UNARY(value_owned(tuple_of(value_object(R[B]))));
    CASE(UNPACK) {
        Value got[256];
        unsigned count = B;
        if (unlikely(!for_unpack(R[A], got, count))) RAISE;
        consume(R, A, FIRST);
        for (unsigned i = 0; i < count; i++) set(R, operand_at(pc + 1, i), got[i]);
        NEXT(1 + operand_words(count));
    }
    CASE(UNPACK_STAR) {
        Value got[256];
        unsigned count = B;
        if (unlikely(!slow_unpack_star(R[A], got, count, C))) RAISE;
        consume(R, A, FIRST);
        for (unsigned i = 0; i < count; i++) set(R, operand_at(pc + 1, i), got[i]);
        NEXT(1 + operand_words(count));
    }
    CASE(CONVERT) FINISH_UNARY(slow_convert(R[B], C));
    CASE(FORMAT) {
        Value made = slow_format(R[B], C == NONE ? EMPTY : R[C]);
        if (unlikely(!made)) RAISE;
        consume(R, B, FIRST);
        consume_maybe(R, C, FIRST);
        set(R, A, made);
        NEXT(1);
    }

    /* ---- calls ---- */

    {
        Value callee, self_argument;
        Frame *new;
        unsigned count, length;
        const Word *operands;
        Object *names, *own;
        Value result;

        CASE(CALL) {
            callee = R[B];
            count = C;
            operands = pc + 1;
            length = 1 + operand_words(count);
            names = NULL;
            self_argument = EMPTY;
            if (likely(value_is_object(callee) && callee &&
                       is_type(value_object(callee), TYPE_CALLEE))) {
                unsigned first = FIRST;
                new = call_frame(self, (Callee *)value_object(callee), EMPTY, R, operands,
                                 count, first);
                if (likely(new != NULL)) {
                    if (unlikely(value_is_owned(callee)) && B >= first) {
                        R[B] = EMPTY;
                        new->owns_function = true;
                    }
                    goto entered;
                }
            } else if (is_plain_native(callee, TYPE_NATIVE, count)) {
                own = native_self((const NativeObject *)value_object(callee));
                goto native;
            }
            if (B >= FIRST)
                R[B] = EMPTY; /* the call owns it now */
            else
                callee = value_lend(callee);
            goto call;
        }
        CASE(CALL_NAMED) {
            callee = R[B];
            count = C;
            operands = pc + 2;
            length = 2 + operand_words(count);
            names = value_object(frame->code->constants[pc[1]]);
            self_argument = EMPTY;
            if (B >= FIRST)
                R[B] = EMPTY;
            else
                callee = value_lend(callee);
            goto call;
        }
        CASE(CALL_METHOD) {
            Value found = EMPTY;
            count = C;
            operands = pc + 5;
            length = 5 + operand_words(count);
            names = NULL;
            self_argument = EMPTY;
            if (unlikely(!load_method(&R[B], NAME(pc[1]), pc + 2, &found, &self_argument)))
                RAISE;
            callee = found;
            if (!value_is_owned(callee) &&
                is_plain_native(callee, self_argument ? TYPE_NATIVE_METHOD : TYPE_NATIVE,
                                count)) {
                own = self_argument ? value_object(R[B])
                                    : native_self((NativeObject *)value_object(callee));
                goto native;
            }
            if (likely(self_argument && self_argument == R[B]))
                self_argument = pass(R, B, FIRST);
            else
                consume(R, B, FIRST); /* the class is passed on, or nothing */
            if (likely(self_argument && !value_is_owned(callee) &&
                       value_is_object(callee) &&
                       is_type(value_object(callee), TYPE_CALLEE))) {
                new = call_frame(self, (Callee *)value_object(callee), self_argument, R,
                                 operands, count, FIRST);
                if (likely(new != NULL)) goto entered;
            }
        }
    call:
        if (unlikely(callee & 3)) callee = value_owned(value_box(callee));
        Object *o = value_object(callee);
        if (likely(o && is_type(o, TYPE_CALLEE))) {
            new = call_frame_slowly(self, (Callee *)o, self_argument, R, operands, count,
                                    names, FIRST);
            if (unlikely(!new)) {
                value_drop(callee);
                RAISE;
            }
            if (unlikely(value_is_owned(callee))) new->owns_function = true;
        entered:
            new->back = frame;
            new->result = (uint16_t)A;
            frame->pc = pc + length;
            if (unlikely(world_polled()) && !vm_safepoint()) {
                frame_pop(self, new);
                RAISE;
            }
            ENTER(new);
        }
        if (o && is_type(o, TYPE_METHOD) && !self_argument) {
            BoundMethod *method = (BoundMethod *)o;
            self_argument = value_owned(incref(object_of(slot_peek(&method->self))));
            Object *function = incref(object_of(slot_peek(&method->function)));
            value_drop(callee);
            callee = value_owned(function);
            goto call;
        }
        Object *init;
        if (o && is_type(o, GILT_TYPE) && !self_argument) {
            Object *made = make_instance((Type *)o, &init);
            if (made) {
                value_drop(callee);
                callee =
                    ref_is_immortal(&init->refs) ? value_borrowed(init) : value_owned(init);
                new = names ? NULL
                            : call_frame(self, (Callee *)init, value_borrowed(made), R,
                                         operands, count, FIRST);
                if (!new)
                    new = call_frame_slowly(self, (Callee *)init, value_borrowed(made), R,
                                            operands, count, names, FIRST);
                if (unlikely(!new)) {
                    decref(made);
                    value_drop(callee);
                    RAISE;
                }
                new->owns_function = value_is_owned(callee);
                new->back = frame;
                new->kind = FRAME_INIT;
                new->made = made;
                new->result = (uint16_t)A;
                frame->pc = pc + length;
                ENTER(new);
            }
            if (unlikely(self->error)) {
                value_drop(callee);
                RAISE;
            }
        }
        frame->pc = pc + length;
        Object *first_argument = self_argument ? slow_object(&self_argument) : NULL;
        result = o && (first_argument || !self_argument)
                     ? call_object(o, first_argument, R, operands, count, names)
                     : EMPTY;
        value_drop(self_argument);
        value_drop(callee);
        if (unlikely(!result)) RAISE;
        goto called;
    native: /* `own` is what it gets as self; all operands stay where they are meanwhile */
        frame->pc = pc + length;
        result = call_native((const NativeObject *)value_object(callee), own, R, *operands,
                             count);
        if (unlikely(!result)) RAISE;
        unsigned first = FIRST;
        consume(R, B, first);
        for (Word word = *operands; count; count--, word >>= 16)
            consume(R, word & 0xFFFF, first);
        goto polled;
    called:
        consume_operands(R, operands, count, FIRST);
    polled:
        set(R, A, result);
        if (unlikely(world_polled()) && !vm_safepoint()) RAISE;
        NEXT(length);
    }
    CASE(CALL_SPREAD) {
        frame->pc = pc + 2;
        Value result = call_spread(R[B], R[C], pc[1] == NONE ? EMPTY : R[pc[1]]);
        if (unlikely(!result)) RAISE;
        unsigned first = FIRST;
        consume(R, B, first);
        consume(R, C, first);
        consume_maybe(R, (unsigned)pc[1], first);
        set(R, A, result);
        NEXT(2);
    }
    {
        Value result;
        unsigned live;
        CASE(RETURN) {
            result = R[A];
            live = B;
            if (!(result & 7))
                R[A] = EMPTY; /* the register's own reference goes on */
            else
                result = value_copy(result);
            if (likely(!(result & 3) && result) &&
                ref_is_immortal(&value_object(result)->refs))
                result |= BORROWED;
            goto ret;
        }
        CASE(RETURN_NONE) result = none_value;
        live = A;
    ret:
        if (likely(!frame->special)) {
            Frame *ended = frame;
            unsigned to = ended->result;
            frame = self->frame = ended->back;
            registers_drop(frame_registers(ended), live);
            self->depth--;
            self->stack_top = (Value *)ended;
            R = frame_registers(frame);
            pc = frame->pc;
            set(R, to, result);
            NEXT(0);
        }
        if (unlikely(frame->generator != NULL)) {
            Frame *ended = frame;
            bool entry = ended->entry;
            unsigned kind = ended->kind;
            frame = ended->back;
            generator_end(self, ended);
            self->frame = frame;
            if (entry) return result;
            R = frame_registers(frame);
            pc = frame->pc - 1;
            if (kind == FRAME_NEXT) { /* the loop that asked for the next is over */
                value_drop(result);
                set(R, B, EMPTY);
                pc += SIGNED_C;
            } else {
                frame->generator->delegate = NULL;
                consume(R, B, FIRST);
                set(R, A, result);
            }
            NEXT(1);
        }
        if (unlikely(frame->kind == FRAME_INIT)) {
            if (unlikely(result != none_value)) {
                value_drop(result);
                gilt_raise(GILT_TYPE_ERROR, "__init__() should return None, not '%s'",
                           result & 3 ? (result & 1 ? "int" : "float")
                                      : type_of(value_object(result))->name);
                RAISE;
            }
            result = value_owned(frame->made);
            frame->made = NULL;
        }
        {
            Frame *ended = frame;
            bool entry = ended->entry;
            unsigned to = ended->result;
            frame = self->frame = ended->back;
            frame_end(self, ended, live);
            if (unlikely(entry)) return result;
            R = frame_registers(frame);
            pc = frame->pc;
            set(R, to, result);
            NEXT(0);
        }
    }

    /* ---- generators ---- */

    CASE(START_GENERATOR) {
        Frame *ended = frame;
        bool entry = ended->entry;
        unsigned to = ended->result;
        ended->pc = pc + 1;
        registers_own(R, ended->code->first_temporary);
        Object *made = generator_new(ended);
        if (unlikely(!made)) RAISE;
        frame = self->frame = ended->back;
        frame_end(self, ended, 0);
        if (entry) return value_owned(made);
        R = frame_registers(frame);
        pc = frame->pc;
        set(R, to, value_owned(made));
        NEXT(0);
    }
    {
        Frame *suspended;
        Value v;
        CASE(YIELD) {
            v = pass(R, B, FIRST);
            if (value_is_borrowed(v)) v = value_copy(v);
            suspended = frame;
            suspended->result = (uint16_t)A; /* gets what is sent */
            suspended->pc = pc + 1;
        }
    suspend:;
        bool entry = suspended->entry;
        unsigned kind = suspended->kind;
        frame = self->frame = suspended->back;
        self->depth--;
        generator_leave(self, suspended->generator, GENERATOR_SUSPENDED);
        if (entry) return v;
        pc = frame->pc - 1;
        if (kind == FRAME_NEXT) {
            R = frame_registers(frame);
            set(R, A, v);
            NEXT(1);
        }
        suspended = frame; /* it waits in YIELD_FROM, and yields the same */
        suspended->result = (uint16_t)A;
        goto suspend;

        /* This instruction is carried out again each time that the generator is resumed,
         * until the iterator ends; a then has what was sent. */
        CASE(YIELD_FROM) {
            Object *iterator = value_object(R[B]);
            Generator *waiting = frame->generator;
            Value sent = EMPTY;
            if (waiting->delegate) {
                sent = R[A];
                R[A] = EMPTY;
            }
            waiting->delegate = iterator;
            frame->pc = pc + 1;
            if (is_type(iterator, TYPE_GENERATOR)) {
                Generator *g = (Generator *)iterator;
                bool finished;
                if (unlikely(!generator_enter_held(g, &finished))) RAISE;
                if (!finished) {
                    if (unlikely(!generator_current(self, g, frame, FRAME_FROM, sent)))
                        RAISE;
                    frame = self->frame;
                    R = frame_registers(frame);
                    pc = generator_pc(frame);
                    NEXT(0);
                }
                value_drop(sent);
                v = none_value;
            } else {
                v = delegate_next(iterator, sent);
                if (v) {
                    suspended = frame;
                    suspended->result = (uint16_t)A;
                    goto suspend;
                }
                if (unlikely(!delegate_result(&v))) {
                    waiting->delegate = NULL;
                    RAISE;
                }
            }
            waiting->delegate = NULL;
            consume(R, B, FIRST);
            set(R, A, v);
            NEXT(1);
        }
    }
    CASE(GET_FOR) {
        Value v = R[B];
        if (value_is_object(v) && for_needs_no_iterator(value_object(v))) {
            if (B < FIRST)
                v = value_copy(v);
            else
                R[B] = EMPTY;
            set(R, A, v);
            NEXT(1);
        }
    } /* fall through */
    CASE(GET_ITER) {
        Object *o = slow_object(&R[B]), *iterator = o ? iterate(o) : NULL;
        FINISH_UNARY(value_owned(iterator));
    }

    /* ---- exceptions ---- */

    CASE(RAISE) {
        slow_raise(A == NONE ? EMPTY : R[A], B == NONE ? EMPTY : R[B]);
        again = A == NONE;
        goto raise_now;
    }
    CASE(RERAISE) {
        Value v = R[A];
        R[A] = EMPTY;
        if (v == none_value) v = EMPTY;
        error_set(value_object(v));
        again = true;
        goto raise_now;
    }
    CASE(ENTER_HANDLER) {
        R[A] = self->handled ? value_owned(self->handled) : none_value;
        self->handled = incref(value_object(R[B]));
        frame->handlers++;
        NEXT(1);
    }
    CASE(LEAVE_HANDLER) {
        Object *old = self->handled;
        Value before = R[A];
        R[A] = EMPTY;
        self->handled = before == none_value ? NULL : value_object(before);
        frame->handlers--;
        decref_maybe(old);
        NEXT(1);
    }
    CASE(MATCH) {
        int answer = slow_match(value_object(R[B]), R[C]);
        if (unlikely(answer < 0)) RAISE;
        consume(R, C, FIRST);
        set(R, A, TRUTH(answer));
        NEXT(1);
    }
    CASE(MATCH_STAR) {
        Value part = match_star(&R[B], R[C]);
        if (unlikely(!part)) RAISE;
        consume(R, C, FIRST);
        set(R, A, part);
        NEXT(1);
    }
    CASE(JOIN_STAR) FINISH_BINARY(join_star(value_object(R[B]), value_object(R[C])));
    CASE(ENTER_WITH) {
        Value value, exit;
        if (unlikely(!slow_enter_with(R[B], &value, &exit))) RAISE;
        consume(R, B, FIRST);
        set(R, A, value);
        set(R, C, exit);
        NEXT(1);
    }
    CASE(EXIT_WITH)
    FINISH_UNARY(slow_exit_with(R[B], C == NONE ? NULL : value_object(R[C])));

    /* ---- definitions ---- */

    CASE(MAKE_FUNCTION) {
        Value got[4];
        for (unsigned i = 0; i < 4; i++) {
            unsigned reg = operand_at(pc + 1, i);
            got[i] = reg == NONE ? EMPTY : R[reg];
        }
        Value made =
            slow_make_function(frame, (Code *)value_object(frame->code->constants[B]),
                               got[0], got[1], got[2], got[3]);
        if (unlikely(!made)) RAISE;
        for (unsigned i = 0; i < 4; i++) consume_maybe(R, operand_at(pc + 1, i), FIRST);
        set(R, A, made);
        NEXT(2);
    }
    CASE(LOAD_BUILD_CLASS) {
        Object *builder = build_class_function();
        if (unlikely(!builder)) RAISE;
        set(R, A, value_borrowed(builder));
        NEXT(1);
    }
    CASE(LOAD_ASSERTION_ERROR) {
        set(R, A, value_borrowed(&types[GILT_ASSERTION_ERROR].head));
        NEXT(1);
    }
    CASE(IMPORT) {
        Object *module = import_module(NAME(B), frame->globals,
                                       C == NONE ? NULL : value_object(R[C]), (int)pc[1]);
        if (unlikely(!module)) RAISE;
        consume_maybe(R, C, FIRST);
        set(R, A, value_owned(module));
        NEXT(2);
    }
    CASE(IMPORT_FROM) {
        Object *found = import_from(value_object(R[B]), NAME(C));
        if (unlikely(!found)) RAISE;
        set(R, A, value_owned(found));
        NEXT(1);
    }
    CASE(IMPORT_STAR) {
        if (unlikely(!import_star(value_object(R[A]), frame->names))) RAISE;
        NEXT(1);
    }
    CASE(SETUP_ANNOTATIONS) {
        if (unlikely(!setup_annotations(frame->names))) RAISE;
        NEXT(1);
    }
    CASE(PRINT) {
        Object *o = slow_object(&R[A]);
        if (unlikely(!o || !display(o))) RAISE;
        consume(R, A, FIRST);
        NEXT(1);
    }

raise:
    again = false;
raise_now:
    frame->pc = pc + 1;
    for (;;) {
        const Code *code = frame->code;
        uint32_t at = (uint32_t)(frame->pc - 1 - code->words);
        if (!again) unwind_note(frame, at);
        again = false;
        const CodeHandler *handler = unwind_find(code, at);
        if (handler) {
            R = frame_registers(frame);
            for (unsigned i = handler->depth; i < code->registers; i++) set(R, i, EMPTY);
            R[handler->exception] = value_owned(gilt_error_take());
            pc = code->words + handler->target;
            NEXT(0);
        }
        Frame *ended = frame;
        bool entry = ended->entry;
        frame = self->frame = ended->back;
        if (ended->generator) {
            unwind_generator();
            generator_end(self, ended);
        } else {
            frame_end(self, ended, code->registers);
        }
        if (entry) return EMPTY;
    }
}

/* A generator's frame is current already. */
Value frame_run(Thread *self, Frame *frame) {
    if (!frame->generator) {
        frame->back = self->frame;
        frame->entry = true;
    }
    return eval(self, frame, false);
}

Value frame_run_raising(Thread *self, Frame *frame) { return eval(self, frame, true); }
