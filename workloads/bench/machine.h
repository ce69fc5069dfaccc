/* machine.h: where and how the figures came about. */
#pragma once
#include "workloads/bench/plan.h"
#include <stdint.h>

typedef struct Machine {
    char cpu[128];
    int cores; /* on which we may run */
    uint64_t memory_bytes;
    char kernel[200];
    char date[32]; /* UTC, ISO 8601 */
} Machine;

Machine machine_facts(void);
