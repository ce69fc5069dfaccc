/* map.c: a map of all pages, with how full each is: what a program keeps of the memory that
 * it has given up, and why.
 *
 * In order of address stand the chunks of the arena, with all their pages, and the runs of
 * pages too large for a chunk. A page that no heap has counts as empty: but for the few
 * that the arena keeps warm, those are back with the system. Made while the world is
 * stopped. */
#include "core/memory/arena.h"
#include "core/mode.h"
#include "core/threads/thread.h"
#include <stdlib.h>
#include <string.h>

typedef struct Region {
    const char *base;
    size_t pages, first; /* first: where on the map it begins */
} Region;

typedef struct Map {
    Region *regions;
    size_t count, room;
    unsigned char *fill;
    size_t fill_room;
    bool failed;
} Map;

static void add_region(char *base, size_t pages, void *data) {
    Map *map = data;
    if (map->count == map->room) {
        size_t room = map->room ? 2 * map->room : 64;
        Region *regions = realloc(map->regions, room * sizeof *regions);
        if (!regions) {
            map->failed = true;
            return;
        }
        map->regions = regions;
        map->room = room;
    }
    map->regions[map->count++] = (Region){base, pages, 0};
}

static size_t pages_of(const Page *page) { return page->retired.bytes / PAGE_BYTES; }

static void add_large_runs(Thread *thread, void *map) {
    for (Page *page = heap_first(&thread->heap); page; page = page_after(page))
        if (pages_of(page) > ARENA_LARGE) add_region((char *)page, pages_of(page), map);
}

static int compare(const void *a, const void *b) {
    const char *x = ((const Region *)a)->base, *y = ((const Region *)b)->base;
    return (x > y) - (x < y);
}

/* Gives each region its place on the map. Returns the size of the map. */
static size_t lay_out(Map *map) {
    size_t first = 0;
    if (map->count) qsort(map->regions, map->count, sizeof *map->regions, compare);
    for (size_t i = 0; i < map->count; i++) {
        map->regions[i].first = first;
        first += map->regions[i].pages;
    }
    return first;
}

/* The region that the page is in: the last that does not begin behind it. */
static const Region *find_region(const Map *map, const void *page) {
    size_t from = 0, to = map->count;
    while (to - from > 1) {
        size_t middle = (from + to) / 2;
        if ((const char *)page < map->regions[middle].base)
            to = middle;
        else
            from = middle;
    }
    return &map->regions[from];
}

/* In percent; 0 only if no block is in use. */
static unsigned char fill_of(const Page *page) {
    if (!page->block_bytes) return 100;
    size_t percent = (size_t)page->used * page->block_bytes * 100 / PAGE_BYTES;
    return (unsigned char)(page->used && !percent ? 1 : percent);
}

static void fill_in(Thread *thread, void *data) {
    Map *map = data;
    for (Page *page = heap_first(&thread->heap); page; page = page_after(page)) {
        const Region *region = find_region(map, page);
        size_t at = (size_t)((char *)page - region->base) / PAGE_BYTES + region->first;
        for (size_t i = at; i < at + pages_of(page) && i < map->fill_room; i++)
            map->fill[i] = fill_of(page);
    }
}

size_t gilt_memory_map(unsigned char *fill, size_t room) {
    Map map = {.fill = fill, .fill_room = room};
    size_t pages = 0;
    gilt_memory(); /* takes back what other threads have freed */
    world_stop();
    arena_each_chunk(add_region, &map);
    threads_each(add_large_runs, &map);
    if (!map.failed) {
        pages = lay_out(&map);
        if (room) memset(fill, 0, room);
        if (map.count) threads_each(fill_in, &map);
    }
    world_resume();
    free(map.regions);
    return pages;
}
