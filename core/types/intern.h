/* intern.h: one immortal str for each text that is a name.
 *
 * Two interned strs have the same text if and only if they are the same object; for
 * str_is_interned() see str.h. Interned strs live until the runtime ends. */
#pragma once
#include "core/threads/fork.h"
#include "core/types/str.h"

/* The interned str with the text of `str`: borrowed. NULL: MemoryError. */
Object *intern(Object *str);

/* `__name__`: each function that is made asks for it. */
extern Object *intern_name;

/* Sets up the table; false: no memory (no exception). finish frees it: nobody may be in it.
 */
bool intern_start(void);
void intern_finish(void);
void intern_fork(ForkStep step);
