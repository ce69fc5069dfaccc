/* binary-trees: what do linked structures cost: allocation, traversal, cascading death?
 *
 * Each batch builds one tree of tuples that lives until the end, and meanwhile many
 * smaller ones that die at once, and counts the nodes of each. Only the root is dropped:
 * the rest of a tree dies of that. */
#include "workloads/micro/values.h"

enum { LONG_DEPTH = 10, SHORT_DEPTH = 7, SHORT_TREES = 32 };
#define NODES(depth) ((UINT64_C(2) << (depth)) - 1)

static GiltObject *tree_new(int depth) {
    GiltObject *child[2] = {NULL, NULL}, *node = NULL;
    gilt_safepoint();
    for (int i = 0; i < 2; i++) {
        child[i] = depth ? tree_new(depth - 1) : gilt_none();
        if (!child[i]) goto done;
    }
    node = gilt_tuple_new(child, 2);
done:
    gilt_decref(child[0]);
    gilt_decref(child[1]);
    return node;
}

/* Uses up `node`. Adds its nodes to *count. */
static bool tree_count(GiltObject *node, uint64_t *count) {
    bool ok = node != NULL;
    gilt_safepoint();
    if (ok && !gilt_is(node, GILT_NONE)) {
        ++*count;
        ok = tree_count(gilt_tuple_get(node, 0), count) &&
             tree_count(gilt_tuple_get(node, 1), count);
    }
    gilt_decref(node);
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0, count = 0;
    GiltObject *long_lived = tree_new(LONG_DEPTH);
    bool ok = long_lived != NULL;
    for (int i = 0; ok && i < SHORT_TREES; i++) {
        count = 0;
        ok = tree_count(tree_new(SHORT_DEPTH), &count);
        sum = mix(sum, count);
    }
    count = 0;
    ok = ok && tree_count(gilt_incref(long_lived), &count);
    gilt_decref(long_lived);
    *checksum = mix(sum, count);
    return ok;
}

WORKLOAD(binary_trees) = {
    .name = "binary-trees",
    .title = "build, walk and drop trees of tuples",
    .operations = NODES(LONG_DEPTH) + SHORT_TREES * NODES(SHORT_DEPTH),
    .data = PRIVATE,
    .batch = batch,
};
