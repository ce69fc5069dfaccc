/* node-ring: what do small cycles cost, that only the collector frees?
 *
 * The ring of the talk: root, left and right, each of which refers to the other two. It is
 * walked, and then all three names are dropped: the counts stay above zero. */
#include "workloads/micro/values.h"

enum { RINGS = 1024, NODES = 3 };

static GiltObject *class, *number, *names[NODES];

static bool setup(int threads, char **arguments, int count) {
    static const char *const texts[NODES] = {"root", "left", "right"};
    (void)threads, (void)arguments, (void)count;
    for (int i = 0; i < NODES; i++)
        if (!(names[i] = gilt_intern(texts[i]))) return false;
    return (number = gilt_intern("number")) && (class = gilt_class_new("Node", NULL, NULL));
}

static GiltObject *node_new(int value) {
    GiltObject *node = gilt_instance_new(class);
    if (node && !put_attr(node, number, gilt_int(value))) drop(&node);
    return node;
}

/* node.NAME = the other, for each of the other two. */
static bool ring_link(GiltObject *const *ring) {
    for (int i = 0; i < NODES; i++)
        for (int j = 0; j < NODES; j++)
            if (i != j && !gilt_set_attr(ring[i], names[j], ring[j])) return false;
    return true;
}

/* root.left.right.root, and their numbers on the way. */
static bool ring_walk(GiltObject *root, uint64_t *sum) {
    GiltObject *at = gilt_incref(root);
    for (int i = 1; at && i <= NODES; i++) {
        GiltObject *next = gilt_get_attr(at, names[i % NODES]);
        gilt_decref(at);
        at = next;
        if (at && !mix_taken(sum, gilt_get_attr(at, number))) drop(&at);
    }
    bool ok = at != NULL;
    *sum = mix(*sum, at == root);
    gilt_decref(at);
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int i = 0; i < RINGS; i++) {
        GiltObject *ring[NODES] = {node_new(i), node_new(i + 1), node_new(i + 2)};
        bool ok =
            ring[0] && ring[1] && ring[2] && ring_link(ring) && ring_walk(ring[0], &sum);
        drop_all(ring, NODES);
        if (!ok) return false;
        gilt_safepoint();
    }
    *checksum = sum;
    return true;
}

static void teardown(void) {
    drop(&class);
    drop(&number);
    drop_all(names, NODES);
}

WORKLOAD(node_ring) = {
    .name = "node-ring",
    .title = "make, walk and drop the talk's ring of three nodes",
    .operations = RINGS,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
