/* refcount_test.c: the contract of refcount.h, whatever the mode and policy. */
#include "core/mode.h"
#include "tests/testing.h"

static bool drop(RefCount *r) { return ref_drop(r) && ref_was_last(r); }

TEST(the_last_drop_is_told_so) {
    _Alignas(8) RefCount r;
    ref_init(&r, 0);
    assert_int_equal(ref_count(&r), 1);
    ref_add(&r);
    ref_add(&r);
    assert_int_equal(ref_count(&r), 3);
    assert_false(drop(&r));
    assert_false(drop(&r));
    assert_true(drop(&r));
}

TEST(an_immortal_count_is_never_written) {
    _Alignas(8) RefCount r, before;
    ref_init_immortal(&r, 0);
    memcpy((void *)&before, (void *)&r, sizeof r);
    assert_true(ref_is_immortal(&r));
    for (int i = 0; i < 100; i++) ref_add(&r);
    for (int i = 0; i < 300; i++) assert_false(drop(&r));
    ref_share(&r);
    assert_true(ref_try(&r));
    assert_memory_equal((void *)&before, (void *)&r, sizeof r);
    assert_true(ref_count(&r) > 1 << 30);
}

TEST(dead_counts_make_a_list) {
    static struct {
        _Alignas(8) RefCount r; /* as in an object: 8 bytes aligned, 16 apart */
    } block[3];
    RefCount *high = (RefCount *)(uintptr_t)0x7FFFFFFFFFF8;
    for (int i = 0; i < 3; i++) {
        ref_init(&block[i].r, 0);
        assert_true(drop(&block[i].r));
        ref_bury(&block[i].r, i ? &block[i - 1].r : NULL);
    }
    assert_ptr_equal(ref_next(&block[2].r), &block[1].r);
    assert_ptr_equal(ref_next(&block[1].r), &block[0].r);
    assert_null(ref_next(&block[0].r));
    ref_bury(&block[0].r, high);
    assert_ptr_equal(ref_next(&block[0].r), high);
}

TEST(marks_are_carried_for_core) {
    _Alignas(8) RefCount r;
    ref_init(&r, 0);
    assert_int_equal(r.marks, 0);
    r.marks = 0xA5;
    ref_add(&r);
    ref_share(&r);
    assert_true(ref_try(&r));
    drop(&r);
    drop(&r);
    assert_int_equal(r.marks, 0xA5);
    assert_true(drop(&r));
}

TESTS(test(the_last_drop_is_told_so), test(an_immortal_count_is_never_written),
      test(dead_counts_make_a_list), test(marks_are_carried_for_core))
