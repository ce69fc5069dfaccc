/* inspect.c: what programs may ask about the objects that the collector tracks; freezing.
 *
 * Each question is answered with the world stopped, so that no object changes while its
 * places are looked at. What is found is counted at once: an object in a tracked state is
 * alive when the merge queues are empty, and so is what it refers to. The list of it is an
 * object of the heap and made when the world runs again; so it is never in itself.
 *
 * Freezing. A frozen object has the state GC_FROZEN, which is in no search's set of
 * candidates: it is neither subtracted from nor traced, so it is never written, and what it
 * refers to is held from outside. Invariant: the pages in PAGES_FROZEN hold no object that
 * is tracked and not frozen; so searches need not walk them. Frozen objects may be on any
 * page, because a page comes back to PAGES_YOUNG when a new object is made in it. */
#include "core/gc/classes.h"
#include "core/gc/gc.h"
#include "core/gc/policy.h"
#include "core/gc/search.h"
#include "core/threads/stop.h"
#include "core/threads/thread.h"

#define YOUNG GC_IN(GC_YOUNG)
#define MIDDLE GC_IN(GC_MIDDLE)
#define OLD (GC_IN(GC_OLD_EVEN) | GC_IN(GC_OLD_ODD)) /* only one of them is in use */

/* ---- Stopped: walking ---- */

/* What waits for its merge looks alive and may be dead. */
static void stop(const char *why) {
    stop_world(why);
    ref_merge_stopped();
}

typedef struct Walk {
    unsigned states;
    PageList last;
    void (*visit)(Object *, void *data);
    void *data;
} Walk;

static void walk_heap(Thread *thread, void *data) {
    const Walk *walk = data;
    for (unsigned list = 0; list <= walk->last; list++)
        for (Page *page = thread->heap.pages[list]; page; page = page->all_next) {
            void *item = page;
            Search here = {.pages = {&item, 1, 1}};
            search_each(&here, walk->states, walk->visit, walk->data);
        }
}

/* All objects in these states, which are on pages in the lists up to `last`, or classes. */
static void walk(unsigned states, PageList last, void (*visit)(Object *, void *),
                 void *data) {
    threads_each(walk_heap, &(Walk){states, last, visit, data});
    classes_each(states, visit, data);
}

/* Is visit true for one of the objects that this one refers to? Then it was the last. */
static ALWAYS_INLINE bool any_referent(const Object *o, bool (*visit)(Object *, void *),
                                       void *data) {
    const TypeOps *ops = type_of(o)->ops;
    Span spans[SPANS_MAX];
    unsigned count = ops->spans ? ops->spans(o, spans) : 0;
    for (unsigned i = 0; i < count; i++)
        for (size_t at = 0; at < spans[i].count; at++) {
            const void *slot = (const char *)spans[i].first + at * spans[i].stride;
            Object *to = span_held(slot);
            if (to && visit(to, data)) return true;
        }
    return false;
}

/* ---- What is found ---- */

typedef struct Found {
    Vector objects; /* each is counted */
    bool failed;    /* there was no memory for some */
} Found;

static void found_add(Object *o, void *data) {
    Found *found = data;
    if (!vector_push(&found->objects, o)) {
        found->failed = true;
        return;
    }
    ref_share(&o->refs);
    ref_add(&o->refs);
}

/* Running: a list of what was found. NULL, MemoryError. */
static Object *found_list(Found *found) {
    Object **objects = (Object **)found->objects.items;
    size_t count = found->objects.count;
    Object *list =
        found->failed ? gilt_raise(GILT_MEMORY_ERROR, NULL) : gilt_list_new(objects, count);
    for (size_t i = 0; i < count; i++) decref(objects[i]);
    vector_free(&found->objects);
    return list;
}

/* ---- Objects ---- */

GiltObject *gilt_gc_objects(int generation) {
    static const unsigned states[] = {YOUNG, MIDDLE, OLD};
    if (generation < -1)
        return gilt_raise(GILT_VALUE_ERROR, "generation parameter cannot be negative");
    if (generation > 2)
        return gilt_raise(GILT_VALUE_ERROR,
                          "generation parameter must be less than the number of available "
                          "generations (3)");
    bool all = generation < 0;
    Found found = {0};
    stop("gc objects");
    walk(all ? YOUNG | MIDDLE | OLD : states[generation],
         all ? PAGES_OLD : (PageList)generation, found_add, &found);
    resume_world();
    return found_list(&found);
}

/* ---- Referrers ---- */

/* A set of addresses, by open addressing; at most half full. */
typedef struct Wanted {
    const Object **table;
    unsigned bits; /* of an index */
    Found found;
} Wanted;

/* Where the object is, or the empty place where it would be. */
static const Object **wanted_place(const Wanted *wanted, const Object *o) {
    size_t mask = ((size_t)1 << wanted->bits) - 1;
    uint64_t hash = (uintptr_t)o * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = hash >> (64 - wanted->bits);
    while (wanted->table[at] && wanted->table[at] != o) at = (at + 1) & mask;
    return &wanted->table[at];
}

static bool wanted_init(Wanted *wanted, Object *const *objects, size_t count) {
    *wanted = (Wanted){.bits = 3};
    while (((size_t)1 << wanted->bits) / 2 < count) wanted->bits++;
    wanted->table = calloc((size_t)1 << wanted->bits, sizeof *wanted->table);
    if (!wanted->table) return false;
    for (size_t i = 0; i < count; i++) *wanted_place(wanted, objects[i]) = objects[i];
    return true;
}

static bool is_wanted(Object *o, void *wanted) { return *wanted_place(wanted, o); }

static void add_referrer(Object *o, void *data) {
    Wanted *wanted = data;
    if (any_referent(o, is_wanted, wanted)) found_add(o, &wanted->found);
}

GiltObject *gilt_gc_referrers(GiltObject *const *objects, size_t count) {
    Wanted wanted;
    if (!wanted_init(&wanted, objects, count)) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    stop("gc referrers");
    walk(YOUNG | MIDDLE | OLD, PAGES_OLD, add_referrer, &wanted);
    resume_world();
    free(wanted.table);
    return found_list(&wanted.found);
}

/* ---- Referents ---- */

static bool add_referent(Object *o, void *found) {
    found_add(o, found);
    return false;
}

GiltObject *gilt_gc_referents(GiltObject *const *objects, size_t count) {
    Found found = {0};
    stop("gc referents");
    for (size_t i = 0; i < count; i++) any_referent(objects[i], add_referent, &found);
    resume_world();
    return found_list(&found);
}

/* ---- One object ---- */

bool gilt_gc_is_tracked(GiltObject *object) { return gc_is_tracked(object); }
bool gilt_gc_is_finalized(GiltObject *object) {
    return marks_load(object) & MARK_FINALIZED;
}

/* ---- Freezing ---- */

static void set_state(Object *o, void *state) { gc_set_state(o, *(GcState *)state); }

/* The next block of a page that rests is made when the page is young again. */
static void freeze_pages(Thread *thread, void *unused) {
    (void)unused;
    for (unsigned list = 0; list <= PAGES_OLD; list++)
        for (Page *page = thread->heap.pages[list], *next; page; page = next) {
            next = page->all_next;
            if (page_rest(page)) page_move(page, PAGES_FROZEN);
        }
}

void gilt_gc_freeze(void) {
    GcState frozen = GC_FROZEN;
    stop("gc freeze");
    walk(YOUNG | MIDDLE | OLD, PAGES_OLD, set_state, &frozen);
    threads_each(freeze_pages, NULL);
    policy_frozen();
    resume_world();
}

static void unfreeze_pages(Thread *thread, void *unused) {
    (void)unused;
    for (Page *page; (page = thread->heap.pages[PAGES_FROZEN]);) page_move(page, PAGES_OLD);
}

void gilt_gc_unfreeze(void) {
    stop("gc unfreeze");
    walk(GC_IN(GC_FROZEN), PAGES_FROZEN, set_state, &gc_old_state);
    threads_each(unfreeze_pages, NULL);
    resume_world();
}

static void count_one(Object *o, void *count) {
    (void)o;
    ++*(size_t *)count;
}

size_t gilt_gc_freeze_count(void) {
    size_t count = 0;
    stop("gc freeze count");
    walk(GC_IN(GC_FROZEN), PAGES_FROZEN, count_one, &count);
    resume_world();
    return count;
}
