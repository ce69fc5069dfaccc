/* policy.h: when to collect, and what. */
#pragma once
#include "core/gc/collect.h"

/* Stopped, at the end of a collection's search: counts begin anew. */
void policy_collected(const Collection *c);

/* Stopped, when all that was tracked is frozen: the generations are empty. */
void policy_frozen(void);
