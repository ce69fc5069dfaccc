/* borrow_test.c: what may be used without counting it, and what may be written to, as the
 * virtual machine does (slot_borrow, ref_is_private in core/mode.h). In nogil that is what
 * is the thread's own, in a place that is not stale; in gil everything. */
#include "core/types/list.h"
#include "tests/threads/together.h"

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

TESTS(test(what_is_own_or_immortal_is_borrowed),
      test(nothing_is_borrowed_from_a_stale_array),
      test(private_is_what_nobody_else_can_know))
