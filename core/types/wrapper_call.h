/* wrapper_call.h: what a wrapper does when it is called: wrappers.h. */
#pragma once
#include "core/types/special.h"
#include "core/types/str.h"

typedef struct Wrapper {
    Object head;
    uint32_t special; /* a Special */
    uint32_t owner;   /* the handle of the type */
} Wrapper;

Object *wrapper_call(Object *o, Object *const *arguments, size_t count, Object *names);
