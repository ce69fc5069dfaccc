/* held_remote_test.c: a stranger is held while it gives a block back, and another gives one
 * back meanwhile: the owner gets both (core/memory/memory.c, remote_push). */
#include "core/memory/memory.h"
#include "tests/threads/held.h"

enum { BYTES = 1000 };

static void *first, *second, *third; /* of one page */

static void give_first(void) { memory_free(first, BYTES); }
static void give_second(void) {
    held_arm();
    memory_free(second, BYTES);
}
static void give_third(void) { memory_free(third, BYTES); }

/* With the first the page stands in its heap's stack, where it is to come once. */
TEST(a_block_that_comes_while_another_is_given_back_is_not_lost) {
    ONLY_NOGIL;
    hold_begin();
    first = memory_new(MEMORY_ARRAY, BYTES);
    second = memory_new(MEMORY_ARRAY, BYTES);
    third = memory_new(MEMORY_ARRAY, BYTES);
    assert_true(first && second && third);
    assert_ptr_equal(page_of(first), page_of(second));
    assert_ptr_equal(page_of(first), page_of(third));
    other_start(give_first);
    other_join();
    held_start(give_second, CHAOS_GIVE, 0);
    held_await();
    others = 0;
    other_start(give_third);
    other_join();
    held_release();
    hold_end(); /* and each test counts the blocks in the end */
}

TESTS(test(a_block_that_comes_while_another_is_given_back_is_not_lost))
