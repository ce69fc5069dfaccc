/* pauses.h: how often and how long a program stood still for the collector.
 *
 * The runtime counts from its start; a worker reports what came after it was calibrated:
 * two readings, one taken from the other. So the set-up of a workload is not in it. */
#pragma once
#include "core/gilt.h"

#define GENERATIONS 3

typedef struct Pauses {
    uint64_t collections[GENERATIONS];
    GiltGcPauses of;
} Pauses;

/* Of this process so far, by an attached thread. */
void pauses_read(Pauses *pauses);

/* The bounds of the histograms are the same for all. */
void pauses_add(Pauses *sum, const Pauses *other);
void pauses_subtract(Pauses *from, const Pauses *other);
