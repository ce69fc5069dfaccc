/* memory_map_test.c: the map of pages shows what is in use, and nothing else. */
#include "tests/testing.h"

#define ROOM 8192

static unsigned char fill[ROOM];

/* Pages on the map that hold something; all of them fit. */
static size_t pages_in_use(void) {
    size_t pages = gilt_memory_map(fill, ROOM), used = 0;
    assert_true(pages > 0 && pages <= ROOM);
    for (size_t i = 0; i < pages; i++) used += fill[i] > 0;
    return used;
}

/* Small lists, more than a thousand pages of 64 KiB with 1,000,000 of them. */
static GiltObject *lists_new(size_t count) {
    GiltObject *all = gilt_list_new(NULL, 0);
    for (size_t i = 0; i < count; i++) {
        GiltObject *one = gilt_list_new(&all, 0);
        assert_true(one && gilt_list_append(all, one));
        gilt_decref(one);
    }
    return all;
}

TEST(more_objects_are_more_pages) {
    size_t before = pages_in_use();
    GiltObject *lists = lists_new(100000);
    size_t bytes = gilt_memory().block_bytes;
    size_t between = pages_in_use();
    assert_true(between > before + 30);
    assert_true(between * 65536 >= bytes);
    gilt_decref(lists);
    assert_true(pages_in_use() <= before + 2);
}

TEST(full_pages_are_full_and_thinned_ones_are_not) {
    GiltObject *lists = lists_new(100000), *kept = gilt_list_new(NULL, 0);
    size_t pages = gilt_memory_map(fill, ROOM), full = 0, thin = 0;
    for (size_t i = 0; i < pages; i++) full += fill[i] >= 95;
    assert_true(full > 30);
    for (size_t i = 0; i < 100000; i += 64) {
        GiltObject *one = gilt_list_get(lists, (ssize_t)i);
        assert_true(gilt_list_append(kept, one));
        gilt_decref(one);
    }
    gilt_decref(lists);
    pages = gilt_memory_map(fill, ROOM);
    for (size_t i = 0; i < pages; i++) thin += fill[i] >= 1 && fill[i] <= 3;
    assert_true(thin > 30);
    gilt_decref(kept);
}

TEST(no_more_is_written_than_there_is_room_for) {
    size_t pages = gilt_memory_map(NULL, 0);
    assert_true(pages > 16);
    memset(fill, 222, sizeof fill);
    assert_int_equal(gilt_memory_map(fill, 16), pages);
    for (size_t i = 0; i < 16; i++) assert_true(fill[i] <= 100);
    for (size_t i = 16; i < ROOM; i++) assert_int_equal(fill[i], 222);
}

TEST(a_block_with_pages_of_its_own_is_on_the_map) {
    static const size_t sizes[] = {1 << 20, 100 << 20}; /* in a chunk, and outside */
    for (int i = 0; i < 2; i++) {
        size_t before = pages_in_use();
        void *data = calloc(1, sizes[i]);
        GiltObject *bytes = gilt_bytes_new(data, sizes[i]);
        free(data);
        assert_non_null(bytes);
        size_t between = pages_in_use(), large = sizes[i] / 65536;
        assert_true(between >= before + large && between <= before + large + 2);
        gilt_decref(bytes);
        assert_true(pages_in_use() <= before + 1);
    }
}

static void make_lists(void *place) { *(GiltObject **)place = lists_new(50000); }

TEST(pages_of_all_threads_are_on_the_map) {
    size_t before = pages_in_use();
    GiltObject *lists = NULL;
    GiltThread *thread = gilt_thread_start(make_lists, &lists);
    assert_true(thread && gilt_thread_join(thread));
    assert_true(pages_in_use() > before + 15);
    gilt_decref(lists);
    assert_true(pages_in_use() <= before + 4);
}

TESTS(test(more_objects_are_more_pages), test(full_pages_are_full_and_thinned_ones_are_not),
      test(no_more_is_written_than_there_is_room_for),
      test(a_block_with_pages_of_its_own_is_on_the_map),
      test(pages_of_all_threads_are_on_the_map))
