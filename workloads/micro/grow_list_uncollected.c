/* grow-list-uncollected: grow-list with the collector off. See grow_list.h. */
enum { COLLECTED = 0 };
#include "workloads/micro/grow_list.h"

WORKLOAD(grow_list_uncollected) = {
    .name = "grow-list-uncollected",
    .title = "build and drop such a list with the collector off",
    .operations = INSTANCES,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = nodes_teardown,
};
