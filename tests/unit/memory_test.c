/* memory_test.c: blocks do not overlap, come back, and their pages go back. */
#include "core/memory/memory.h"
#include "tests/testing.h"

TEST(a_size_class_is_never_smaller_than_the_size) {
    unsigned last = 0;
    for (size_t bytes = 16; bytes <= MEMORY_SMALL; bytes++) {
        unsigned class = size_class(bytes);
        assert_true(class == last || class == last + 1 || bytes == 16);
        assert_true(class < MEMORY_CLASSES);
        last = class;
    }
}

/* Fills each block with a pattern of its own and checks all of them before freeing. */
static void fill_and_check(size_t bytes, size_t count) {
    unsigned char **blocks = calloc(count, sizeof *blocks);
    for (size_t i = 0; i < count; i++) {
        blocks[i] = memory_new(MEMORY_ARRAY, bytes);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 8, 0);
        memset(blocks[i], (int)(i * 7 + bytes), bytes);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < bytes; at++)
            if (blocks[i][at] != (unsigned char)(i * 7 + bytes)) fail_msg("overlap");
    for (size_t i = 0; i < count; i++) memory_free(blocks[i], bytes);
    free(blocks);
}

TEST(blocks_of_every_size_do_not_overlap) {
    for (size_t bytes = 16; bytes <= 1100; bytes += 8) fill_and_check(bytes, 150);
    for (size_t bytes = 1200; bytes <= 70000; bytes = bytes * 5 / 4)
        fill_and_check(bytes, 20);
    fill_and_check(3 << 20, 3);
    fill_and_check(40 << 20, 2);
}

TEST(empty_pages_go_back) {
    enum { COUNT = 200000 };
    size_t before = gilt_memory().pages;
    void **blocks = calloc(COUNT, sizeof *blocks);
    for (int i = 0; i < COUNT; i++) blocks[i] = memory_new(MEMORY_LEAF, 48);
    size_t full = gilt_memory().pages;
    assert_true(full - before >= COUNT * 48 / PAGE_BYTES);
    for (int i = 0; i < COUNT; i++) memory_free(blocks[i], 48);
    assert_true(gilt_memory().pages <= before + 2);
    free(blocks);
}

typedef struct Exchange {
    void *blocks[5000];
} Exchange;

static void free_all(void *argument) {
    Exchange *exchange = argument;
    for (int i = 0; i < 5000; i++) memory_free(exchange->blocks[i], 64);
}

TEST(a_block_may_be_freed_by_another_thread) {
    static Exchange exchange;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 5000; i++) {
            exchange.blocks[i] = memory_new(MEMORY_LEAF, 64);
            memset(exchange.blocks[i], 0, 64);
        }
        GiltThread *thread = gilt_thread_start(free_all, &exchange);
        assert_non_null(thread);
        assert_true(gilt_thread_join(thread));
    }
    assert_true(gilt_memory().pages < 5000 * 64 / PAGE_BYTES * 3 + 30);
}

TEST(a_size_beyond_all_memory_is_refused) {
    assert_null(memory_new(MEMORY_LEAF, SIZE_MAX / 2));
    assert_null(memory_new(MEMORY_LEAF, SIZE_MAX - 100));
    assert_null(memory_new_array(SIZE_MAX - 3));
}

TESTS(test(a_size_class_is_never_smaller_than_the_size),
      test(blocks_of_every_size_do_not_overlap), test(empty_pages_go_back),
      test(a_block_may_be_freed_by_another_thread),
      test(a_size_beyond_all_memory_is_refused))
