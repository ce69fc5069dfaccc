/* none.h: None, the one object of its type. */
#pragma once
#include "core/object/object.h"

extern const TypeOps none_ops;
bool none_start(void);
