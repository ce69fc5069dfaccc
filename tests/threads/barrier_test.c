/* barrier_test.c: two threads each say something and then look what the other says, and one
 * of them must see the other; a barrier that is missing shows if what one says is held up
 * on its way to memory. So before it speaks it writes to many lines that are in no cache,
 * which go first. Which round shows it, and whether one does, is up to the machine. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/threads/counted.h"
#include <sched.h>

#ifdef __SANITIZE_THREAD__
enum { ROUNDS = 500, COLD = 20 };
#else
enum { ROUNDS = 20000, COLD = 20 };
#endif
enum { LINES = 1 << 16, STRIDE = 4096 + 64 };

static GiltObject *objects[ROUNDS];
static long plain[ROUNDS]; /* only touched with the object's lock */
static atomic_int turn, answered;
static char *cold;

static void write_cold_lines(int round) {
    for (int i = 0; round % 4 == 0 && i < COLD; i++)
        cold[(size_t)(round * COLD + i) * STRIDE % ((size_t)LINES * 64)] = 1;
}

/* With a GIL one of the two has it, and there is nothing to see. */
#define NOT_IN_GIL                                                                         \
    do {                                                                                   \
        if (!strcmp(gilt_mode(), "gil")) skip();                                           \
    } while (0)

/* The other thread may have no core of its own. */
static void await(atomic_int *what, int round) {
    for (int k = 1; atomic_load(what) < round; k++) {
        cpu_relax();
        if (k % 1000) continue;
        gilt_safepoint();
        sched_yield();
    }
}

static void delay(int round) {
    for (volatile int i = round % 64; i > 0; i--) continue;
}

/* ---- The owner of a lock, and a stranger that ends its bias (nogil/lock.h [1]) ---- */

static void own(void *unused) {
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) objects[i] = gilt_list_new(NULL, 0);
    for (int i = 0; i < ROUNDS; i++) {
        await(&answered, i);
        atomic_store(&turn, i + 1);
        write_cold_lines(i);
        object_lock(objects[i]);
        plain[i]++;
        object_unlock(objects[i]);
        safepoint();
    }
    await(&answered, ROUNDS); /* nobody adopts what is still in use */
}

static void intrude(void *unused) {
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        await(&turn, i + 1);
        delay(i);
        object_lock(objects[i]);
        plain[i]++;
        object_unlock(objects[i]);
        atomic_store(&answered, i + 1);
    }
}

static void run_both(void (*one)(void *), void (*other)(void *)) {
    cold = calloc(LINES, 64);
    atomic_store(&turn, 0);
    atomic_store(&answered, 0);
    GiltThread *first = gilt_thread_start(one, NULL);
    GiltThread *second = gilt_thread_start(other, NULL);
    assert_true(gilt_thread_join(first) && gilt_thread_join(second));
    free(cold);
}

TEST(an_owner_and_a_stranger_do_not_both_get_in) {
    NOT_IN_GIL;
    memset(plain, 0, sizeof plain);
    run_both(own, intrude);
    for (int i = 0; i < ROUNDS; i++) {
        assert_int_equal(plain[i], 2);
        decref(objects[i]);
    }
}

/* ---- A thread that detaches, and one that drops for it (nogil/world.h) ---- */

static atomic_int away;

static void make_and_block(void *unused) {
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) objects[i] = counted_new();
    for (int i = 0; i < ROUNDS; i++) {
        atomic_store(&turn, i + 1);
        write_cold_lines(i);
        gilt_blocking_begin();
        atomic_store(&away, i + 1);
        while (atomic_load(&answered) <= i) sched_yield();
        gilt_blocking_end();
    }
}

/* When both are done one of them has seen to it that the object dies. */
static void drop_for_other(void *unused) {
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        await(&turn, i + 1);
        delay(i);
        gilt_decref(objects[i]);
        await(&away, i + 1);
        gilt_safepoint();
        check(atomic_load(&died) == i + 1);
        atomic_store(&answered, i + 1);
    }
}

TEST(who_detaches_or_who_drops_for_it_sees_the_other) {
    NOT_IN_GIL;
    counted_begin();
    atomic_store(&wrong, 0);
    atomic_store(&away, 0);
    gilt_gc_disable();
    run_both(make_and_block, drop_for_other);
    gilt_gc_enable();
    counted_end();
}

TESTS(test(an_owner_and_a_stranger_do_not_both_get_in),
      test(who_detaches_or_who_drops_for_it_sees_the_other))
