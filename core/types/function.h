/* function.h: native functions: a C function with the data that it is called with. */
#pragma once
#include "core/object/object.h"

extern const TypeOps function_ops;
