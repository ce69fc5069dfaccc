/* stats.h: what collections have cost. */
#pragma once
#include "core/gc/collect.h"

/* By the collecting thread, with the world running. */
void gc_stats_add(const Collection *c);
