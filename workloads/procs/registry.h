/* registry.h: the workloads that are linked into this worker.
 *
 * Each registers itself before main (WORKLOAD in workload.h); nothing is added later. The
 * list is in order of names, with the control first. */
#pragma once
#include "workloads/workload.h"

/* The first workload; the rest follows through `next`. */
Workload *registry_first(void);

/* The workload of this name, or NULL. */
Workload *registry_find(const char *name);

/* "private", "shared" or "control". */
const char *registry_data_name(const Workload *workload);
