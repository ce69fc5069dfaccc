/* signals.h: Ctrl-C. The handler notes the signal and pokes the main thread, which raises
 * KeyboardInterrupt at its next safepoint. */
#pragma once
#include "core/base.h"

/* On the main thread: from here on SIGINT is KeyboardInterrupt. */
void signals_start(void);

/* A descriptor that can be read from the next Ctrl-C on until signals_check has raised it;
 * -1: there is none. For the main thread where it waits in code that is not ours. */
int signals_descriptor(void);

/* Raises what is noted, on the main thread: false then. */
bool signals_check(void);
