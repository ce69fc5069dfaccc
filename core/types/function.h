/* function.h: native functions: a C function with the data that it is called with; and
 * closures: one with an object that it has captured. */
#pragma once
#include "core/object/object.h"

extern const TypeOps function_ops, closure_ops;
