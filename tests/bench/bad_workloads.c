/* bad_workloads.c: workloads that do each thing wrong that the runner must notice. Linked
 * with the worker instead of workloads/micro/ by bench.t, and nowhere else. */
#include "workloads/workload.h"
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int threads_told;

static bool remember_threads(int threads, char **arguments, int count) {
    (void)arguments, (void)count;
    threads_told = threads;
    return true;
}

static uint64_t work(uint64_t sum) {
    for (uint64_t i = 0; i < 1000; i++) sum = mix(sum, i);
    gilt_safepoint();
    return sum;
}

static bool good(int thread, uint64_t *checksum) {
    (void)thread;
    *checksum = work(1);
    return true;
}

static bool wrong_thread(int thread, uint64_t *checksum) {
    *checksum = work((uint64_t)thread);
    return true;
}

static bool wrong_count(int thread, uint64_t *checksum) {
    (void)thread;
    *checksum = work((uint64_t)threads_told);
    return true;
}

static bool wrong_batch(int thread, uint64_t *checksum) {
    static _Thread_local uint64_t batches;
    (void)thread;
    *checksum = work(batches++ == 3);
    return true;
}

static bool raises(int thread, uint64_t *checksum) {
    (void)thread, (void)checksum;
    gilt_raise(GILT_VALUE_ERROR, "two\nlines");
    return false;
}

/* Thread 0 raises while the others wait for ever. */
static bool leaves_others(int thread, uint64_t *checksum) {
    if (!thread) return raises(thread, checksum);
    gilt_blocking_begin();
    for (;;) pause();
}

static bool crashes(int thread, uint64_t *checksum) {
    (void)thread, (void)checksum;
    raise(SIGKILL);
    return false;
}

static void crash_at_end(int thread) {
    (void)thread;
    raise(SIGKILL);
}

static bool wants_argument(int threads, char **arguments, int count) {
    (void)threads;
    if (count == 1 && !strcmp(arguments[0], "--this")) return true;
    gilt_raise(GILT_OS_ERROR, "no such file: %s", count ? arguments[0] : "none");
    return false;
}

#define BAD(id, text, function, ...)                                                       \
    WORKLOAD(id) = {.name = text,                                                          \
                    .title = text,                                                         \
                    .operations = 1000,                                                    \
                    .data = PRIVATE,                                                       \
                    .setup = remember_threads,                                             \
                    .batch = function,                                                     \
                    __VA_ARGS__}

BAD(good, "good", good, );
BAD(wrong_thread, "wrong-thread", wrong_thread, );
BAD(wrong_count, "wrong-count", wrong_count, );
BAD(wrong_batch, "wrong-batch", wrong_batch, );
BAD(raises, "raises", raises, );
BAD(leaves_others, "leaves-others", leaves_others, );
BAD(crashes, "crashes", crashes, );
BAD(crashes_late, "crashes-late", good, .end = crash_at_end);

WORKLOAD(wants_argument) = {.name = "wants-argument",
                            .title = "wants --this",
                            .operations = 1000,
                            .data = PRIVATE,
                            .setup = wants_argument,
                            .batch = good};

WORKLOAD(meets) = {.name = "meets",
                   .title = "threads must meet",
                   .operations = 1000,
                   .data = SHARED,
                   .fork_alone = true,
                   .batch = good};
