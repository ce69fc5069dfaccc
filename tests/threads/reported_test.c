/* reported_test.c: ThreadSanitizer is not blind to what it was told at the seam.
 *
 * liburcu, ConcurrencyKit and membarriers order things in ways that the sanitizer cannot
 * see, so the modes tell it (nogil/rcu.h, nogil/ck_seen.h). Saying too much would hide
 * races. So here the protocols of the seam are used by two threads, each once rightly,
 * which must be silent, and once with a step left out, which must be reported: a block that
 * is freed before its grace period, one that is published without a release, a write
 * without the lock, a touch without being attached. Each run is in a process of its own,
 * because a report ends it. */
#include "tests/testing.h"
#include "tests/sanitized.h"

#include "core/memory/memory.h"
#include "core/object/object.h"
#include "core/threads/thread.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#define REPORTED 66 /* the exit code in tests/sanitizers.c */
#define TURNS 40000

#if defined __SANITIZE_THREAD__
#define REPORTS_RACES 1
#elif defined __has_feature
#if __has_feature(thread_sanitizer)
#define REPORTS_RACES 1
#endif
#endif
#ifndef REPORTS_RACES
#define REPORTS_RACES 0
#endif

/* Runs this program again, for one body. Its exit code. A report that is wanted is not
 * shown: it would be taken for one that is not. */
static int run_alone(const char *body, bool show) {
    fflush(NULL);
    pid_t child = fork();
    if (!child) {
        if (!show) dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        execl("/proc/self/exe", "reported_test", body, NULL);
        _exit(3);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status)) fail_msg("the child died of signal %d", WTERMSIG(status));
    return WEXITSTATUS(status);
}

/* A shared block, as a container has it. */
typedef struct Block {
    Retired retired;
    uint64_t value; /* plain: only the protocol keeps it from racing */
} Block;

static Link shared_link;
static _Atomic bool over;
static _Atomic uint64_t sum;

static Block *block_new(uint64_t value) {
    Block *block = memory_new_array(sizeof *block);
    if (!block) abort();
    block->value = value;
    return block;
}

/* Relaxed, so that waiting orders nothing but time. */
static _Atomic int missing; /* threads that are not there yet */

static void begin_together(void) {
    atomic_fetch_sub_explicit(&missing, 1, memory_order_relaxed);
    while (atomic_load_explicit(&missing, memory_order_relaxed)) gilt_safepoint();
}

static void run_both(void (*first)(void *), void (*second)(void *)) {
    missing = 2;
    gilt_set_switch_interval(1e-5);
    GiltThread *a = gilt_thread_start(first, NULL), *b = gilt_thread_start(second, NULL);
    gilt_thread_join(a);
    gilt_thread_join(b);
}

static void reads(void *unused) {
    (void)unused;
    uint64_t seen = 0;
    begin_together();
    do {
        read_begin();
        Block *block = link_load(&shared_link);
        seen += block->value;
        read_end();
        gilt_safepoint();
    } while (!atomic_load_explicit(&over, memory_order_relaxed));
    sum = seen;
}

static void (*publish)(Block *fresh), (*drop)(Block *old);

static void writes(void *unused) {
    (void)unused;
    begin_together();
    for (uint64_t turn = 1; turn <= TURNS; turn++) {
        Block *old = link_peek(&shared_link);
        publish(block_new(turn));
        drop(old);
        gilt_safepoint();
    }
    atomic_store_explicit(&over, true, memory_order_relaxed);
}

/* Replaces the block again and again beside a reader. */
static void replace(void (*how_to_publish)(Block *), void (*how_to_drop)(Block *)) {
    publish = how_to_publish;
    drop = how_to_drop;
    link_init(&shared_link, block_new(1));
    run_both(reads, writes);
    if (!sum) _exit(4); /* it has read nothing, so there was nothing to report */
    retire(&((Block *)link_peek(&shared_link))->retired);
}

static void put(Block *fresh) { link_put(&shared_link, fresh); }
static void retire_block(Block *old) { retire(&old->retired); }
static void free_early(Block *old) { memory_release(&old->retired); }
static void put_silently(Block *fresh) { link_init(&shared_link, fresh); }

static void replaces_well(void) { replace(put, retire_block); }
static void frees_early(void) { replace(put, free_early); }
static void forgets_to_publish(void) { replace(put_silently, retire_block); }

/* Two threads change a plain field of one object. */
static GiltObject *object;
static uint64_t field;
static bool takes_lock, attached;

static void changes(void *unused) {
    (void)unused;
    begin_together();
    for (int turn = 0; turn < TURNS; turn++) {
        if (!attached) gilt_blocking_begin();
        if (takes_lock) object_lock(object);
        field++;
        if (takes_lock) object_unlock(object);
        if (!attached) gilt_blocking_end();
        gilt_safepoint();
    }
}

static void change_together(bool lock, bool attach) {
    object = gilt_list_new(NULL, 0);
    takes_lock = lock;
    attached = attach;
    run_both(changes, changes);
    gilt_decref(object);
    if (field != 2 * TURNS) _exit(2);
}

static void changes_with_lock(void) { change_together(true, true); }
static void changes_without_lock(void) { change_together(false, true); }
static void changes_detached(void) { change_together(false, false); }

static bool is_nogil(void) { return !strcmp(gilt_mode(), "nogil"); }

#define needs_races_reported()                                                             \
    if (!REPORTS_RACES) skip()

static void the_protocols_are_silent(void **state) {
    (void)state;
    assert_int_equal(run_alone("replaces well", true), 0);
    assert_int_equal(run_alone("changes with lock", true), 0);
}

static void an_early_free_is_reported(void **state) {
    (void)state;
    needs_races_reported();
    if (!is_nogil()) skip(); /* gil frees at once, and may */
    assert_int_equal(run_alone("frees early", false), REPORTED);
}

static void a_missing_publish_is_reported(void **state) {
    (void)state;
    needs_races_reported();
    if (!is_nogil()) skip(); /* in gil the hand-over publishes */
    assert_int_equal(run_alone("forgets to publish", false), REPORTED);
}

static void a_lock_not_taken_is_reported(void **state) {
    (void)state;
    needs_races_reported();
    assert_int_equal(run_alone("changes without lock", false), is_nogil() ? REPORTED : 0);
}

static void a_touch_while_detached_is_reported(void **state) {
    (void)state;
    needs_races_reported();
    assert_int_equal(run_alone("changes detached", false), REPORTED);
}

static const struct {
    const char *name;
    void (*run)(void);
} bodies[] = {{"replaces well", replaces_well},
              {"frees early", frees_early},
              {"forgets to publish", forgets_to_publish},
              {"changes with lock", changes_with_lock},
              {"changes without lock", changes_without_lock},
              {"changes detached", changes_detached}};

static int run_body(const char *name) {
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (!strcmp(bodies[i].name, name)) {
            if (gilt_start(NULL, 0)) return 1;
            bodies[i].run();
            gilt_finish();
            return 0;
        }
    return 3;
}

int main(int count, char **arguments) {
    if (count == 2) return run_body(arguments[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_protocols_are_silent),
        cmocka_unit_test(an_early_free_is_reported),
        cmocka_unit_test(a_missing_publish_is_reported),
        cmocka_unit_test(a_lock_not_taken_is_reported),
        cmocka_unit_test(a_touch_while_detached_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
