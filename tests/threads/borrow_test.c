/* borrow_test.c: what may be used without counting it, and what may be written to, as the
 * virtual machine does (slot_borrow, ref_is_private in core/mode.h). In nogil that is what
 * is the thread's own, in a place that is not stale; in gil everything. */
#include "core/types/list.h"
#include "core/vm/value.h"
#include "tests/threads/together.h"
#include <sched.h>

static GiltObject *list, *other; /* its item 0 is of the main thread, 1 of another */

static bool is_nogil(void) { return !strcmp(gilt_mode(), "nogil"); }
static bool is_biased(void) { return !strcmp(ref_policy(), "biased"); }
static bool counts_plainly(void) { return !is_nogil() || is_biased(); }

static void make_other(void *unused) {
    (void)unused;
    other = gilt_float(1.5);
}

static void begin(void) {
    GiltObject *own = gilt_float(0.5);
    GiltThread *thread = gilt_thread_start(make_other, NULL);
    assert_true(thread && gilt_thread_join(thread));
    /* The thread has ended, and its World with what it owns is nobody's, until another
     * thread begins; the object is still not this thread's own. */
    GiltObject *items[] = {own, other, gilt_none()};
    list = gilt_list_new(items, 3);
    gilt_decref(own), gilt_decref(other);
}

static ListArray *array(void) { return link_peek(&((List *)list)->array); }

static Object *borrow(size_t index) {
    List *l = (List *)list;
    read_begin();
    RefCount *found = slot_borrow(&array()->slots[index], &l->array, array());
    read_end();
    return found ? object_of(found) : NULL;
}

TEST(what_is_own_or_immortal_is_borrowed) {
    begin();
    GiltObject *own = gilt_list_get(list, 0);
    assert_ptr_equal(borrow(0), counts_plainly() ? own : NULL);
    assert_ptr_equal(borrow(1), is_nogil() ? NULL : other);
    assert_ptr_equal(borrow(2), gilt_none());
    gilt_decref(own), gilt_decref(list);
}

/* An array that has been replaced keeps names of what may be gone. */
TEST(nothing_is_borrowed_from_a_stale_array) {
    begin();
    List *l = (List *)list;
    ListArray *now = array(), *later = array_new(8, now, 3);
    assert_non_null(later);
    link_put(&l->array, later);
    read_begin();
    RefCount *found = slot_borrow(&now->slots[0], &l->array, now);
    read_end();
    assert_true(is_nogil() ? !found : found != NULL);
    array_retire(now);
    gilt_decref(list);
}

static bool is_private(size_t index) {
    return ref_is_private(slot_peek(&array()->slots[index]));
}

TEST(private_is_what_nobody_else_can_know) {
    begin();
    assert_int_equal(is_private(0), counts_plainly());
    assert_int_equal(is_private(1), !is_nogil());
    assert_false(is_private(2));
    GiltObject *own = gilt_list_get(list, 0);
    assert_false(is_private(0)); /* two references */
    gilt_decref(own);
    assert_int_equal(is_private(0), counts_plainly());
    ref_share(refs_of(own)); /* as before others may try to count it */
    assert_int_equal(is_private(0), !is_nogil());
    gilt_decref(list);
}

/* ---- What was written while it was private is seen by whoever counts it later ----
 *
 * The main thread writes, the first reader takes the lock and so makes the object a shared
 * one, the second counts it without the lock. They take turns by a relaxed flag, which
 * orders nothing: so ThreadSanitizer hears of an order between write and read from the
 * count alone. */

static atomic_int turn;

static void wait_for(int mine) {
    while (atomic_load_explicit(&turn, memory_order_relaxed) != mine)
        is_nogil() ? (void)sched_yield() : gilt_safepoint();
}

static void read_in_turn(void *number) {
    int mine = (int)(intptr_t)number;
    wait_for(mine);
    GiltObject *found = gilt_list_get(list, 0);
    check(found && float_value(found) == 2.5);
    atomic_store_explicit(&turn, mine + 1, memory_order_relaxed);
    wait_for(3); /* a drop would be a release */
    gilt_decref(found);
}

TEST(who_counts_it_sees_what_was_written_while_it_was_private) {
    begin();
    atomic_store(&turn, 0);
    GiltThread *first = gilt_thread_start(read_in_turn, (void *)(intptr_t)1);
    GiltThread *second = gilt_thread_start(read_in_turn, (void *)(intptr_t)2);
    assert_true(first && second);
    object_lock(list);
    bool written =
        value_write(object_of(slot_peek(&array()->slots[0])), value_of_float(2.5));
    object_unlock(list);
    assert_int_equal(written, counts_plainly());
    if (!written) { /* what others may count is replaced */
        GiltObject *later = gilt_float(2.5);
        assert_true(gilt_list_set(list, 0, later));
        gilt_decref(later);
    }
    atomic_store_explicit(&turn, 1, memory_order_relaxed);
    assert_true(gilt_thread_join(first) && gilt_thread_join(second));
    assert_int_equal(atomic_load(&wrong), 0);
    gilt_decref(list);
}

TESTS(test(what_is_own_or_immortal_is_borrowed),
      test(nothing_is_borrowed_from_a_stale_array),
      test(private_is_what_nobody_else_can_know),
      test(who_counts_it_sees_what_was_written_while_it_was_private))
