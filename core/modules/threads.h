/* threads.h: the module _thread, as C code asks it. */
#pragma once
#include <stddef.h>

/* How many threads that programs have started are running. */
size_t program_threads(void);

/* Waits for threads that have ended, or are about to. */
void program_threads_reap(void);
