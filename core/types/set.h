/* set.h: the set type. Its table, and what is atomic and why, is in table.h. */
#pragma once
#include "core/object/object.h"

extern const TypeOps set_ops;
