/* local.h: attributes that each thread has for itself: threading.local. */
#pragma once
#include "core/object/object.h"

/* The type _thread._local, made anew. NULL, MemoryError. */
Type *local_type_new(void);

/* The calling thread ends: its attributes of all locals go. */
void local_thread_ends(void);
