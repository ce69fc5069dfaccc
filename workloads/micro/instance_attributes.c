/* instance-attributes: what does an instance cost when it may have any attributes?
 *
 * Each attribute that is set moves the instance to the next shape. See instances.h for the
 * program, and instance-slots for the other way. */
#include "workloads/micro/instances.h"

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return setup_with(NULL);
}

WORKLOAD(instance_attributes) = {
    .name = "instance-attributes",
    .title = "make, set, read and drop instances with any attributes",
    .operations = POINTS,
    .data = PRIVATE,
    .setup = setup,
    .begin = begin,
    .batch = batch,
    .end = end,
    .teardown = teardown,
};
