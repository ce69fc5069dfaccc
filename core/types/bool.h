/* bool.h: True and False.
 *
 * bool inherits int and has the layout of an IntObject with value 1 or 0, so that all that
 * takes an int takes a bool; results of arithmetic are ints. */
#pragma once
#include "core/object/object.h"

extern const TypeOps bool_ops;
bool bool_start(void);
