/* unwind.h: where an exception goes, and small parts of the eval loop that are seldom run.
 */
#pragma once
#include "core/vm/frame.h"

/* Adds the place in the frame's code to the traceback of the exception that is set. */
void unwind_note(const Frame *frame, uint32_t at);

/* The row of the table that fits; NULL: none. */
const CodeHandler *unwind_find(const Code *code, uint32_t at);

/* A StopIteration that leaves a generator becomes a RuntimeError. */
void unwind_generator(void);

/* A safepoint: false with KeyboardInterrupt, or what a handler raised. */
bool vm_safepoint(void);

/* Makes the thread's stack. It stays until the process ends: a thread that begins later
 * adopts what one that ended has left. false: MemoryError. */
bool stack_make(Thread *self);

/* All registers up to `count` own what they hold, as they will outlive the caller. */
void registers_own(Value *registers, unsigned count);

/* callable(*list, **keywords); keywords EMPTY: none. */
Value call_spread(Value callable, Value list, Value keywords);

/* What the iterator of `yield from` gives when `sent` (owned; EMPTY or None: just next) is
 * sent to it: EMPTY at the end. Then delegate_result is its result; false: an exception. */
Value delegate_next(Object *iterator, Value sent);
bool delegate_result(Value *result);

/* except*: see opcodes.h. */
Value match_star(Value *rest, Value type);
Value join_star(Object *raised, Object *original);

bool setup_annotations(Object *names);
bool display(Object *value);        /* at the prompt */
Object *build_class_function(void); /* build_class.c; borrowed, immortal */
