/* instance-slots: what does an instance cost when its class has fixed slots?
 *
 * The attributes have their places in the object from the start. See instances.h for the
 * program, and instance-attributes for the other way. */
#include "workloads/micro/instances.h"

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return setup_with(slot_names);
}

WORKLOAD(instance_slots) = {
    .name = "instance-slots",
    .title = "make, set, read and drop instances with fixed slots",
    .operations = POINTS,
    .data = PRIVATE,
    .setup = setup,
    .begin = begin,
    .batch = batch,
    .end = end,
    .teardown = teardown,
};
