/* young-churn: objects die in cycles beside a big old heap: does that heap cost anything?
 *
 * See young_churn.h for the program, and young-churn-alone for the same without the heap.
 */
enum { OLD = 1000000 };
#include "workloads/micro/young_churn.h"

WORKLOAD(young_churn) = {
    .name = "young-churn",
    .title = "make and drop cycles beside a million old containers",
    .operations = 2 * PAIRS,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
