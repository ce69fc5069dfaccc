/* prompt.h: reading and running statements one by one, with a line editor. */
#pragma once
#include "core/object/object.h"

/* Runs statements from the terminal in this module until end of file or exit(): the exit
 * code. */
int prompt_run(Object *module);

/* sys.stdout and sys.stderr. What that raises is dropped. */
void prompt_flush(void);
