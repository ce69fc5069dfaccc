/* verify.c: the heap checker. Three passes, with the world stopped; the first mistake ends
 * them.
 *
 *   books       of each heap's lists, and of each page: which blocks are free?
 *   objects     of each block that is not free, and of each class: its type and state
 *   references  each that stands in a container which is known to be alive names a living
 *               object, and no object has fewer references counted than were found
 *
 * Who is known to be alive? What is tracked: the dead are withdrawn before they come to a
 * safepoint. What is immortal. And what these name, which matters for the tuples and dicts
 * that are not tracked: such a one may be dead, waiting in Thread.dead or in a garbage
 * list, or half dismantled by a thread that stopped in a finaliser, and in gil its header
 * does not tell. So an untracked container is looked into only if a living one names it;
 * those that only C code holds are not. For the same reason counts are checked from one
 * side: they may be higher than what was found, never lower. A dead leaf looks like a
 * living one, until too few references are counted. Arrays have no header: only their
 * pages' books are checked.
 *
 * What was found is counted in 4 bytes a block, by malloc. Without memory for that the
 * third pass is left out; without memory for the list of untracked containers, they are. */
#include "core/object/builtin.h"
#include "core/gc/verify.h"
#include "core/types/class.h"
#include "core/gc/gc.h"
#include "core/memory/arena.h"
#include "core/options.h"
#include "core/threads/stop.h"
#include "core/threads/thread.h"
#include <string.h>

#define BLOCK_LEAST 16u /* bytes */
#define SMALL_HEAP 200  /* pages: up to here debug builds check it after each collection */
#define SELDOM 64       /* collections of larger ones that they skip after each check */
#define RECENT 64u      /* pages */
#define SEEN (UINT32_C(1) << 31) /* in a count: this untracked container is looked into */

/* A page of objects, and how many references to each of its blocks were found. */
typedef struct Known {
    const Page *page;
    uint32_t *found;
} Known;

typedef struct Check {
    const char *wrong; /* the first mistake */
    Vector pages;      /* of objects; by address, from the third pass on */
    Vector loose;      /* untracked containers to look into */
    size_t blocks;     /* on those pages */
    bool no_memory;
    Known *known;                    /* as many as pages, */
    Known *recent[RECENT];           /* and which were asked for lately; NULL: none */
    uint32_t *found, *found_classes; /* for all blocks; by handle */
    uint32_t classes;                /* handles below this are types */
} Check;

static bool fail(Check *c, const char *wrong) {
    if (!c->wrong) c->wrong = wrong;
    return false;
}

/* Ends the function with false at a mistake. */
#define MUST(what, wrong)                                                                  \
    do {                                                                                   \
        if (unlikely(!(what))) return fail(c, wrong);                                      \
    } while (0)

/* ---- The books of a page ---- */

typedef struct FreeBlocks {
    uint64_t bits[PAGE_BYTES / BLOCK_LEAST / 64];
    size_t count;
} FreeBlocks;

static Object *block_at(const Page *page, size_t offset) {
    return (Object *)((char *)page + offset);
}

static bool is_free(const FreeBlocks *blocks, size_t offset) {
    return blocks->bits[offset / BLOCK_LEAST / 64] >> offset / BLOCK_LEAST % 64 & 1;
}

static bool is_block(const Page *page, size_t offset) {
    return offset >= PAGE_FIRST && offset + page_step(page) <= page_end(page) &&
           (offset - PAGE_FIRST) % page_step(page) == 0;
}

static size_t block_count(const Page *page) {
    return (page_end(page) - PAGE_FIRST) / page_step(page);
}

/* Follows a list of free blocks. It ends, because no block is in it twice. */
static bool check_free(Check *c, const Page *page, uint32_t offset, FreeBlocks *blocks) {
    for (; offset; offset = *block_link(block_at(page, offset))) {
        MUST(is_block(page, offset), "a list of free blocks names what is no block");
        MUST(!is_free(blocks, offset), "a block is free twice");
        MUST(page->kind == MEMORY_ARRAY || !marks_load(block_at(page, offset)),
             "a free block has marks");
        blocks->bits[offset / BLOCK_LEAST / 64] |= UINT64_C(1) << offset / BLOCK_LEAST % 64;
        blocks->count++;
    }
    return true;
}

static bool check_size(Check *c, const Page *page) {
    size_t bytes = page->retired.bytes;
    if (!page->block_bytes) {
        MUST(bytes && bytes % PAGE_BYTES == 0 && page->used == 1 && !page->free,
             "the books of a large block are wrong");
        return true;
    }
    MUST(bytes == PAGE_BYTES, "a page of small blocks has a wrong size");
    MUST(page->block_bytes >= BLOCK_LEAST &&
             size_class(page->block_bytes) == page->size_class,
         "a page's blocks are not of its size class");
    MUST(page->carved >= PAGE_FIRST && page->carved <= PAGE_BYTES &&
             (page->carved - PAGE_FIRST) % page->block_bytes == 0,
         "a page is not carved into blocks");
    return true;
}

/* Who makes a block finds each page that has a free one. */
static bool check_findable(Check *c, const Page *page) {
    bool current = page_is_current(page), has_room = page->free;
    if (!page->block_bytes) {
        MUST(!page->queued, "a large block is in a list of pages with room");
        return true;
    }
    MUST(!page->queued || !current, "the current page is in the list of others with room");
    MUST(!has_room || page->queued || current, "a page with room is in no list of such");
    if (page->queued)
        MUST(has_room || page->carved + page->block_bytes <= PAGE_BYTES,
             "a page without room is in a list of those with room");
    MUST(page->used || current, "an empty page was not given back");
    MUST(page->slow == (current ? 0 : page->queued ? 1 : page->used),
         "a page does not know when a free matters");
    return true;
}

/* Also notes which blocks are free. */
static bool check_books(Check *c, const Page *page, FreeBlocks *blocks) {
    memset(blocks, 0, sizeof *blocks);
    if (!check_size(c, page) || !check_free(c, page, page->free, blocks)) return false;
    MUST(page->used + blocks->count == block_count(page),
         "used is not what the list of free blocks leaves");
    uint64_t remote = atomic_load_explicit(&page->remote, memory_order_relaxed);
    size_t before = blocks->count;
    if (!check_free(c, page, (uint32_t)remote, blocks)) return false;
    MUST(blocks->count - before == remote >> 32,
         "the length of a stack of remote blocks is wrong");
    return check_findable(c, page);
}

/* ---- The objects of a page ---- */

/* The list that a page may stand in for this object's sake. */
static PageList list_most(GcState state) {
    if (state == GC_YOUNG) return PAGES_YOUNG;
    if (state == GC_MIDDLE) return PAGES_MIDDLE;
    if (state == gc_old_state) return PAGES_OLD;
    return PAGES_FROZEN; /* frozen or untracked */
}

/* `list` is where it is, or the first if it is on no page. */
static bool check_state(Check *c, PageList list, const Object *o) {
    GcState state = gc_state(o);
    if (type_of(o)->ops->kind == MEMORY_LEAF) {
        MUST(state == GC_UNTRACKED, "an object that is no container is tracked");
        return true;
    }
    MUST(state != GC_REACHED && state != GC_SUSPECT, "a search has left a state behind");
    MUST((state != GC_OLD_EVEN && state != GC_OLD_ODD) || state == gc_old_state,
         "an object is old by the name that is not in use");
    MUST(list <= list_most(state), "a page is in an older list than an object of it");
    if (state == GC_UNTRACKED) return true;
    MUST(!ref_is_immortal(&o->refs), "an immortal object is tracked");
    MUST(ref_trial_held(&o->refs), "a tracked object has no reference");
    return true;
}

static bool check_object(Check *c, const Page *page, const Object *o) {
    MUST(marks_load(o) & MARK_LIVE, "a block is neither free nor an object's");
    MUST(o->type < TYPE_MAX && type_of(o)->ops, "an object has no type");
    MUST(type_of(o)->ops->kind == page->kind, "an object is on a page of another kind");
    return check_state(c, (PageList)page->list, o);
}

static bool check_page(Check *c, const Page *page) {
    FreeBlocks blocks;
    if (!check_books(c, page, &blocks)) return false;
    if (page->kind == MEMORY_ARRAY) return true;
    for (size_t at = PAGE_FIRST; at < page_end(page); at += page_step(page))
        if (!is_free(&blocks, at) && !check_object(c, page, block_at(page, at)))
            return false;
    c->blocks += block_count(page);
    if (!vector_push(&c->pages, (void *)page)) c->no_memory = true;
    return true;
}

static bool is_retired(const Type *class) {
    return !(marks_load(&class->head) & MARK_LIVE);
}

static bool check_classes(Check *c) {
    for (uint32_t handle = BUILTIN_TYPES; handle < c->classes; handle++) {
        const Type *class = &types[handle];
        if (!type_is_program(class)) continue; /* made by a module in C: immortal */
        MUST(class->handle == handle && class->ops && class->shape,
             "a class is not what its place says");
        MUST(!atomic_load_explicit(&class->claimed, memory_order_relaxed),
             "a search has left a class claimed");
        if (is_retired(class)) continue;
        MUST(gc_state(&class->head) != GC_YOUNG && gc_state(&class->head) != GC_MIDDLE,
             "a class is not of the old generation");
        if (!check_state(c, PAGES_YOUNG, &class->head)) return false;
    }
    return true;
}

/* ---- The lists of a heap ---- */

/* How many pages of a heap say so of themselves. */
typedef struct Tally {
    size_t pages, queued, remote;
} Tally;

static bool check_in_list(Check *c, const Heap *heap, const Page *page, unsigned list) {
    MUST((uintptr_t)page % PAGE_BYTES == 0 && page->heap == heap,
         "a page in a heap's list is not the heap's");
    MUST(page->list == list, "a page is in another list than it says");
    MUST(page->kind < MEMORY_KINDS && page->size_class < MEMORY_CLASSES,
         "a page has no kind or size class");
    MUST((page->kind == MEMORY_CONTAINER) == (list != PAGES_OTHER),
         "a page's kind does not fit its list");
    return true;
}

static bool check_list(Check *c, const Heap *heap, unsigned list, Tally *tally) {
    const Page *before = NULL;
    for (const Page *page = heap->pages[list]; page; page = page->all_next) {
        if (!check_in_list(c, heap, page, list)) return false;
        MUST(page->all_before == before, "a list of pages is not linked both ways");
        if (!check_page(c, page)) return false;
        before = page;
        tally->pages += page->retired.bytes / PAGE_BYTES;
        tally->queued += page->queued;
        tally->remote += atomic_load_explicit(&page->remote, memory_order_relaxed) != 0;
        MUST(tally->pages <= heap->page_count, "a heap has more pages than it counts");
    }
    return true;
}

static bool check_roomy(Check *c, const Heap *heap, unsigned kind, unsigned class,
                        Tally *tally) {
    const Page *before = NULL, *current = heap->current[kind][class];
    MUST(current && (current->heap == heap || (!current->heap && !current->free)),
         "a heap's current page is not its own");
    for (const Page *page = heap->roomy[kind][class]; page; page = page->next) {
        MUST(page->heap == heap && page->queued && page->kind == kind &&
                 page->size_class == class,
             "a page is in a wrong list of pages with room");
        MUST(page->before == before, "a list of pages with room is not linked both ways");
        MUST(tally->queued--, "a page is in two lists of pages with room");
        before = page;
    }
    return true;
}

static bool check_heap(Check *c, const Heap *heap) {
    Tally tally = {0};
    for (unsigned list = 0; list < PAGE_LISTS; list++)
        if (!check_list(c, heap, list, &tally)) return false;
    MUST(tally.pages == heap->page_count, "a heap has fewer pages than it counts");
    for (unsigned kind = 0; kind < MEMORY_KINDS; kind++)
        for (unsigned class = 0; class < MEMORY_CLASSES; class ++)
            if (!check_roomy(c, heap, kind, class, &tally)) return false;
    MUST(!tally.queued, "a page says that it is in a list of those with room, and is not");
    const Page *page = atomic_load_explicit(&heap->remote, memory_order_relaxed);
    for (; page; page = page->next_remote) {
        MUST(page->heap == heap && atomic_load(&page->remote),
             "a page without remote blocks is in the stack of those with some");
        MUST(tally.remote--, "a page is twice in the stack of those with remote blocks");
    }
    MUST(!tally.remote, "remote blocks will not be found");
    return true;
}

static void visit_heap(Thread *thread, void *check) {
    Check *c = check;
    if (!c->wrong) check_heap(c, &thread->heap);
}

/* ---- References ---- */

static int by_address(const void *a, const void *b) {
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    return left < right ? -1 : left > right;
}

/* false: no memory. */
static bool know_pages(Check *c) {
    c->known = malloc((c->pages.count + 1) * sizeof *c->known);
    c->found = calloc(c->blocks + 1, sizeof *c->found);
    c->found_classes = calloc(c->classes, sizeof *c->found_classes);
    if (c->no_memory || !c->known || !c->found || !c->found_classes) return false;
    if (c->pages.count)
        qsort(c->pages.items, c->pages.count, sizeof *c->pages.items, by_address);
    uint32_t *found = c->found;
    for (size_t i = 0; i < c->pages.count; i++) {
        c->known[i] = (Known){c->pages.items[i], found};
        found += block_count(c->known[i].page);
    }
    return true;
}

static Known *search_known(Check *c, const Page *page) {
    size_t from = 0, to = c->pages.count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (c->known[middle].page == page) return &c->known[middle];
        if (c->known[middle].page < page)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* References go to the same few pages again and again. */
static Known *find_known(Check *c, const Page *page) {
    Known **recent = &c->recent[(uintptr_t)page / PAGE_BYTES % RECENT];
    if (unlikely(!*recent || (*recent)->page != page)) *recent = search_known(c, page);
    return *recent;
}

/* Of an object, or a block that could be one; else NULL. */
static uint32_t *found_of(Check *c, const Object *o) {
    size_t offset = (size_t)((const char *)o - (const char *)types);
    if (offset < c->classes * sizeof *types)
        return offset % sizeof *types ? NULL : &c->found_classes[offset / sizeof *types];
    Known *known = find_known(c, page_of(o));
    if (!known) return NULL;
    offset = (size_t)((const char *)o - (const char *)known->page);
    if (!is_block(known->page, offset)) return NULL;
    return &known->found[(offset - PAGE_FIRST) / page_step(known->page)];
}

static bool is_builtin(const Object *o) {
    return is_class(o) && !type_is_program((const Type *)o);
}

/* A container that is alive names `to`. */
static bool count_reference(Check *c, Object *to) {
    uint32_t *found = found_of(c, to);
    MUST(found, "a living object names what is no object");
    if (is_builtin(to)) return true;
    MUST(marks_load(to) & MARK_LIVE, "a living object names a freed block");
    if (ref_is_immortal(&to->refs)) return true;
    bool is_new = !(*found & SEEN);
    ++*found;
    if (gc_is_tracked(to) || type_of(to)->ops->kind != MEMORY_CONTAINER) return true;
    MUST(is_type(to, GILT_TUPLE) || is_type(to, GILT_DICT),
         "a living object names one that is dead");
    *found |= SEEN;
    if (is_new) vector_push(&c->loose, to);
    return true;
}

/* `o` is alive. */
static bool look_into(Check *c, Object *o) {
    Span spans[SPANS_MAX];
    bool may_hold = gc_is_tracked(o) || ref_is_immortal(&o->refs);
    MUST(!type_is_program(type_of(o)) || !is_retired(type_of(o)),
         "the class of a living object is dead");
    unsigned count = type_of(o)->ops->spans ? type_of(o)->ops->spans(o, spans) : 0;
    for (unsigned i = 0; i < count; i++)
        for (size_t at = 0; at < spans[i].count; at++) {
            const char *place = (const char *)spans[i].first + at * spans[i].stride;
            Object *to = span_held((const Slot *)place);
            if (!to) continue;
            if (!count_reference(c, to)) return false;
            MUST(may_hold || !gc_is_tracked(to),
                 "a container that is not tracked holds one that is");
        }
    return true;
}

/* Every object on the pages that are known, and every class; stops at a mistake. */
static bool each_object(Check *c, bool (*visit)(Check *, Object *)) {
    for (size_t i = 0; i < c->pages.count; i++) {
        const Page *page = c->pages.items[i];
        for (size_t at = PAGE_FIRST; at < page_end(page); at += page_step(page)) {
            Object *o = block_at(page, at);
            if ((marks_load(o) & MARK_LIVE) && !visit(c, o)) return false;
        }
    }
    for (uint32_t handle = BUILTIN_TYPES; handle < c->classes; handle++)
        if (!is_retired(&types[handle]) && !visit(c, &types[handle].head)) return false;
    return true;
}

static bool look_if_alive(Check *c, Object *o) {
    bool alive = gc_is_tracked(o) || ref_is_immortal(&o->refs);
    if (alive && !look_into(c, o)) return false;
    if (alive && is_class(o) && !count_reference(c, o)) return false; /* kept */
    while (c->loose.count)
        if (!look_into(c, c->loose.items[--c->loose.count])) return false;
    return true;
}

static bool compare(Check *c, Object *o) {
    int64_t found = *found_of(c, o) & ~SEEN;
    MUST(!found || ref_is_immortal(&o->refs) || ref_count(&o->refs) >= found,
         "an object has more references than are counted");
    return true;
}

static void visit_exception(Thread *thread, void *check) {
    Check *c = check;
    if (!c->wrong && thread->error) count_reference(c, thread->error);
}

static void check_references(Check *c) {
    if (!know_pages(c)) return;
    threads_each(visit_exception, c);
    if (!c->wrong && each_object(c, look_if_alive)) each_object(c, compare);
}

/* ---- All of it ---- */

static const char *verify(void) {
    Check c = {.classes = types_count()};
    threads_each(visit_heap, &c);
    if (!c.wrong && check_classes(&c)) check_references(&c);
    vector_free(&c.pages);
    vector_free(&c.loose);
    free(c.known);
    free(c.found);
    free(c.found_classes);
    return c.wrong;
}

const char *gilt_gc_verify(void) {
    stop_world("gc verify");
    ref_merge_stopped();
    const char *wrong = verify();
    resume_world();
    return wrong;
}

void gc_verify_stopped(void) {
#ifndef NDEBUG
    static size_t skip;
    if (skip && skip--) return;
    size_t pages = arena_pages();
    if (options.gc_stress)
        skip = pages; /* so that what it costs does not depend on them */
    else if (pages > SMALL_HEAP)
        skip = SELDOM;
    const char *wrong = verify();
    if (wrong) die("after a collection: %s", wrong);
#endif
}
