/* registers.h: reading and writing registers, as the loop does.
 *
 * Writing drops what a variable held; a temporary holds nothing then. An instruction that
 * has read a temporary leaves it dead (README.md). */
#pragma once
#include "core/vm/frame.h"
#include "core/vm/opcodes.h"
#include "core/vm/value.h"

static ALWAYS_INLINE void set(Value *R, unsigned reg, Value v) {
    Value old = R[reg];
    R[reg] = v;
    if (unlikely(value_is_owned(old))) decref((Object *)old);
}

/* A temporary that an instruction has read is dead: it owns nothing. */
static ALWAYS_INLINE void consume(Value *R, unsigned reg, unsigned first_temporary) {
    Value v = R[reg];
    if (!value_is_owned(v) || reg < first_temporary) return;
    R[reg] = EMPTY;
    decref((Object *)v);
}

static ALWAYS_INLINE void consume_maybe(Value *R, unsigned reg, unsigned first_temporary) {
    if (reg != NONE) consume(R, reg, first_temporary);
}

/* What a register passes on: a temporary is moved, a variable lent. */
static ALWAYS_INLINE Value pass(Value *R, unsigned reg, unsigned first_temporary) {
    Value v = R[reg];
    if (reg < first_temporary) return value_lend(v);
    R[reg] = EMPTY;
    return v;
}

static inline unsigned operand_at(const Word *words, unsigned i) {
    return (words[i / 4] >> (16 * (i % 4))) & 0xFFFF;
}

static inline unsigned operand_words(unsigned count) { return (count + 3) / 4; }

static inline void consume_operands(Value *R, const Word *operands, unsigned count,
                                    unsigned first) {
    for (unsigned i = 0; i < count; i++) consume(R, operand_at(operands, i), first);
}

static ALWAYS_INLINE void registers_drop(Value *R, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        Value v = R[i];
        if (value_is_owned(v)) {
            R[i] = EMPTY;
            decref((Object *)v);
        }
    }
}
