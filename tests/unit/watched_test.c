/* watched_test.c: a sanitizer sees the memory of our own heaps: whoever touches what is
 * free is reported, and what is in use, or may be looked at by late readers, is not. */
#include "tests/testing.h"

#include "core/memory/memory.h"

#ifdef __SANITIZE_ADDRESS__
static bool is_poisoned(void *at) { return __asan_address_is_poisoned(at); }
static const size_t sizes[] = {16, 24, 40, 64, 512, 520, 1000, 16384};

static void check_free(char *block, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) assert_int_equal(is_poisoned(block + i), i >= 16);
}

static void check_used(char *block, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) assert_false(is_poisoned(block + i));
}

TEST(what_is_free_may_not_be_touched) {
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *keeps_page = memory_new(MEMORY_ARRAY, sizes[i]);
        char *block = memory_new(MEMORY_ARRAY, sizes[i]);
        check_used(block, sizes[i]);
        memory_free(block, sizes[i]);
        check_free(block, sizes[i]);
        check_used(keeps_page, sizes[i]);
        memory_free(keeps_page, sizes[i]);
    }
}

TEST(what_is_made_again_may_be_touched) {
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int round = 0; round < 100; round++) {
            char *block = memory_new(MEMORY_LEAF, sizes[i]);
            check_used(block, sizes[i]);
            memory_free(block, sizes[i]);
        }
}

static void *given;

static void free_given(void *bytes) {
    memory_free(given, *(size_t *)bytes);
    gilt_safepoint();
}

TEST(a_stranger_frees_for_all) {
    size_t bytes = 200;
    void *keeps_page = memory_new(MEMORY_ARRAY, bytes);
    given = memory_new(MEMORY_ARRAY, bytes);
    gilt_thread_join(gilt_thread_start(free_given, &bytes));
    check_free(given, bytes);
    memory_free(keeps_page, bytes);
}

/* Pages that went to the system may come back as anything: they are not poisoned. */
TEST(large_blocks_leave_nothing_behind) {
    for (int round = 0; round < 5; round++) {
        size_t bytes = (size_t)1 << 24;
        char *block = memory_new(MEMORY_ARRAY, bytes);
        memset(block, round, bytes);
        memory_free(block, bytes);
        char *other = malloc(bytes * 2);
        memset(other, round, bytes * 2);
        assert_int_equal(other[bytes], round);
        free(other);
    }
}

/* The name of what malloc gave stands nowhere else: here it is turned round. */
static NEVER_INLINE uintptr_t name_in(void **block) {
    return ~(uintptr_t)(block[3] = malloc(100));
}
static NEVER_INLINE void free_turned(uintptr_t name) { free((void *)~name); }

TEST(what_a_used_block_names_is_no_leak_and_what_a_free_one_named_is) {
    void **block = memory_new(MEMORY_ARRAY, 64);
    memset(block, 0, 64);
    uintptr_t name = name_in(block);
    assert_int_equal(__lsan_do_recoverable_leak_check(), 0);
    memory_free(block, 64);
    print_message("(a leak is wanted)\n");
    assert_int_equal(__lsan_do_recoverable_leak_check(), 1);
    free_turned(name);
}

TESTS(test(what_is_free_may_not_be_touched), test(what_is_made_again_may_be_touched),
      test(a_stranger_frees_for_all), test(large_blocks_leave_nothing_behind),
      test(what_a_used_block_names_is_no_leak_and_what_a_free_one_named_is))
#else
static void only_address_sanitizer_can_be_asked(void **state) {
    (void)state;
    skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_address_sanitizer_can_be_asked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
#endif
