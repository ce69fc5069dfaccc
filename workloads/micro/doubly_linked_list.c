/* doubly-linked-list: what does a structure cost that can be walked both ways?
 *
 * Each batch makes lists of a few hundred nodes that know their neighbours, takes every
 * fourth node out, walks what is left forward and backward, and drops it: each two
 * neighbours are a cycle. */
#include "workloads/micro/values.h"

enum { LISTS = 4, NODES = 300 };

static GiltObject *class, *next, *before, *number;

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return (next = gilt_intern("next")) && (before = gilt_intern("before")) &&
           (number = gilt_intern("number")) && (class = gilt_class_new("Node", NULL, NULL));
}

static bool link_two(GiltObject *a, GiltObject *b) {
    return gilt_set_attr(a, next, b) && gilt_set_attr(b, before, a);
}

static GiltObject *node_new(int value) {
    GiltObject *node = gilt_instance_new(class), *none = gilt_none();
    if (node && (!gilt_set_attr(node, next, none) || !gilt_set_attr(node, before, none) ||
                 !put_attr(node, number, gilt_int(value))))
        drop(&node);
    gilt_decref(none);
    return node;
}

/* Makes it from end to end; *last too is a new reference. */
static GiltObject *list_new(GiltObject **last) {
    GiltObject *first = node_new(0);
    *last = gilt_incref(first);
    for (int i = 1; *last && i < NODES; i++) {
        GiltObject *node = node_new(i);
        if (!node || !link_two(*last, node)) drop(&node);
        gilt_decref(*last);
        *last = node;
        gilt_safepoint();
    }
    if (!*last) drop(&first);
    return first;
}

/* Uses up `node` and gives its neighbour, or None. */
static GiltObject *step(GiltObject *node, GiltObject *direction) {
    GiltObject *found = gilt_get_attr(node, direction);
    gilt_decref(node);
    return found;
}

/* Takes every fourth node out, but for the ends. */
static bool list_thin(GiltObject *first) {
    GiltObject *node = gilt_incref(first);
    for (int i = 0; node && !gilt_is(node, GILT_NONE); i++) {
        GiltObject *a = gilt_get_attr(node, before), *b = gilt_get_attr(node, next);
        bool ok = a && b;
        if (ok && i % 4 == 2 && !gilt_is(b, GILT_NONE)) ok = link_two(a, b);
        gilt_decref(a);
        gilt_decref(node);
        if (!ok) drop(&b);
        node = b;
        gilt_safepoint();
    }
    bool ok = node != NULL;
    gilt_decref(node);
    return ok;
}

static bool list_walk(GiltObject *from, GiltObject *direction, uint64_t *sum) {
    GiltObject *node = gilt_incref(from);
    while (node && !gilt_is(node, GILT_NONE)) {
        if (!mix_taken(sum, gilt_get_attr(node, number))) break;
        node = step(node, direction);
        gilt_safepoint();
    }
    bool ok = node && gilt_is(node, GILT_NONE);
    gilt_decref(node);
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    bool ok = true;
    for (int i = 0; ok && i < LISTS; i++) {
        GiltObject *last, *first = list_new(&last);
        ok = first && list_thin(first) && list_walk(first, next, &sum) &&
             list_walk(last, before, &sum);
        gilt_decref(first);
        gilt_decref(last);
    }
    *checksum = sum;
    return ok;
}

static void teardown(void) {
    drop(&class);
    drop(&next);
    drop(&before);
    drop(&number);
}

WORKLOAD(doubly_linked_list) = {
    .name = "doubly-linked-list",
    .title = "make, thin, walk and drop doubly linked lists",
    .operations = (uint64_t)LISTS * NODES,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
