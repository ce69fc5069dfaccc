/* signals.h: Ctrl-C. The handler notes the signal and pokes the main thread, which raises
 * KeyboardInterrupt at its next safepoint. */
#pragma once
#include "core/base.h"

/* On the main thread: from here on SIGINT is KeyboardInterrupt. */
void signals_start(void);

/* On the main thread: waits until there is something to read from the file. false: Ctrl-C
 * has been noted, which signals_check raises, or the system does not let us wait. */
bool signals_wait(int file);

/* Raises what is noted, on the main thread: false then. */
bool signals_check(void);
