/* sys.h: the module sys, as C code asks it. */
#pragma once
#include "core/modules/module.h"

/* What sys has under this name: a new reference; NULL without an exception if nothing. */
Object *sys_get(const char *name);

/* Sets it. false: MemoryError. */
bool sys_set(const char *name, Object *value);

/* The program's arguments, for sys.argv; before or after sys is imported. */
bool sys_set_arguments(const char *const *arguments, size_t count);

/* The end of the runtime. */
void sys_finish(void);
