/* lock.h: locks and conditions for programs, as objects. */
#pragma once
#include "core/object/object.h"

extern const TypeOps lock_ops, condition_ops;
