/* grow_list.h: the program of grow-list and grow-list-uncollected, which differ in one
 * thing: COLLECTED says whether the collector runs.
 *
 * A list of instances is built, read in part and dropped. Nothing of it is garbage before
 * the end, so all that the collector does is in vain: how much is that? */
#include "workloads/micro/cycles.h"

enum { INSTANCES = 20000 };

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    if (!COLLECTED) gilt_gc_disable();
    return nodes_setup();
}

static bool list_fill(GiltObject *list, GiltObject *none) {
    for (int i = 0; i < INSTANCES; i++) {
        GiltObject *number = gilt_int(i);
        bool ok = number && put_last(list, node_new(number, none));
        gilt_decref(number);
        if (!ok) return false;
        gilt_safepoint();
    }
    return true;
}

static bool list_read(GiltObject *list, uint64_t *sum) {
    for (int i = 0; i < INSTANCES; i += 16) {
        GiltObject *node = gilt_list_get(list, i);
        bool ok = node && mix_taken(sum, gilt_get_attr(node, name_number));
        gilt_decref(node);
        if (!ok) return false;
        gilt_safepoint();
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    GiltObject *none = gilt_none(), *list = gilt_list_new(NULL, 0);
    bool ok = list && list_fill(list, none) && list_read(list, &sum);
    *checksum = sum;
    gilt_decref(list);
    gilt_decref(none);
    return ok;
}
