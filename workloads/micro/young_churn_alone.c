/* young-churn-alone: young-churn without the old heap. See young_churn.h. */
enum { OLD = 0 };
#include "workloads/micro/young_churn.h"

WORKLOAD(young_churn_alone) = {
    .name = "young-churn-alone",
    .title = "make and drop cycles, nothing else being alive",
    .operations = 2 * PAIRS,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
