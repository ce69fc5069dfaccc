/* held_reader_test.c: a reader without a lock is held between what it saw and what it
 * counts, and meanwhile what it saw is replaced, dies, and is something else; nor is the
 * memory that it stands in used for anything else before it has gone on. */
#include "core/memory/arena.h"
#include "core/options.h"
#include "core/types/list.h"
#include "core/types/table.h"
#include "tests/threads/held.h"

static GiltObject *list, *dict, *weak, *next, *next_weak, *got;
static atomic_bool reading;

static GiltObject *list_of(GiltObject *item) {
    GiltObject *made = gilt_list_new(&item, 1);
    gilt_decref(item);
    return made;
}

static void read_list(void) {
    held_arm();
    got = gilt_list_get(list, 0);
}

static void read_weak(void) {
    held_arm();
    got = gilt_weakref_get(weak);
}

static void read_dict(void) {
    GiltObject *key = gilt_int(1);
    held_arm();
    got = gilt_dict_get(dict, key);
    gilt_decref(key);
}

/* An object in the block of the one that has just died, which others may count. */
static void reuse_block(GiltObject *dead) {
    next = counted_new();
    check(next == dead || strcmp(reclaim_policy(), "page"));
    next_weak = gilt_weakref_new(next, NULL);
}

static void drop_next(void) {
    gilt_decref(next);
    gilt_decref(next_weak);
}

/* The item of the list dies, and another one takes its place in the list. */
static GiltObject *replace_item(GiltObject *item) {
    GiltObject *other = counted_new();
    check(gilt_list_set(list, 0, other));
    reuse_block(item);
    return other;
}

static void finish_list(GiltObject *expected) {
    held_release();
    assert_ptr_equal(got, expected);
    gilt_decref(got);
    gilt_decref(expected);
    gilt_decref(list);
    drop_next();
    hold_end();
}

/* ---- What is in the slot is in the list ---- */

enum { LAST = 39 };
static _Thread_local bool appends;
static atomic_bool has_read;
static size_t size_after;

static void read_last(void) {
    held_arm();
    got = gilt_list_get(list, LAST);
    size_after = gilt_list_size(list);
    gilt_error_clear();
    atomic_store(&has_read, true);
}

/* Who appends has filled the slot, and lets the reader read before the size is written. */
static void visit_append(ChaosPoint point) {
    held_visit(point);
    if (!appends || point != CHAOS_PUT) return;
    appends = false;
    held_let_go();
    while (!atomic_load(&has_read)) sched_yield();
}

static void append_while_it_reads(void) {
#ifdef CHAOS
    atomic_store(&chaos_visit, visit_append);
#else
    (void)visit_append;
#endif
    appends = true;
    check(gilt_list_append(list, gilt_bool(true)));
}

TEST(an_item_is_not_got_before_the_list_is_that_long) {
    ONLY_NOGIL;
    hold_begin();
    atomic_store(&has_read, false);
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i <= LAST; i++) gilt_list_append(list, gilt_none());
    held_start(read_last, CHAOS_LINK, 0);
    held_await();
    gilt_decref(gilt_list_pop(list, LAST));
    append_while_it_reads();
    held_join();
    assert_true(!got || size_after > LAST);
    gilt_decref(got);
    gilt_decref(list);
    hold_end();
}

/* ---- Items that move ---- */

static void (*move)(void);

static void insert_first(void) { check(gilt_list_insert(list, 0, gilt_none())); }
static void pop_first(void) { gilt_decref(gilt_list_pop(list, 0)); }
static void reverse(void) { check(gilt_list_reverse(list)); }

static void move_held(void) {
    held_arm();
    move();
}

static void read_moving(void) {
    other_arm();
    gilt_decref(gilt_list_get(list, 2));
}

static void read_while(void (*moves)(void)) {
    hold_begin();
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 10; i++) gilt_list_append(list, gilt_none());
    move = moves;
    held_start(move_held, CHAOS_PUT, 3);
    held_await();
    other_start(read_moving);
    check(other_waits());
    held_release();
    other_join();
    gilt_decref(list);
    hold_end();
}

TEST(nobody_reads_a_list_while_its_items_move) {
    ONLY_NOGIL;
    read_while(insert_first);
    read_while(pop_first);
    read_while(reverse);
}

/* ---- What was counted is what is in the slot ---- */

TEST(another_object_in_the_same_block_is_not_taken_for_the_item) {
    ONLY_NOGIL;
    hold_begin();
    GiltObject *item = counted_new();
    list = list_of(item);
    held_start(read_list, CHAOS_LOAD, 0);
    held_await();
    finish_list(replace_item(item));
}

static void grow_list(void) {
    for (int i = 0; i < 100; i++) check(gilt_list_append(list, gilt_none()));
}

TEST(a_slot_of_an_array_that_was_replaced_is_not_believed) {
    ONLY_NOGIL;
    hold_begin();
    GiltObject *item = counted_new();
    list = list_of(item);
    held_start(read_list, CHAOS_LINK, 0);
    held_await();
    grow_list();
    finish_list(replace_item(item));
}

TEST(a_weak_reference_does_not_give_what_came_after_its_referent) {
    ONLY_NOGIL;
    hold_begin();
    GiltObject *referent = counted_new();
    weak = gilt_weakref_new(referent, NULL);
    held_start(read_weak, CHAOS_LOAD, 0);
    held_await();
    gilt_decref(referent);
    reuse_block(referent);
    held_release();
    assert_null(got);
    gilt_decref(weak);
    drop_next();
    hold_end();
}

/* ---- What was counted in vain ---- */

static GiltObject *check_not_reading(void *data, GiltObject *const *arguments,
                                     size_t count) {
    (void)data, (void)arguments, (void)count;
    check(!atomic_load(&reading));
    return gilt_none();
}

static void read_and_note(void) {
    held_arm();
    atomic_store(&reading, true);
    got = gilt_list_get(list, 0);
    atomic_store(&reading, false);
    gilt_safepoint();
}

/* The reader has the last reference, and drops it in the middle of its read. */
TEST(what_a_reader_counted_in_vain_dies_after_the_read) {
    ONLY_NOGIL;
    hold_begin();
    GiltObject *function = gilt_function_new("__del__", check_not_reading, NULL);
    GiltObject *class = gilt_class_new("Noted", NULL, NULL);
    assert_true(gilt_set_attr(class, gilt_intern("__del__"), function));
    gilt_decref(function);
    testing_blocks = gilt_memory().blocks; /* the class stays */
    GiltObject *item = gilt_instance_new(class);
    weak = gilt_weakref_new(item, NULL);
    list = list_of(item);
    held_start(read_and_note, CHAOS_COUNT, 0);
    held_await();
    check(gilt_list_set(list, 0, gilt_none()));
    held_release();
    assert_ptr_equal(got, gilt_none());
    assert_null(gilt_weakref_get(weak));
    gilt_decref(weak);
    gilt_decref(list);
    hold_end();
}

/* ---- What is dying ---- */

static void drop_here(void) {
    GiltObject *object = counted_new();
    weak = gilt_weakref_new(object, NULL);
    held_arm();
    gilt_decref(object);
}

TEST(a_dead_object_is_not_got_by_its_weak_reference) {
    ONLY_NOGIL;
    hold_begin();
    held_start(drop_here, CHAOS_DEAD, 0);
    held_await();
    check(!gilt_weakref_get(weak));
    held_release();
    gilt_decref(weak);
    hold_end();
}

static GiltObject *referent, *callback;
static atomic_int called;

static GiltObject *note_call(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    atomic_fetch_add(&called, 1);
    return gilt_none();
}

static void drop_weak(void) {
    GiltObject *own = gilt_weakref_new(referent, callback);
    held_arm();
    gilt_decref(own);
}

TEST(a_weak_reference_that_is_dying_is_not_called_back) {
    ONLY_NOGIL;
    hold_begin();
    referent = counted_new();
    callback = gilt_function_new("callback", note_call, NULL);
    atomic_store(&called, 0);
    held_start(drop_weak, CHAOS_DEAD, 0);
    held_await();
    gilt_decref(referent);
    held_release();
    assert_int_equal(atomic_load(&called), 0);
    gilt_decref(callback);
    hold_end();
}

/* ---- Memory ---- */

enum { TAKEN = 300 };

/* Is this array, or will it be, given to somebody else? */
static bool is_given_out(const void *array, size_t bytes) {
    void *taken[TAKEN];
    bool found = false;
    for (int i = 0; i < TAKEN; i++) found |= (taken[i] = memory_new_array(bytes)) == array;
    for (int i = 0; i < TAKEN; i++) memory_free(taken[i], bytes);
    return found;
}

/* As much as half of what may wait, in several batches. */
static void retire_some(void) {
    size_t bytes = options.retire_bytes / 8 + 64;
    for (int i = 0; i < 4; i++) {
        retire(memory_new_array(bytes));
        reclaim_flush();
    }
}

TEST(the_array_that_a_reader_stands_in_stays) {
    ONLY_NOGIL;
    hold_begin();
    list = list_of(counted_new());
    Retired *array = link_peek(&((List *)list)->array);
    size_t bytes = array->bytes;
    held_start(read_list, CHAOS_LINK, 0);
    held_await();
    grow_list();
    check(link_peek(&((List *)list)->array) != array);
    check(!is_given_out(array, bytes));
    retire_some();
    check(!is_given_out(array, bytes));
    held_release();
    gilt_decref(got);
    gilt_decref(list);
    hold_end();
}

static void fill_dict(void) {
    for (int i = 0; i < 100; i++) {
        GiltObject *key = gilt_int(i);
        check(gilt_dict_set(dict, key, gilt_none()));
        gilt_decref(key);
    }
}

TEST(the_table_that_a_reader_stands_in_stays) {
    ONLY_NOGIL;
    hold_begin();
    GiltObject *key = gilt_int(1);
    dict = gilt_dict_new();
    assert_true(gilt_dict_set(dict, key, key));
    Retired *table = link_peek(&((TableOwner *)dict)->table);
    size_t bytes = table->bytes;
    held_start(read_dict, CHAOS_LINK, 0);
    held_await();
    fill_dict();
    check(link_peek(&((TableOwner *)dict)->table) != table);
    check(!is_given_out(table, bytes));
    held_release();
    gilt_decref(got);
    gilt_decref(dict);
    gilt_decref(key);
    hold_end();
}

static void retire_too_much(void) {
    other_arm();
    for (int i = 0; i < 3; i++) retire_some();
}

TEST(who_has_retired_too_much_waits_for_a_reader) {
    ONLY_NOGIL;
    hold_begin();
    list = list_of(counted_new());
    held_start(read_list, CHAOS_LINK, 0);
    held_await();
    other_start(retire_too_much);
    check(other_waits());
    held_release();
    other_join();
    gilt_decref(got);
    gilt_decref(list);
    hold_end();
}

static atomic_bool begun, drained;

static void drain(void) {
    retire_some();
    held_arm();
    reclaim_drain();
    atomic_store(&drained, true);
}

static void come_by(void) {
    atomic_store(&begun, true);
    while (!atomic_load(&drained)) {
        gilt_safepoint();
        sched_yield();
    }
}

/* The one who waits has told all threads so before this one was among them. */
TEST(who_begins_while_one_waits_for_readers_lets_it_go_on) {
    ONLY_NOGIL;
    hold_begin();
    atomic_store(&begun, false);
    atomic_store(&drained, false);
    held_start(drain, CHAOS_OFFLINE, 0);
    held_await();
    other_start(come_by);
    gilt_blocking_begin();
    while (!atomic_load(&begun)) sched_yield();
    gilt_blocking_end();
    held_release();
    other_join();
    hold_end();
}

/* ---- What a reader did before it went away comes before the free ----
 *
 * That is for ThreadSanitizer to say, so nothing else may order the two: the threads tell
 * each other by relaxed stores how far they are. */

static _Thread_local bool leaves;
static atomic_int away;

static void visit_offline(ChaosPoint point) {
    if (!leaves || point != CHAOS_OFFLINE) return;
    leaves = false;
    atomic_store_explicit(&away, 1, memory_order_relaxed);
    while (atomic_load_explicit(&away, memory_order_relaxed) == 1) sched_yield();
}

static void read_and_leave(void *unused) {
    (void)unused;
    gilt_decref(gilt_list_get(list, 0));
    leaves = true;
    gilt_blocking_begin();
    gilt_blocking_end();
}

TEST(what_a_reader_read_before_it_left_is_freed_later) {
    ONLY_NOGIL;
    hold_begin();
#ifdef CHAOS
    atomic_store(&chaos_visit, visit_offline);
#else
    (void)visit_offline;
#endif
    list = list_of(gilt_none());
    atomic_store(&away, 0);
    GiltThread *thread = gilt_thread_start(read_and_leave, NULL);
    assert_non_null(thread);
    gilt_blocking_begin();
    while (atomic_load_explicit(&away, memory_order_relaxed) != 1) sched_yield();
    gilt_blocking_end();
    grow_list();
    reclaim_drain();
    atomic_store_explicit(&away, 2, memory_order_relaxed);
    assert_true(gilt_thread_join(thread));
    gilt_decref(list);
    hold_end();
}

enum { NUMBERS = 20000 }; /* some pages */

TEST(pages_that_a_reader_may_stand_in_stay) {
    ONLY_NOGIL;
    static GiltObject *numbers[NUMBERS];
    hold_begin();
    for (int i = 0; i < NUMBERS; i++) numbers[i] = gilt_int(1000 + i);
    list = list_of(counted_new());
    held_start(read_list, CHAOS_LOAD, 0);
    held_await();
    size_t pages = arena_pages();
    for (int i = 0; i < NUMBERS; i++) gilt_decref(numbers[i]);
    check(arena_pages() == pages);
    held_release();
    reclaim_drain();
    assert_true(arena_pages() < pages);
    gilt_decref(got);
    gilt_decref(list);
    hold_end();
}

static GiltObject *text_of(size_t size) {
    char *letters = calloc(1, size + 1);
    memset(letters, 'a', size);
    GiltObject *text = gilt_str_from(letters);
    free(letters);
    return text;
}

/* Each of the sizes has pages of its own, here with one block in use. */
TEST(a_page_that_a_reader_may_stand_in_keeps_its_size_of_blocks) {
    ONLY_NOGIL;
    if (strcmp(reclaim_policy(), "page")) skip();
    hold_begin();
    GiltObject *text = text_of(3000);
    const Page *page = page_of(text);
    list = list_of(text);
    held_start(read_list, CHAOS_LOAD, 0);
    held_await();
    check(gilt_list_set(list, 0, gilt_none()));
    check(!page->used);
    text = text_of(5000);
    check(page_of(text) != page);
    held_release();
    gilt_decref(text);
    gilt_decref(list);
    hold_end();
}

TESTS(test(nobody_reads_a_list_while_its_items_move),
      test(an_item_is_not_got_before_the_list_is_that_long),
      test(another_object_in_the_same_block_is_not_taken_for_the_item),
      test(a_slot_of_an_array_that_was_replaced_is_not_believed),
      test(a_weak_reference_does_not_give_what_came_after_its_referent),
      test(what_a_reader_counted_in_vain_dies_after_the_read),
      test(a_dead_object_is_not_got_by_its_weak_reference),
      test(a_weak_reference_that_is_dying_is_not_called_back),
      test(the_array_that_a_reader_stands_in_stays),
      test(the_table_that_a_reader_stands_in_stays),
      test(who_has_retired_too_much_waits_for_a_reader),
      test(who_begins_while_one_waits_for_readers_lets_it_go_on),
      test(what_a_reader_read_before_it_left_is_freed_later),
      test(pages_that_a_reader_may_stand_in_stay),
      test(a_page_that_a_reader_may_stand_in_keeps_its_size_of_blocks))
