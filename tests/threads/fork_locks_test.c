/* fork_locks_test.c: a fork waits until nobody is inside of a mutex of the runtime. Threads
 * that gilt does not know, so that no stop of the world holds them, are inside of one
 * nearly all the time; in the child, where they are not, it must be free. */
#include "core/threads/parking.h"
#include "core/threads/stop.h"
#include "tests/threads/forking.h"
#include <signal.h>

enum { TIMES = 20, SECONDS = 20 };

static void linger(Thread *thread, void *unused) {
    (void)thread, (void)unused;
    for (volatile int i = 0; i < 2000; i++) continue;
}

static void linger_in_chunk(char *base, size_t pages, void *unused) {
    (void)base, (void)pages;
    linger(NULL, unused);
}

static void linger_at_address(void *address, bool woken, bool more) {
    (void)address, (void)woken, (void)more;
    linger(NULL, NULL);
}

static void in_registry(void) { threads_each(linger, NULL); }
static void in_arena(void) { arena_each_chunk(linger_in_chunk, NULL); }
static void in_parking(void) { unpark_one(&over, linger_at_address); }

static void *stay(void *inside) {
    while (!atomic_load(&over)) ((void (*)(void))inside)();
    return NULL;
}

/* 0, or what the child ended with. It may hang before it comes to an alarm of its own. */
static int end_of(pid_t child) {
    int status = -1;
    for (int i = 0; i < SECONDS * 100 && !waitpid(child, &status, WNOHANG); i++)
        usleep(10000);
    if (status != -1) return status;
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return status;
}

/* Before the fork takes the next mutex others get into those that it has not. */
static void let_others_in(ChaosPoint point) {
    if (point == CHAOS_FORK) usleep(500);
}

static void with_pauses(void (*visit)(ChaosPoint)) {
#ifdef CHAOS
    atomic_store(&chaos_visit, visit);
#else
    (void)visit;
#endif
}

static int fork_and_go_in(void (*where)(void)) {
    pid_t child = fork();
    if (child) return child < 0 ? -1 : end_of(child);
    where();
    _exit(0);
}

static void fork_while_somebody_is(void (*where)(void)) {
    pthread_t thread;
    int failed = 0;
    atomic_store(&over, false);
    assert_int_equal(pthread_create(&thread, NULL, stay, (void *)where), 0);
    with_pauses(let_others_in);
    for (int i = 0; i < TIMES && !failed; i++) failed += fork_and_go_in(where) != 0;
    with_pauses(NULL);
    atomic_store(&over, true);
    pthread_join(thread, NULL);
    assert_int_equal(failed, 0);
}

TEST(nobody_is_in_the_registry_of_threads) { fork_while_somebody_is(in_registry); }
TEST(nobody_is_in_the_arena) { fork_while_somebody_is(in_arena); }
TEST(nobody_is_in_a_queue_of_waiters) { fork_while_somebody_is(in_parking); }

int main(void) {
    const struct CMUnitTest tests[] = {fork_test(nobody_is_in_the_registry_of_threads),
                                       fork_test(nobody_is_in_the_arena),
                                       fork_test(nobody_is_in_a_queue_of_waiters)};
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
