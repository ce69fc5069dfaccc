/* memory.h: blocks for objects and backing arrays.
 *
 * Each thread has a Heap of pages; a page holds blocks of one size class and one kind, so
 * that the collector never walks a leaf, and so that a block of an object page is always
 * some object's block, alive or free: a reader that is late may still look at its header
 * (nogil/slot.h). Pages come from the arena (arena.h) and go back when they are empty.
 * Blocks larger than MEMORY_SMALL get a run of pages of their own.
 *
 * A block is freed with the size that it was made with. Any thread may free a block: one
 * that is not the owner of the page pushes it on the page's `remote` stack, whence the
 * owner takes all at once when it runs out. The shape follows mimalloc (Leijen, Zorn,
 * de Moura, 2019): free lists per page, one local and one for strangers. */
#pragma once
#include "core/mode.h"
#include "core/gilt.h"
#include "core/memory/watched.h"

typedef enum MemoryKind {
    MEMORY_LEAF,      /* objects that hold no references */
    MEMORY_CONTAINER, /* objects that hold references */
    MEMORY_ARRAY,     /* what objects own and readers without a lock see: see Retired */
    MEMORY_KINDS
} MemoryKind;

#define PAGE_BYTES ((size_t)65536)
#define MEMORY_SMALL ((size_t)16384) /* largest block that shares a page */
#define MEMORY_CLASSES 85

typedef struct Heap Heap;
typedef struct Page Page;

/* Each page stands in one list of its heap. A page of containers stands in that of the
 * youngest generation that an object on it may have: it comes to PAGES_YOUNG when blocks
 * are made in it, and the collector moves it on. */
typedef enum PageList {
    PAGES_YOUNG,
    PAGES_MIDDLE,
    PAGES_OLD,
    PAGES_FROZEN,
    PAGES_OTHER, /* no containers */
    PAGE_LISTS
} PageList;

/* At the start of each page, or run of pages. Plain fields belong to the heap's owner.
 * Free blocks are a list by offset in the page; the link stands in bytes 12 to 15 of the
 * block, where an object keeps its type, so that the header's count stays readable. */
struct Page {
    Retired retired; /* for the page's own end: see memory.c */
    Heap *heap;      /* never changes while a block is in use */
    uint32_t free;   /* offset of the first free block; 0: none */
    uint32_t used;   /* blocks in use or on `remote` */
    uint32_t carved; /* offset of the first byte that was never a block */
    uint32_t block_bytes;
    uint8_t kind, size_class;
    uint8_t list;                /* a PageList */
    bool queued;                 /* is in its class's list of pages that have room */
    uint32_t slow;               /* a free at this value of `used` is one for the slow part */
    Page *next, *before;         /* that list */
    Page *all_next, *all_before; /* the heap's list that `list` names */
    Page *next_remote;           /* the heap's stack of pages with a `remote` stack */
    _Alignas(64) _Atomic uint64_t remote; /* offset of its top | length << 32 */
};
#define PAGE_FIRST ((uint32_t)sizeof(Page)) /* offset of the first block */

struct Heap {
    Page *current[MEMORY_KINDS][MEMORY_CLASSES]; /* where new blocks come from */
    Page *roomy[MEMORY_KINDS][MEMORY_CLASSES];   /* other pages with free blocks */
    Page *pages[PAGE_LISTS];                     /* all of them, for walks */
    _Atomic(Page *) remote;                      /* pages that strangers freed blocks in */
    size_t page_count;
    int32_t allowance, allowance_most; /* containers to make before gc_allowance_spent */
    World *world;                      /* whose heap it is, to poke */
};

/* Sizes up to 512 go by 8 bytes, above that four classes to each doubling. */
static inline unsigned size_class(size_t bytes) {
    if (likely(bytes <= 512)) return (unsigned)((bytes + 7) / 8);
    unsigned top = 63 - (unsigned)__builtin_clzll(bytes - 1); /* 9 for 513..1024 */
    return 65 + (top - 9) * 4 + (unsigned)(((bytes - 1) >> (top - 2)) & 3);
}

/* A block of `bytes`, at least 16, aligned to 8, not cleared (its first 12 bytes may be
 * looked at by late readers: objects set them with ref_init). NULL if there is no memory;
 * no exception is set. */
static inline void *memory_new(MemoryKind kind, size_t bytes);

/* Frees a block of an object, or an array that no other thread has ever seen. */
static inline void memory_free(void *block, size_t bytes);

/* An array of `bytes` whole, its Retired set; freed with retire(), or with memory_free if
 * never published. NULL as above. */
void *memory_new_array(size_t bytes);

/* The current thread's heap; set up by threads/thread.c. */
extern _Thread_local Heap *heap_current;

void heap_init(Heap *heap, World *world);
void heap_give_back(Heap *heap); /* empty pages to the arena; at thread end and detach */

/* Moves a page to another list of its heap. The owner only, or with the world stopped. */
void page_move(Page *page, PageList list);

/* No more blocks are made in the page until it is chosen anew, and then it comes to
 * PAGES_YOUNG; a page with no block in use goes. false: it is gone. The owner only, or with
 * the world stopped. */
bool page_rest(Page *page);

/* Will the next blocks of its class come from this page? */
static inline bool page_is_current(const Page *page) {
    return page->heap->current[page->kind][page->size_class] == page;
}

/* Where the blocks of a page are: from PAGE_FIRST to page_end, page_step apart. */
static inline size_t page_step(const Page *page) {
    return page->block_bytes ? page->block_bytes : PAGE_BYTES;
}
static inline size_t page_end(const Page *page) {
    return page->block_bytes ? page->carved : PAGE_FIRST + PAGE_BYTES;
}

/* The pages of a heap: the first, and the one after a page; NULL at the end. */
Page *heap_first(const Heap *heap);
Page *page_after(const Page *page);

/* Calls visit for each block of the heap's pages that is some object's, alive or not: see
 * MARK_LIVE. The owner only, or with the world stopped. */
void heap_each(Heap *heap, void (*visit)(RefCount *, void *), void *data);

/* Adds what the heap holds to *sum. */
void heap_measure(Heap *heap, GiltMemory *sum);

/* memory.c: the slow parts. */
void *memory_new_slow(MemoryKind kind, size_t bytes);
void memory_free_slow(Page *page, void *block, size_t bytes);

static inline Page *page_of(const void *block) {
    return (Page *)((uintptr_t)block & ~(PAGE_BYTES - 1));
}

static inline uint32_t *block_link(void *block) { return (uint32_t *)((char *)block + 12); }

static inline void *memory_new(MemoryKind kind, size_t bytes) {
    if (unlikely(bytes > MEMORY_SMALL)) return memory_new_slow(kind, bytes);
    Page *page = heap_current->current[kind][size_class(bytes)];
    uint32_t offset = page->free;
    if (unlikely(!offset)) return memory_new_slow(kind, bytes);
    void *block = (char *)page + offset;
    page->free = *block_link(block);
    page->used++;
    watched_take(block, bytes);
    return block;
}

static inline void memory_free(void *block, size_t bytes) {
    Page *page = page_of(block);
    watched_free(block, bytes);
    if (unlikely(page->heap != heap_current || page->used == page->slow ||
                 bytes > MEMORY_SMALL))
        return memory_free_slow(page, block, bytes);
    *block_link(block) = page->free;
    page->free = (uint32_t)((char *)block - (char *)page);
    page->used--;
}
