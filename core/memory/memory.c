/* memory.c: what the inline paths of memory.h leave over.
 *
 * The life of a page: fresh from the arena it is its class's `current`; when it has no
 * free block it is nobody's until a block comes back, and then stands in `roomy`; when no
 * block of it is used and it is not the current one it is retired, that is, after a grace
 * period, if the mode has those, it goes back to the arena: a late reader may still look
 * at the header of a block in it (nogil/slot.h). A run of pages for one large block goes
 * the same way.
 *
 * `current` points at `no_room`, a page that is always full, where there is none yet; with
 * -X oom=N it always does, so that every allocation comes here and is counted. */
#include "core/memory/memory.h"
#include "core/memory/arena.h"
#include "core/options.h"
#include <string.h>

#define CARVE_BYTES 4096 /* blocks are made in steps of this, so that pages fill slowly */

_Thread_local Heap *heap_current;

static Page no_room;

void heap_init(Heap *heap, World *world) {
    memset(heap, 0, sizeof *heap);
    heap->world = world;
    for (int kind = 0; kind < MEMORY_KINDS; kind++)
        for (int c = 0; c < MEMORY_CLASSES; c++) heap->current[kind][c] = &no_room;
}

static uint32_t class_bytes(unsigned class) {
    if (class <= 64) return class * 8;
    unsigned step = class - 65;
    return (uint32_t)(5 + step % 4) << (7 + step / 4);
}

/* ---- lists of pages ---- */

static void roomy_add(Heap *heap, Page *page) {
    Page **head = &heap->roomy[page->kind][page->size_class];
    page->queued = true;
    page->slow = 1; /* then it is empty, and goes */
    page->before = NULL;
    page->next = *head;
    if (*head) (*head)->before = page;
    *head = page;
}

static void roomy_remove(Heap *heap, Page *page) {
    if (page->before)
        page->before->next = page->next;
    else
        heap->roomy[page->kind][page->size_class] = page->next;
    if (page->next) page->next->before = page->before;
    page->queued = false;
}

static void heap_add(Heap *heap, Page *page) {
    Page **list = &heap->pages[page->list];
    page->all_before = NULL;
    page->all_next = *list;
    if (*list) (*list)->all_before = page;
    *list = page;
    heap->page_count += page->retired.bytes / PAGE_BYTES;
}

static void heap_remove(Heap *heap, Page *page) {
    if (page->all_before)
        page->all_before->all_next = page->all_next;
    else
        heap->pages[page->list] = page->all_next;
    if (page->all_next) page->all_next->all_before = page->all_before;
    heap->page_count -= page->retired.bytes / PAGE_BYTES;
}

void page_move(Page *page, PageList list) {
    if (page->list == list) return;
    heap_remove(page->heap, page);
    __atomic_store_n(&page->list, (uint8_t)list, __ATOMIC_RELAXED); /* see gc_track */
    heap_add(page->heap, page);
}

static Page *first_from(const Heap *heap, unsigned list) {
    while (list < PAGE_LISTS && !heap->pages[list]) list++;
    return list < PAGE_LISTS ? heap->pages[list] : NULL;
}

Page *heap_first(const Heap *heap) { return first_from(heap, 0); }

Page *page_after(const Page *page) {
    return page->all_next ? page->all_next : first_from(page->heap, page->list + 1u);
}

/* ---- pages ---- */

static Page *page_new(Heap *heap, MemoryKind kind, size_t pages, size_t block_bytes) {
    Page *page = arena_take(pages, kind == MEMORY_CONTAINER);
    if (!page) return NULL;
    watched_take(page, pages * PAGE_BYTES);
    memset(page, 0, sizeof *page);
    page->retired.bytes = pages * PAGE_BYTES;
    page->heap = heap;
    page->carved = PAGE_FIRST;
    page->block_bytes = (uint32_t)block_bytes;
    page->kind = (uint8_t)kind;
    page->list = kind == MEMORY_CONTAINER ? PAGES_YOUNG : PAGES_OTHER;
    heap_add(heap, page);
    return page;
}

/* The page leaves its heap; its memory goes back to the arena through memory_release. */
static void page_retire(Page *page) {
    heap_remove(page->heap, page);
    page->heap = NULL;
    page->retired.bytes |= 1;
    retire(&page->retired);
}

void memory_release(Retired *block) {
    if (block->bytes & 1)
        arena_give(block, (block->bytes - 1) / PAGE_BYTES);
    else
        memory_free(block, block->bytes);
}

/* Blocks come from it next: nothing happens to it when it has room, or is empty. */
static void page_choose(Heap *heap, Page *page) {
    heap->current[page->kind][page->size_class] = page;
    page->slow = 0;
}

/* It is full, and in no list until a block is freed. */
static void page_leave(Page *page) { page->slow = page->used; }

/* A page that no block of is used goes, unless blocks are now made in it. */
static void page_settle(Heap *heap, Page *page) {
    if (page->used || heap->current[page->kind][page->size_class] == page) return;
    if (page->queued) roomy_remove(heap, page);
    page_retire(page);
}

bool page_rest(Page *page) {
    Heap *heap = page->heap;
    if (page_is_current(page)) {
        heap->current[page->kind][page->size_class] = &no_room;
        if (page->free || page->carved + page->block_bytes <= PAGE_BYTES)
            roomy_add(heap, page);
        else
            page_leave(page);
    }
    bool used = page->used;
    if (!used) page_settle(heap, page);
    return used;
}

/* Makes the next few blocks of the page, in order of address. */
static void page_carve(Page *page) {
    uint32_t size = page->block_bytes, at = page->carved;
    uint32_t count = size < CARVE_BYTES ? CARVE_BYTES / size : 1;
    uint32_t room = ((uint32_t)PAGE_BYTES - at) / size;
    if (count > room) count = room;
    if (!count) return;
    page->free = at;
    for (uint32_t next = at; count--; at = next) {
        next = at + size;
        memset((char *)page + at, 0, 12); /* nobody's: not alive, cannot be counted */
        *block_link((char *)page + at) = count ? next : 0;
        page->carved = next;
    }
}

/* ---- blocks that other threads freed ----
 *
 * A stranger pushes the block on page->remote by compare-and-swap. Who makes it
 * non-empty also pushes the page on heap->remote, so a page is there at most once: the
 * owner first takes the pages, then empties each page's stack, and only after that can a
 * stranger find it empty and push the page again (the exchange is a release too, and the
 * push an acquire: next_remote has been read before it is written again). page->used counts
 * blocks on the stack, so the page cannot be retired before the owner has emptied it: the
 * stranger that has pushed a block and not yet the page touches memory that stays. */

static void remote_push(Page *page, void *block) {
    uint64_t offset = (uint64_t)((char *)block - (char *)page), top;
    top = atomic_load_explicit(&page->remote, memory_order_relaxed);
    do {
        *block_link(block) = (uint32_t)top;
        chaos(CHAOS_GIVE);
    } while (!atomic_compare_exchange_weak_explicit(
        &page->remote, &top, (((top >> 32) + 1) << 32) | offset, memory_order_acq_rel,
        memory_order_relaxed));
    if (top) return;
    Heap *heap = page->heap;
    Page *first = atomic_load_explicit(&heap->remote, memory_order_relaxed);
    do {
        page->next_remote = first;
    } while (!atomic_compare_exchange_weak_explicit(
        &heap->remote, &first, page, memory_order_release, memory_order_relaxed));
}

/* Puts the blocks on page->remote back on its own list. */
static void remote_take(Heap *heap, Page *page) {
    uint64_t taken = atomic_exchange_explicit(&page->remote, 0, memory_order_acq_rel);
    uint32_t first = (uint32_t)taken, last = first;
    if (!first) return;
    for (uint32_t next; (next = *block_link((char *)page + last)); last = next) {
    }
    *block_link((char *)page + last) = page->free;
    page->free = first;
    page->used -= (uint32_t)(taken >> 32);
    bool current = heap->current[page->kind][page->size_class] == page;
    if (!page->queued && !current) roomy_add(heap, page);
    page_settle(heap, page);
}

static void heap_take_remote(Heap *heap) {
    Page *page = atomic_exchange_explicit(&heap->remote, NULL, memory_order_acquire);
    while (page) {
        Page *next = page->next_remote;
        remote_take(heap, page);
        page = next;
    }
}

/* ---- making and freeing ---- */

static void *page_pop(Page *page) {
    char *block = (char *)page + page->free;
    page->free = *block_link(block);
    page->used++;
    return block;
}

/* The page that blocks of this class come from next, with at least one free. */
static Page *page_with_room(Heap *heap, MemoryKind kind, unsigned class) {
    Page *page = heap->current[kind][class];
    if (page != &no_room) {
        if (!page->free) page_carve(page);
        if (page->free) return page;
        heap->current[kind][class] = &no_room;
        page_leave(page);
    }
    heap_take_remote(heap);
    page = heap->roomy[kind][class];
    if (page) {
        roomy_remove(heap, page);
        if (!page->free) page_carve(page);
        if (kind == MEMORY_CONTAINER) page_move(page, PAGES_YOUNG);
    } else {
        page = page_new(heap, kind, 1, class_bytes(class));
        if (!page) return NULL;
        page->size_class = (uint8_t) class;
        page_carve(page);
    }
    return page;
}

static void *large_new(Heap *heap, MemoryKind kind, size_t bytes) {
    if (bytes > PTRDIFF_MAX - 2 * PAGE_BYTES) return NULL;
    size_t pages = (bytes + PAGE_FIRST + PAGE_BYTES - 1) / PAGE_BYTES;
    heap_take_remote(heap);
    Page *page = page_new(heap, kind, pages, 0);
    if (!page) return NULL;
    page->used = 1;
    return (char *)page + PAGE_FIRST;
}

void *memory_new_slow(MemoryKind kind, size_t bytes) {
    Heap *heap = heap_current;
    if (unlikely(options.out_of_memory) && arena_must_fail()) return NULL;
    if (bytes > MEMORY_SMALL) return large_new(heap, kind, bytes);
    unsigned class = size_class(bytes);
    Page *page = page_with_room(heap, kind, class);
    if (!page) return NULL;
    void *block = page_pop(page);
    watched_take(block, bytes);
    if (!options.out_of_memory)
        page_choose(heap, page);
    else if (page->free || page->carved + page->block_bytes <= PAGE_BYTES)
        roomy_add(heap, page);
    else
        page_leave(page);
    return block;
}

void *memory_new_array(size_t bytes) {
    if (bytes > PTRDIFF_MAX) return NULL;
    bytes = (bytes + 7) & ~(size_t)7;
    Retired *block = memory_new(MEMORY_ARRAY, bytes);
    if (block) *block = (Retired){.bytes = bytes};
    return block;
}

void memory_free_slow(Page *page, void *block, size_t bytes) {
    Heap *heap = page->heap;
    if (heap != heap_current) {
        if (bytes > MEMORY_SMALL) *block_link(block) = 0;
        remote_push(page, block);
        return;
    }
    if (bytes > MEMORY_SMALL) {
        page_retire(page);
        return;
    }
    bool current = heap->current[page->kind][page->size_class] == page;
    *block_link(block) = page->free;
    page->free = (uint32_t)((char *)block - (char *)page);
    page->used--;
    if (!page->queued && !current) roomy_add(heap, page);
    page_settle(heap, page);
}

void heap_give_back(Heap *heap) {
    heap_take_remote(heap);
    for (int kind = 0; kind < MEMORY_KINDS; kind++)
        for (int class = 0; class < MEMORY_CLASSES; class ++) {
            Page *page = heap->current[kind][class];
            if (page->used || page == &no_room) continue;
            heap->current[kind][class] = &no_room;
            page_settle(heap, page);
        }
}

/* ---- walks ---- */

void heap_each(Heap *heap, void (*visit)(RefCount *, void *), void *data) {
    for (Page *page = heap_first(heap), *next; page; page = next) {
        next = page_after(page);
        if (page->kind == MEMORY_ARRAY) continue;
        for (size_t at = PAGE_FIRST; at < page_end(page); at += page_step(page))
            visit((RefCount *)((char *)page + at), data);
    }
}

void heap_measure(Heap *heap, GiltMemory *sum) {
    heap_take_remote(heap);
    for (Page *page = heap_first(heap); page; page = page_after(page)) {
        sum->blocks += page->used;
        sum->block_bytes += page->block_bytes ? (size_t)page->used * page->block_bytes
                                              : page->retired.bytes;
    }
    sum->pages += heap->page_count;
}
