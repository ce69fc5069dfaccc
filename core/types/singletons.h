/* singletons.h: Ellipsis and NotImplemented, each the one object of its type. */
#pragma once
#include "core/object/builtin.h"

bool singletons_start(void);

/* Borrowed as much as owned: they are immortal. */
Object *ellipsis(void);
Object *not_implemented(void);

/* What a call of the type of `one` is: that, if there are no arguments. */
Object *singleton_made(Object *one, const char *type, size_t count, Object *names);
