/* grow-list: what does the collector cost a program that makes no garbage?
 *
 * See grow_list.h for the program, and grow-list-uncollected for the same without. */
enum { COLLECTED = 1 };
#include "workloads/micro/grow_list.h"

WORKLOAD(grow_list) = {
    .name = "grow-list",
    .title = "build and drop a list of 20,000 instances",
    .operations = INSTANCES,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = nodes_teardown,
};
