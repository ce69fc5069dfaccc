/* scenes.c: the scenes that take time, and those that take memory. */
#include "workloads/collector/scenes.h"
#include "workloads/micro/cycles.h"
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static GiltObject *heap;

static uint64_t clock_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void put_time(FILE *answer, uint64_t since) {
    fprintf(answer, " nanoseconds=%" PRIu64, clock_now() - since);
}

static void end(void) {
    drop(&heap);
    nodes_teardown();
}

/* ---- A full collection ---- */

static bool full_begin(size_t size) {
    if (!nodes_setup()) return false;
    gilt_gc_disable();
    return (heap = heap_new_old(size));
}

/* The same number of instances and lists, none of which refers to another. */
static bool leaves_begin(size_t size) {
    if (!nodes_setup()) return false;
    gilt_gc_disable();
    heap = gilt_list_new(NULL, 0);
    for (size_t i = 0; heap && i < size / 2; i++) {
        GiltObject *number = gilt_int((int64_t)i);
        bool ok = number && put_last(heap, node_new(number, number)) &&
                  put_last(heap, gilt_list_new(&number, 1));
        gilt_decref(number);
        if (!ok) return false;
        gilt_safepoint();
    }
    return heap && gilt_gc_collect(2) >= 0;
}

static bool full_sample(size_t size, FILE *answer) {
    (void)size;
    uint64_t start = clock_now();
    ssize_t found = gilt_gc_collect(2);
    put_time(answer, start);
    fprintf(answer, " found=%zd", found);
    return found >= 0;
}

/* ---- The youngest, with 4,000 dead ---- */

static bool young_sample(size_t size, FILE *answer) {
    (void)size;
    uint64_t sum = 0;
    if (!nodes_drop_pairs(2000, &sum)) return false;
    uint64_t start = clock_now();
    ssize_t found = gilt_gc_collect(0);
    put_time(answer, start);
    fprintf(answer, " found=%zd", found);
    return found >= 0;
}

/* ---- 600,000 objects in cycles, the collector running by itself ---- */

static bool churn_begin(size_t size) {
    if (!nodes_setup()) return false;
    return !size || (heap = heap_new_old(size));
}

static bool churn_sample(size_t size, FILE *answer) {
    (void)size;
    uint64_t sum = 0, start = clock_now();
    if (!nodes_drop_pairs(300000, &sum)) return false;
    put_time(answer, start);
    return true;
}

/* ---- A list that grows ---- */

static bool grow_begin(size_t size) {
    (void)size;
    return nodes_setup();
}

static bool grow_uncollected_begin(size_t size) {
    gilt_gc_disable();
    return grow_begin(size);
}

static bool grow_sample(size_t size, FILE *answer) {
    GiltObject *none = gilt_none();
    uint64_t start = clock_now();
    heap = gilt_list_new(NULL, 0);
    for (size_t i = 0; heap && i < size; i++) {
        GiltObject *number = gilt_int((int64_t)i);
        if (!number || !put_last(heap, node_new(number, none))) drop(&heap);
        gilt_decref(number);
        gilt_safepoint();
    }
    put_time(answer, start);
    gilt_decref(none);
    return heap != NULL;
}

/* ---- What comes back ---- */

static size_t resident_bytes(void) {
    size_t whole, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) return 0;
    if (fscanf(file, "%zu %zu", &whole, &resident) != 2) resident = 0;
    fclose(file);
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

static void put_memory(FILE *answer, const char *when) {
    GiltMemory memory = gilt_memory();
    fprintf(answer, " pages_%s=%zu resident_%s=%zu", when, memory.pages, when,
            resident_bytes());
}

/* A character for each page: . holds nothing, 1 to 9 the more the fuller. */
static bool put_map(FILE *answer) {
    size_t room = gilt_memory_map(NULL, 0) + 1024;
    unsigned char *fill = malloc(room);
    if (!fill) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t pages = gilt_memory_map(fill, room);
    fputs(" map=", answer);
    for (size_t i = 0; i < pages && i < room; i++)
        putc(fill[i] ? '1' + (fill[i] - 1) * 9 / 100 : '.', answer);
    free(fill);
    return true;
}

static bool keep_some(size_t one_in, GiltObject **kept) {
    size_t size = gilt_list_size(heap);
    *kept = gilt_list_new(NULL, 0);
    for (size_t i = 0; *kept && i < size; i += one_in)
        if (!put_last(*kept, gilt_list_get(heap, (ssize_t)i))) return false;
    return *kept != NULL;
}

static bool memory_run(size_t size, size_t one_in, FILE *answer) {
    GiltObject *kept = NULL;
    put_memory(answer, "before");
    if (!(heap = heap_new(size))) return false;
    put_memory(answer, "full");
    bool ok = !one_in || keep_some(one_in, &kept);
    drop(&heap);
    ok = ok && gilt_gc_collect(2) >= 0;
    put_memory(answer, "after");
    ok = ok && put_map(answer);
    gilt_decref(kept);
    return ok;
}

static bool memory_begin(size_t size) {
    (void)size;
    return nodes_setup();
}

static bool dropped_sample(size_t size, FILE *answer) {
    return memory_run(size, 0, answer);
}

static bool kept_sample(size_t size, FILE *answer) { return memory_run(size, 64, answer); }

const Scene scenes[] = {
    {"full", false, full_begin, full_sample, end},
    {"full-leaves", false, leaves_begin, full_sample, end},
    {"young", false, full_begin, young_sample, end},
    {"churn", false, churn_begin, churn_sample, end},
    {"grow", true, grow_begin, grow_sample, end},
    {"grow-uncollected", true, grow_uncollected_begin, grow_sample, end},
    {"counts", true, counts_begin, counts_sample, counts_end},
    {"memory-dropped", true, memory_begin, dropped_sample, end},
    {"memory-kept", true, memory_begin, kept_sample, end},
    {NULL, false, NULL, NULL, NULL},
};
