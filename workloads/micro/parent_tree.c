/* parent-tree: what do trees cost whose nodes know their parent?
 *
 * As a document or a directory in memory: each node has a list of children and a link to
 * its parent, so the whole tree is one knot. It is walked down, and from each leaf back up
 * to the root, and dropped; only the collector frees it. */
#include "workloads/micro/values.h"

enum { TREES = 4, DEPTH = 4, CHILDREN = 3, NODES = 121 /* 1 + 3 + 9 + 27 + 81 */ };

static GiltObject *class, *parent, *children;

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return (parent = gilt_intern("parent")) && (children = gilt_intern("children")) &&
           (class = gilt_class_new("Node", NULL, NULL));
}

static bool tree_grow(GiltObject *node, int depth);

/* A node with all that is below it. */
static GiltObject *tree_new(GiltObject *above, int depth) {
    GiltObject *node = gilt_instance_new(class);
    gilt_safepoint();
    if (node && (!gilt_set_attr(node, parent, above) || !tree_grow(node, depth)))
        drop(&node);
    return node;
}

static bool tree_grow(GiltObject *node, int depth) {
    GiltObject *list = gilt_list_new(NULL, 0);
    bool ok = list && gilt_set_attr(node, children, list);
    for (int i = 0; ok && depth && i < CHILDREN; i++)
        ok = put_last(list, tree_new(node, depth - 1));
    gilt_decref(list);
    return ok;
}

/* How far is the root? */
static bool climb(GiltObject *leaf, uint64_t *steps) {
    GiltObject *node = gilt_incref(leaf);
    while (node && !gilt_is(node, GILT_NONE)) {
        GiltObject *above = gilt_get_attr(node, parent);
        gilt_decref(node);
        node = above;
        ++*steps;
    }
    bool ok = node != NULL;
    gilt_decref(node);
    return ok;
}

static bool tree_walk(GiltObject *node, uint64_t *sum) {
    GiltObject *list = gilt_get_attr(node, children);
    size_t size = list ? gilt_list_size(list) : 0;
    bool ok = list != NULL;
    uint64_t steps = 0;
    if (ok && !size) ok = climb(node, &steps);
    *sum = mix(*sum, steps + size);
    for (size_t i = 0; ok && i < size; i++) {
        GiltObject *child = gilt_list_get(list, (ssize_t)i);
        ok = child && tree_walk(child, sum);
        gilt_decref(child);
    }
    gilt_decref(list);
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    GiltObject *none = gilt_none();
    bool ok = true;
    for (int i = 0; ok && i < TREES; i++) {
        GiltObject *root = tree_new(none, DEPTH);
        ok = root && tree_walk(root, &sum);
        gilt_decref(root);
        gilt_safepoint();
    }
    gilt_decref(none);
    *checksum = sum;
    return ok;
}

static void teardown(void) {
    drop(&class);
    drop(&parent);
    drop(&children);
}

WORKLOAD(parent_tree) = {
    .name = "parent-tree",
    .title = "make, walk and drop trees with links to parents",
    .operations = (uint64_t)TREES * NODES,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
