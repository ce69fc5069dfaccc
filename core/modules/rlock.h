/* rlock.h: locks that their holder may take again. */
#pragma once
#include "core/object/object.h"

/* The type _thread.RLock, made anew. NULL, MemoryError. */
Type *rlock_type_new(void);
