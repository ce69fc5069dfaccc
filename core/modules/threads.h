/* threads.h: the module _thread, as C code asks it. */
#pragma once
#include "core/threads/fork.h"
#include <stddef.h>

/* How many threads that programs have started are running. */
size_t program_threads(void);

/* Waits for threads that have ended, or are about to. */
void program_threads_reap(void);

/* At the end of the program: waits besides for those that it waits for. */
void program_threads_finish(void);

void program_threads_fork(ForkStep step);
