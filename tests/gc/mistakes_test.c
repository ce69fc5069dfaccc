/* mistakes_test.c: gilt_gc_verify finds each kind of mistake. A test makes one, looks, and
 * puts it right again, so that it can end. */
#include "core/gc/gc.h"
#include "core/memory/memory.h"
#include "tests/gc/cycles.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define assert_mistake(text)                                                               \
    do {                                                                                   \
        const char *mistake = gilt_gc_verify();                                            \
        assert_string_equal(mistake ? mistake : "(none)", text);                           \
    } while (0)

static Slot *first_slot(GiltObject *o) {
    Span spans[SPANS_MAX];
    assert_true(type_of(o)->ops->spans(o, spans) && spans[0].count);
    return (Slot *)spans[0].first;
}

TEST(a_count_that_is_too_low_is_found) {
    GiltObject *number = gilt_float(1.5), *a = list_of(number), *b = list_of(number);
    ref_trial_drop(&number->refs, 1);
    assert_sound(); /* ours could be the one that is missing */
    ref_trial_drop(&number->refs, 1);
    assert_mistake("an object has more references than are counted");
    ref_trial_add(&number->refs, 1);
    ref_trial_add(&number->refs, 1);
    gilt_decref(a);
    gilt_decref(b);
    gilt_decref(number);
}

/* Nobody tracks the tuple, so only the list shows that it is alive. */
TEST(a_count_that_only_an_untracked_tuple_shows_is_found) {
    GiltObject *number = gilt_float(1.5), *tuple = tuple_of(number), *list = list_of(tuple);
    gilt_gc_collect(2);
    assert_false(gc_is_tracked(tuple));
    ref_trial_drop(&number->refs, 1);
    ref_trial_drop(&number->refs, 1);
    assert_mistake("an object has more references than are counted");
    ref_trial_add(&number->refs, 1);
    ref_trial_add(&number->refs, 1);
    gilt_decref(list);
    gilt_decref(tuple);
    gilt_decref(number);
}

TEST(a_tracked_object_without_a_reference_is_found) {
    GiltObject *list = empty_list();
    ref_trial_drop(&list->refs, 1);
    assert_mistake("a tracked object has no reference");
    ref_trial_add(&list->refs, 1);
    gilt_decref(list);
}

static void expect_state_is_wrong(GiltObject *o, GcState wrong, const char *text) {
    GcState before = gc_state(o);
    gc_set_state(o, wrong);
    assert_mistake(text);
    gc_set_state(o, before);
    assert_sound();
}

TEST(a_wrong_state_is_found) {
    GcState other = gc_old_state == GC_OLD_EVEN ? GC_OLD_ODD : GC_OLD_EVEN;
    GiltObject *list = empty_list(), *number = gilt_int(1000);
    expect_state_is_wrong(list, GC_REACHED, "a search has left a state behind");
    expect_state_is_wrong(list, GC_SUSPECT, "a search has left a state behind");
    expect_state_is_wrong(list, other, "an object is old by the name that is not in use");
    expect_state_is_wrong(number, GC_YOUNG, "an object that is no container is tracked");
    expect_state_is_wrong(gilt_tuple_new(NULL, 0), GC_FROZEN,
                          "an immortal object is tracked");
    gilt_decref(number);
    gilt_decref(list);
}

TEST(a_page_in_too_old_a_list_is_found) {
    GiltObject *list = empty_list();
    page_move(page_of(list), PAGES_MIDDLE);
    assert_mistake("a page is in an older list than an object of it");
    page_move(page_of(list), PAGES_YOUNG);
    gilt_gc_collect(0);
    assert_sound();
    page_move(page_of(list), PAGES_OLD);
    assert_mistake("a page is in an older list than an object of it");
    page_move(page_of(list), PAGES_YOUNG); /* which is well, though of no use */
    gilt_gc_collect(2);
    assert_sound();
    page_move(page_of(list), PAGES_FROZEN);
    assert_mistake("a page is in an older list than an object of it");
    page_move(page_of(list), PAGES_OLD);
    gilt_decref(list);
}

TEST(a_freed_block_in_a_slot_is_found) {
    GiltObject *number = gilt_float(1.5), *list = list_of(number);
    gilt_decref(number);
    gilt_decref(number);
    assert_mistake("a living object names a freed block");
    slot_put(first_slot(list), NULL);
    gilt_decref(list);
}

TEST(a_slot_that_names_no_object_is_found) {
    GiltObject *item = empty_list(), *list = list_of(item);
    char elsewhere[256];
    Slot *slot = first_slot(list);
    slot_put(slot, (RefCount *)((char *)item + 8));
    assert_mistake("a living object names what is no object");
    slot_put(slot, (RefCount *)(void *)elsewhere);
    assert_mistake("a living object names what is no object");
    slot_put(slot, refs_of(item));
    gilt_decref(list);
    gilt_decref(item);
}

TEST(a_dead_object_in_a_slot_is_found) {
    GiltObject *item = empty_list(), *list = list_of(item);
    expect_state_is_wrong(item, GC_UNTRACKED, "a living object names one that is dead");
    gilt_decref(list);
    gilt_decref(item);
}

TEST(an_untracked_tuple_of_containers_is_found) {
    GiltObject *item = empty_list(), *tuple = tuple_of(item), *list = list_of(tuple);
    expect_state_is_wrong(tuple, GC_UNTRACKED,
                          "a container that is not tracked holds one that is");
    gilt_decref(list);
    gilt_decref(tuple);
    gilt_decref(item);
}

TEST(an_object_of_a_wrong_type_is_found) {
    GiltObject *list = empty_list();
    uint32_t type = list->type;
    list->type = TYPE_MAX - 1;
    assert_mistake("an object has no type");
    list->type = TYPE_MAX;
    assert_mistake("an object has no type");
    list->type = GILT_FLOAT;
    assert_mistake("an object is on a page of another kind");
    list->type = type;
    gilt_decref(list);
}

TEST(wrong_classes_are_found) {
    GiltObject *o = node();
    Type *class = type_of(o);
    atomic_store(&class->claimed, true);
    assert_mistake("a search has left a class claimed");
    atomic_store(&class->claimed, false);
    class->handle++;
    assert_mistake("a class is not what its place says");
    class->handle--;
    expect_state_is_wrong(&class->head, GC_YOUNG, "a class is not of the old generation");
    unsigned marks = marks_load(&class->head);
    marks_store(&class->head, 0);
    assert_mistake("the class of a living object is dead");
    marks_store(&class->head, marks);
    int64_t count = gilt_refcount(&class->head); /* the test's, and that of all instances */
    ref_trial_drop(&class->head.refs, (size_t)count);
    assert_mistake("a tracked object has no reference");
    ref_trial_add(&class->head.refs, 1);
    assert_sound();
    GiltObject *list = list_of(Node);
    ref_trial_drop(&class->head.refs, 1);
    assert_mistake("an object has more references than are counted");
    ref_trial_add(&class->head.refs, (size_t)count);
    gilt_decref(list);
    gilt_decref(o);
}

TEST(a_lost_block_is_found) {
    GiltObject *list = empty_list();
    unsigned marks = marks_load(list);
    marks_store(list, 0);
    assert_mistake("a block is neither free nor an object's");
    marks_store(list, marks);
    gilt_decref(list);
}

/* ---- Mistakes in the books ---- */

/* Changes a number, looks, and changes it back. */
#define CHANGED(place, change, text)                                                       \
    do {                                                                                   \
        __typeof__(place) before = (place);                                                \
        (place) change;                                                                    \
        assert_mistake(text);                                                              \
        (place) = before;                                                                  \
        assert_sound();                                                                    \
    } while (0)

TEST(wrong_numbers_of_a_page_are_found) {
    GiltObject *list = empty_list();
    Page *page = page_of(list);
    CHANGED(page->used, ++, "used is not what the list of free blocks leaves");
    CHANGED(page->used, --, "used is not what the list of free blocks leaves");
    CHANGED(page->slow, += 2, "a page does not know when a free matters");
    CHANGED(page->block_bytes, += 8, "a page's blocks are not of its size class");
    CHANGED(page->block_bytes, = 8, "a page's blocks are not of its size class");
    CHANGED(page->carved, += 8, "a page is not carved into blocks");
    CHANGED(page->carved, = (uint32_t)PAGE_BYTES + 64, "a page is not carved into blocks");
    CHANGED(page->retired.bytes, += PAGE_BYTES, "a page of small blocks has a wrong size");
    CHANGED(page->size_class, = MEMORY_CLASSES, "a page has no kind or size class");
    CHANGED(page->kind, = MEMORY_LEAF, "a page's kind does not fit its list");
    CHANGED(page->heap, = NULL, "a page in a heap's list is not the heap's");
    gilt_decref(list);
}

TEST(a_broken_list_of_free_blocks_is_found) {
    GiltObject *list = empty_list();
    Page *page = page_of(list);
    assert_true(page->free);
    CHANGED(page->free, += 4, "a list of free blocks names what is no block");
    CHANGED(page->free, = 8, "a list of free blocks names what is no block");
    CHANGED(page->free, = page->carved, "a list of free blocks names what is no block");
    CHANGED(page->free, = 0, "used is not what the list of free blocks leaves");
    GiltObject *block = (GiltObject *)((char *)page + page->free);
    uint32_t *link = block_link(block);
    CHANGED(*link, = page->free, "a block is free twice");
    CHANGED(*link, += 4, "a list of free blocks names what is no block");
    CHANGED(block->refs.marks, = MARK_LIVE, "a free block has marks");
    gilt_decref(list);
}

TEST(wrong_books_of_a_large_block_are_found) {
    static GiltObject *items[3000];
    for (int i = 0; i < 3000; i++) items[i] = Node;
    GiltObject *tuple = some(gilt_tuple_new(items, 3000));
    Page *page = page_of(tuple);
    CHANGED(page->used, ++, "the books of a large block are wrong");
    CHANGED(page->free, = PAGE_FIRST, "the books of a large block are wrong");
    CHANGED(page->retired.bytes, += 1, "the books of a large block are wrong");
    CHANGED(page->queued, = true, "a large block is in a list of pages with room");
    gilt_decref(tuple);
}

TEST(broken_lists_of_pages_are_found) {
    GiltObject *list = empty_list();
    Page *page = page_of(list);
    Heap *heap = heap_current;
    CHANGED(page->list, = PAGES_OLD, "a page is in another list than it says");
    CHANGED(page->all_before, = page, "a list of pages is not linked both ways");
    CHANGED(page->all_next, = page, "a list of pages is not linked both ways");
    CHANGED(heap->page_count, ++, "a heap has fewer pages than it counts");
    CHANGED(heap->page_count, --, "a heap has more pages than it counts");
    gilt_decref(list);
}

TEST(broken_lists_of_pages_with_room_are_found) {
    enum { COUNT = 5000 };
    static GiltObject *o[COUNT];
    for (int i = 0; i < COUNT; i++) o[i] = empty_list();
    gilt_decref(o[COUNT / 2]);
    Page *page = page_of(o[COUNT / 2]), *current = page_of(o[COUNT - 1]);
    Heap *heap = heap_current;
    assert_true(page->queued && page_is_current(current) && page != current);
    CHANGED(page->queued, = false, "a page with room is in no list of such");
    CHANGED(current->queued, = true, "the current page is in the list of others with room");
    CHANGED(page->before, = current, "a list of pages with room is not linked both ways");
    CHANGED(heap->roomy[MEMORY_CONTAINER][page->size_class], = NULL,
            "a page says that it is in a list of those with room, and is not");
    CHANGED(heap->roomy[MEMORY_LEAF][page->size_class], = page,
            "a page is in a wrong list of pages with room");
    for (int i = 0; i < COUNT; i++)
        if (i != COUNT / 2) gilt_decref(o[i]);
}

static void free_all(void *blocks) {
    for (int i = 0; i < 10; i++) memory_free(((void **)blocks)[i], 64);
}

TEST(broken_stacks_of_remote_blocks_are_found) {
    void *blocks[10];
    for (int i = 0; i < 10; i++) blocks[i] = memory_new(MEMORY_ARRAY, 64);
    GiltThread *thread = gilt_thread_start(free_all, blocks);
    assert_true(gilt_thread_join(thread));
    Page *page = page_of(blocks[0]);
    Heap *heap = heap_current;
    uint64_t remote = atomic_load(&page->remote);
    assert_int_equal(remote >> 32, 10);
    assert_sound();
    CHANGED(page->remote, = remote + (UINT64_C(1) << 32),
            "the length of a stack of remote blocks is wrong");
    CHANGED(page->remote, = remote + 4, "a list of free blocks names what is no block");
    CHANGED(page->remote, = (UINT64_C(1) << 32) + page->free, "a block is free twice");
    CHANGED(page->remote, = 0,
            "a page without remote blocks is in the stack of those with some");
    CHANGED(heap->remote, = NULL, "remote blocks will not be found");
}

/* In a child, because it dies of it; in builds without assertions it does not look. */
TEST(debug_builds_stop_at_a_mistake) {
    NOT_UNDER_STRESS("not every collection looks");
    fflush(NULL);
    pid_t child = fork();
    if (!child) {
        fclose(stderr);
        gc_set_state(gilt_float(1.5), GC_YOUNG);
        gilt_gc_collect(0);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
#ifdef NDEBUG
    assert_true(WIFEXITED(status) && !WEXITSTATUS(status));
#else
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(a_count_that_is_too_low_is_found),
        gc_test(a_count_that_only_an_untracked_tuple_shows_is_found),
        gc_test(a_tracked_object_without_a_reference_is_found),
        gc_test(a_wrong_state_is_found),
        gc_test(a_page_in_too_old_a_list_is_found),
        gc_test(a_freed_block_in_a_slot_is_found),
        gc_test(a_slot_that_names_no_object_is_found),
        gc_test(a_dead_object_in_a_slot_is_found),
        gc_test(an_untracked_tuple_of_containers_is_found),
        gc_test(an_object_of_a_wrong_type_is_found),
        gc_test(wrong_classes_are_found),
        gc_test(a_lost_block_is_found),
        gc_test(wrong_numbers_of_a_page_are_found),
        gc_test(a_broken_list_of_free_blocks_is_found),
        gc_test(wrong_books_of_a_large_block_are_found),
        gc_test(broken_lists_of_pages_are_found),
        gc_test(broken_lists_of_pages_with_room_are_found),
        gc_test(broken_stacks_of_remote_blocks_are_found),
        gc_test(debug_builds_stop_at_a_mistake),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
