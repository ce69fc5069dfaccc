/* control.c: the machine's own ceiling. Integer arithmetic in registers: no object, no
 * memory, and the runner keeps the thread detached, so that the GIL does not matter either.
 *
 * What two threads of this gain over one is what the machine gives to anybody; the
 * efficiency of every other workload is measured against it. */
#include "workloads/workload.h"

#define STEPS 400000

/* A chain: each step needs the one before, so neither the compiler nor the processor can
 * do several at once. */
static bool control_batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t state = 1;
    for (int step = 0; step < STEPS; step++) state = mix(state, (uint64_t)step);
    *checksum = state;
    return true;
}

WORKLOAD(control) = {
    .name = "control",
    .title = "the machine's ceiling: arithmetic in registers, no object",
    .operations = STEPS,
    .data = CONTROL,
    .batch = control_batch,
};
