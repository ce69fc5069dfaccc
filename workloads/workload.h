/* workload.h: what a workload is. One C file in workloads/micro/ is one workload; it
 * includes this header and ends with WORKLOAD(name) = {...}; the Makefile finds it.
 *
 * The runner calls, on the main thread, setup; then starts the threads, and on each of
 * them calls begin, then batch as often as every other thread, then end; then, on the main
 * thread again, teardown. A single thread is the main thread itself. As processes, each
 * does all this alone, with one thread, number 0. All are attached to gilt (but for the
 * batches of a CONTROL), and any may be NULL but batch. What is private to a thread is
 * made in `begin`, so that the thread owns it.
 *
 * A batch does `operations` operations and gives a checksum of what it computed. The
 * checksum must be the same for each batch, thread, mode and number of threads: the runner
 * compares them all. Use gilt_safepoint() in each loop. */
#pragma once
#include "core/gilt.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct Workload {
    const char *name;    /* as on the command line: lower case, with dashes */
    const char *title;   /* one line for --list */
    uint64_t operations; /* in one batch of 0.2 to 5 ms; setup may set it, too */
    enum {
        PRIVATE,
        SHARED,
        CONTROL
    } data;          /* do threads share objects? CONTROL: no objects */
    bool fork_alone; /* procs: not meaningful, because threads must meet */
    /* `count` texts are the user's arguments after -- on the command line. false: an
     * exception is set. */
    bool (*setup)(int threads, char **arguments, int count);
    bool (*begin)(int thread);
    bool (*batch)(int thread, uint64_t *checksum);
    void (*end)(int thread);
    void (*teardown)(void);
    struct Workload *next; /* set by the registry */
} Workload;

void workload_register(Workload *workload);

#define WORKLOAD(id)                                                                       \
    static Workload workload_##id;                                                         \
    __attribute__((constructor)) static void register_##id(void) {                         \
        workload_register(&workload_##id);                                                 \
    }                                                                                      \
    static Workload workload_##id

/* For checksums: mixes one more value into a sum, order matters. */
static inline uint64_t mix(uint64_t sum, uint64_t value) {
    sum ^= value + UINT64_C(0x9E3779B97F4A7C15) + (sum << 6) + (sum >> 2);
    return sum * UINT64_C(0xBF58476D1CE4E5B9);
}
