/* math.h: the parts of the module math: see math.c. */
#pragma once
#include "core/object/native.h"

extern const Native math_whole[], math_sums[], math_special[];

/* These raise, and return NULL. */
Object *math_domain_error(void);
Object *math_range_error(void);
