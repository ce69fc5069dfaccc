/* merge_queue.h: objects that others have dropped below zero, on their way to the owner.
 *
 * Many push, one pops: the owner, or who has borrowed its World. The stack is
 * ConcurrencyKit's; it is taken as a whole and turned round, so that objects are merged in
 * the order of their drops. If there is no memory for an entry the object is only noted as
 * lost: its state says QUEUED, and the owner finds it by a walk over its heap. */
#pragma once
#include "refcount.h"
#include "ck_seen.h"
#include <ck_stack.h>

typedef struct MergeEntry {
    ck_stack_entry_t link; /* first */
    RefCount *object;
} MergeEntry;

typedef struct MergeQueue {
    ck_stack_t pushed;
    MergeEntry *taken; /* the owner's: oldest first */
    _Atomic bool lost;
} MergeQueue;

/* Nothing has been pushed that was not taken. A full barrier comes first: what this
 * thread has stored before is seen by a pusher whose entry is not seen here. */
static inline bool merge_queue_quiet(MergeQueue *queue) {
    ck_pr_fence_memory();
    return !ck_pr_load_ptr(&queue->pushed.head);
}

void merge_queue_push(uint16_t owner, RefCount *object);
RefCount *merge_queue_pop(World *world); /* NULL: empty */
bool merge_queue_take_lost(World *world);
