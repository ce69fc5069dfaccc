/* sys_internal.h: the parts of the module sys. */
#pragma once
#include "core/modules/sys.h"

bool sys_fill_constants(Object *module); /* sys_constants.c */
