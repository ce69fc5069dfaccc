/* cycles.h: what the workloads of the collector have in common: a class Node, pairs of
 * nodes that refer to each other, which only the collector frees, and an old heap.
 *
 * Invariant: at a safepoint inside nodes_drop_pairs nobody holds a pair, so all pairs made
 * so far are garbage, whichever thread collects. */
#pragma once
#include "workloads/micro/values.h"

static GiltObject *node_class, *name_other, *name_number;

static inline bool nodes_setup(void) {
    return (name_other = gilt_intern("other")) && (name_number = gilt_intern("number")) &&
           (node_class = gilt_class_new("Node", NULL, NULL));
}

static inline void nodes_teardown(void) {
    drop(&node_class);
    drop(&name_other);
    drop(&name_number);
}

/* An instance with two attributes. `other` may be NULL: then it has one. */
static inline GiltObject *node_new(GiltObject *number, GiltObject *other) {
    GiltObject *node = gilt_instance_new(node_class);
    if (node && gilt_set_attr(node, name_number, number) &&
        (!other || gilt_set_attr(node, name_other, other)))
        return node;
    gilt_decref(node);
    return NULL;
}

/* Two nodes that refer to each other; the first of them. */
static inline GiltObject *pair_new(int64_t value) {
    GiltObject *number = gilt_int(value), *pair = NULL;
    GiltObject *a = number ? node_new(number, NULL) : NULL;
    GiltObject *b = a ? node_new(number, a) : NULL;
    if (b && gilt_set_attr(a, name_other, b)) pair = gilt_incref(a);
    gilt_decref(number);
    gilt_decref(a);
    gilt_decref(b);
    return pair;
}

/* Mixes pair.other.number into *sum. */
static inline bool pair_read(GiltObject *pair, uint64_t *sum) {
    GiltObject *other = gilt_get_attr(pair, name_other);
    bool ok = other && mix_taken(sum, gilt_get_attr(other, name_number));
    gilt_decref(other);
    return ok;
}

/* Makes, reads and drops so many pairs. */
static inline bool nodes_drop_pairs(size_t pairs, uint64_t *sum) {
    for (size_t i = 0; i < pairs; i++) {
        GiltObject *pair = pair_new((int64_t)i);
        bool ok = pair && pair_read(pair, sum);
        gilt_decref(pair);
        if (!ok) return false;
        gilt_safepoint();
    }
    return true;
}

/* A list of containers / 2 instances, each with a number and a list of its own. */
static inline bool put_one_of_heap(GiltObject *heap, int64_t i) {
    GiltObject *number = gilt_int(i);
    GiltObject *items[2] = {number, number};
    GiltObject *list = number ? gilt_list_new(items, 2) : NULL;
    bool ok = list && put_last(heap, node_new(number, list));
    gilt_decref(list);
    gilt_decref(number);
    return ok;
}

static inline GiltObject *heap_new(size_t containers) {
    GiltObject *heap = gilt_list_new(NULL, 0);
    for (size_t i = 0; heap && i < containers / 2; i++) {
        if (!put_one_of_heap(heap, (int64_t)i)) drop(&heap);
        gilt_safepoint();
    }
    return heap;
}

/* The same, and all of it is of the old generation. */
static inline GiltObject *heap_new_old(size_t containers) {
    GiltObject *heap = heap_new(containers);
    if (heap && gilt_gc_collect(2) < 0) drop(&heap);
    return heap;
}

/* Mixes some of what the heap holds into *sum. */
static inline bool heap_read(GiltObject *heap, uint64_t *sum) {
    size_t size = gilt_list_size(heap);
    for (size_t i = 0; i < size; i += size / 16 + 1) {
        GiltObject *node = gilt_list_get(heap, (ssize_t)i);
        GiltObject *list = node ? gilt_get_attr(node, name_other) : NULL;
        bool ok = list && mix_taken(sum, gilt_list_get(list, 1));
        gilt_decref(list);
        gilt_decref(node);
        if (!ok) return false;
    }
    return true;
}
