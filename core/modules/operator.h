/* operator.h: what the files of the module operator share. */
#pragma once
#include "core/object/object.h"

/* Puts itemgetter, attrgetter and methodcaller into the module. */
bool operator_add_getters(Object *module);

/* Calls with the keywords of a dict, or NULL. */
Object *operator_call(Object *callable, Object *const *arguments, size_t count,
                      Object *keywords);
