/* merge_queue.c: see merge_queue.h; for the race with detaching see world.h. */
#include "merge_queue.h"
#include "core/memory/memory.h"
#include "core/mode.h"

RefCount *merge_queue_pop(World *world) {
    MergeQueue *queue = &world->queue;
    if (!queue->taken) {
        ck_stack_entry_t *newest = ck_stack_batch_pop_upmc(&queue->pushed);
        while (newest) {
            ck_stack_entry_t *older = CK_STACK_NEXT(newest);
            newest->next = (ck_stack_entry_t *)queue->taken;
            queue->taken = (MergeEntry *)newest;
            newest = older;
        }
    }
    MergeEntry *entry = queue->taken;
    if (!entry) return NULL;
    queue->taken = (MergeEntry *)entry->link.next;
    RefCount *object = entry->object;
    memory_free(entry, sizeof *entry);
    return object;
}

bool merge_queue_take_lost(World *world) {
    return atomic_load(&world->queue.lost) && atomic_exchange(&world->queue.lost, false);
}

/* Merges in the place of a thread that is away, as long as there is something to merge. If
 * it is back, or another merges for it: it has been poked. */
static void merge_for(World *world) {
    while (!merge_queue_quiet(&world->queue) && world_borrow(world)) {
        for (RefCount *r; (r = merge_queue_pop(world));)
            if (ref_merge_found(r)) object_died(r);
        world_give_back(world);
        if (!world_current->regretting) object_destroy_noted();
    }
}

/* The poke comes before the look at the state, so that whoever is back by now knows. */
void merge_queue_push(uint16_t owner, RefCount *object) {
    World *world = world_of(owner);
    MergeEntry *entry = memory_new(MEMORY_ARRAY, sizeof *entry);
    if (entry) {
        entry->object = object;
        ck_stack_push_upmc(&world->queue.pushed, &entry->link);
    } else {
        atomic_store(&world->queue.lost, true);
    }
    chaos(CHAOS_PUSH);
    world_poke(world);
    chaos(CHAOS_PUSH);
    if (atomic_load(&world->state) != WORLD_ATTACHED) merge_for(world);
}
