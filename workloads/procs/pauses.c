/* pauses.c: readings of the collector's histograms, and sums of them. */
#include "workloads/procs/pauses.h"
#include <string.h>

void pauses_read(Pauses *pauses) {
    for (int g = 0; g < GENERATIONS; g++) {
        GiltGcStats stats;
        gilt_gc_stats(g, &stats);
        pauses->collections[g] = stats.collections;
    }
    gilt_gc_pauses(&pauses->of);
}

void pauses_add(Pauses *sum, const Pauses *other) {
    memcpy(sum->of.seconds, other->of.seconds, sizeof sum->of.seconds);
    for (int g = 0; g < GENERATIONS; g++) sum->collections[g] += other->collections[g];
    for (int i = 0; i < GILT_GC_PAUSES; i++) {
        sum->of.stopped[i] += other->of.stopped[i];
        sum->of.to_stop[i] += other->of.to_stop[i];
    }
}

void pauses_subtract(Pauses *from, const Pauses *other) {
    for (int g = 0; g < GENERATIONS; g++) from->collections[g] -= other->collections[g];
    for (int i = 0; i < GILT_GC_PAUSES; i++) {
        from->of.stopped[i] -= other->of.stopped[i];
        from->of.to_stop[i] -= other->of.to_stop[i];
    }
}
