/* stack.h: how much of the C stack is left. Recursion through C asks before it goes deeper,
 * so that what recurses for ever is an exception and not a crash, whatever a frame takes.
 */
#pragma once
#include "core/base.h"

/* Below this address there is too little left. The highest address: not yet known. */
extern _Thread_local uintptr_t stack_floor;

/* The first thing that a thread does which has been started with the default attributes. */
void stack_begin(void);

/* The calling thread's first question; also the answer when it is deep. */
bool stack_ask(void) __attribute__((cold));

/* Is there too little left to go deeper? Raises nothing. */
static inline bool stack_is_deep(void) {
    return unlikely((uintptr_t)__builtin_frame_address(0) < stack_floor) && stack_ask();
}
