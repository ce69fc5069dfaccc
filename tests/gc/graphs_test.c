/* graphs_test.c: garbage in the heaps of several threads, and random graphs, large enough
 * that several threads search them. What must be found in those is computed beside the
 * collector, in plain C, from the numbers that the graph was made of: first what dies by
 * its count, then what the roots do not reach. It is the same for every number of threads.
 */
#include "core/gc/helpers.h"
#include "tests/gc/cycles.h"
#include <stdatomic.h>

/* ---- Several heaps ---- */

#define THREADS 4
#define EACH 3000

static GiltObject *made[THREADS][EACH];
static atomic_int ready;
static atomic_bool leave;

static void make_nodes(void *number) {
    GiltObject **mine = made[(intptr_t)number];
    for (int i = 0; i < EACH; i++) mine[i] = node();
}

/* Makes them, and stays until it is told to go. */
static void make_nodes_and_stay(void *number) {
    make_nodes(number);
    atomic_fetch_add(&ready, 1);
    while (!atomic_load(&leave)) gilt_safepoint();
}

/* Rings across all heaps; each is held by its first node. */
static void link_across(void) {
    for (int i = 0; i < EACH; i++)
        for (int t = 0; t < THREADS; t++)
            link_to(made[t][i], "next", made[(t + 1) % THREADS][i]);
}

static void drop_all_but_first(void) {
    for (int i = 0; i < EACH; i++)
        for (int t = 1; t < THREADS; t++) gilt_decref(made[t][i]);
}

static void drop_first(void) {
    for (int i = 0; i < EACH; i++) gilt_decref(made[0][i]);
}

static void find_across(void) {
    link_across();
    drop_all_but_first();
    assert_found(0);
    drop_first();
    assert_found(THREADS * EACH);
}

static void start_all(GiltThread **threads, void (*run)(void *)) {
    atomic_store(&ready, 0);
    atomic_store(&leave, false);
    for (intptr_t t = 0; t < THREADS; t++)
        assert_non_null(threads[t] = gilt_thread_start(run, (void *)t));
}

static void join_all(GiltThread **threads) {
    atomic_store(&leave, true);
    for (int t = 0; t < THREADS; t++) assert_true(gilt_thread_join(threads[t]));
}

TEST(garbage_of_threads_that_have_ended_is_found) {
    GiltThread *threads[THREADS];
    start_all(threads, make_nodes);
    join_all(threads);
    find_across();
}

TEST(garbage_of_threads_that_still_run_is_found) {
    GiltThread *threads[THREADS];
    start_all(threads, make_nodes_and_stay);
    while (atomic_load(&ready) < THREADS) gilt_safepoint();
    find_across();
    join_all(threads);
}

/* Each thread has counted its own as its own; the main thread drops them. */
static void make_rings_and_stay(void *number) {
    GiltObject **mine = made[(intptr_t)number];
    for (int i = 0; i < EACH; i++) mine[i] = ring_of_lists(2);
    atomic_fetch_add(&ready, 1);
    while (!atomic_load(&leave)) gilt_safepoint();
}

TEST(garbage_that_another_thread_has_dropped_is_found) {
    GiltThread *threads[THREADS];
    start_all(threads, make_rings_and_stay);
    while (atomic_load(&ready) < THREADS) gilt_safepoint();
    drop_all_but_first();
    drop_first();
    assert_found(2 * THREADS * EACH);
    join_all(threads);
}

static atomic_long found_by_threads;

static void make_rings_and_collect(void *number) {
    (void)number;
    atomic_fetch_add(&ready, 1);
    while (atomic_load(&ready) < THREADS) gilt_safepoint();
    for (int i = 0; i < EACH; i++) {
        gilt_decref(ring_of_lists(2));
        if (i % 300 == 299) atomic_fetch_add(&found_by_threads, gilt_gc_collect(i % 3));
    }
}

/* Whoever finds it: each object is found once. */
TEST(threads_that_all_make_garbage_and_collect_find_all_of_it_once) {
    GiltThread *threads[THREADS];
    atomic_store(&found_by_threads, 0);
    start_all(threads, make_rings_and_collect);
    join_all(threads);
    atomic_fetch_add(&found_by_threads, gilt_gc_collect(2));
    assert_int_equal(atomic_load(&found_by_threads), 2 * THREADS * EACH);
}

/* ---- Random graphs ---- */

#define COUNT 15000
#define EDGES_MAX 6

/* What a graph is made of. Objects from `young` on are made after the others have become
 * old. Edges lead anywhere; to objects nearby, so that there are many small cycles; or
 * often to where the edge before leads. */
typedef enum Where { ANYWHERE, NEARBY, AGAIN } Where;

typedef struct Kind {
    const char *name;
    int edges, roots_in_1000, young;
    Where to;
} Kind;

static const Kind kinds[] = {
    {"sparse", 1, 20, COUNT, ANYWHERE},
    {"cycles of neighbours", 2, 20, COUNT, NEARBY},
    {"dense", EDGES_MAX, 1, COUNT, ANYWHERE},
    {"the same again and again", EDGES_MAX, 2, COUNT, AGAIN},
    {"half of it young", 2, 10, COUNT / 2, NEARBY},
    {"young, and much of the old dead", 1, 30, COUNT / 2, ANYWHERE}};

typedef struct Vertex {
    GiltObject *object;
    int to[EDGES_MAX], edges, count; /* references to it, with the test's own */
    bool root, reached, dead;
} Vertex;

static Vertex graph[COUNT];
static int stack[COUNT + 1];
static uint64_t seed;

static uint64_t random_number(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static int random_target(const Kind *kind, int from, int e) {
    if (kind->to == AGAIN && e && random_number() % 3) return graph[from].to[e - 1];
    if (kind->to != NEARBY) return (int)(random_number() % COUNT);
    int to = from + (int)(random_number() % 41) - 20;
    return to < 0 ? 0 : to >= COUNT ? COUNT - 1 : to;
}

static void plan(const Kind *kind) {
    seed = UINT64_C(0x123456789ABCDEF);
    memset(graph, 0, sizeof graph);
    for (int i = 0; i < COUNT; i++) {
        Vertex *v = &graph[i];
        v->root = random_number() % 1000 < (uint64_t)kind->roots_in_1000;
        v->edges = (int)(random_number() % (unsigned)(kind->edges + 2));
        if (v->edges > EDGES_MAX) v->edges = EDGES_MAX;
        v->count += v->root;
        for (int e = 0; e < v->edges; e++)
            graph[v->to[e] = random_target(kind, i, e)].count++;
    }
}

/* What nothing refers to any more dies by its count, and what that was the last to refer
 * to. */
static void plan_drops(void) {
    int depth = 0;
    for (int i = 0; i < COUNT; i++) {
        if (graph[i].count || graph[i].dead) continue;
        graph[i].dead = true;
        stack[depth++] = i;
        while (depth) {
            Vertex *v = &graph[stack[--depth]];
            for (int e = 0; e < v->edges; e++)
                if (!--graph[v->to[e]].count) {
                    graph[v->to[e]].dead = true;
                    stack[depth++] = v->to[e];
                }
        }
    }
}

static int reach(int i, int depth) {
    if (graph[i].reached || graph[i].dead) return depth;
    graph[i].reached = true;
    stack[depth] = i;
    return depth + 1;
}

/* Of the objects from `first` on: what is not reached from outside of them is garbage, and
 * dead from then on. Returns how much that is. */
static ssize_t plan_collection(int first) {
    int depth = 0;
    ssize_t garbage = 0;
    for (int i = 0; i < COUNT; i++) graph[i].reached = false;
    for (int i = 0; i < COUNT; i++)
        if (i < first || graph[i].root) depth = reach(i, depth);
    while (depth) {
        const Vertex *v = &graph[stack[--depth]];
        for (int e = 0; e < v->edges; e++) depth = reach(v->to[e], depth);
    }
    for (int i = first; i < COUNT; i++) {
        Vertex *v = &graph[i];
        if (v->dead || v->reached) continue;
        v->dead = true;
        garbage++;
        for (int e = 0; e < v->edges; e++) graph[v->to[e]].count--;
    }
    plan_drops();
    return garbage;
}

static GiltObject *slot_name(int e) {
    char name[8];
    snprintf(name, sizeof name, "s%d", e * 40);
    return gilt_intern(name);
}

static bool is_list(int i) { return i % 4 == 3; }

static void make_vertices(int from, int to) {
    for (int i = from; i < to; i++)
        graph[i].object = is_list(i) ? empty_list() : some(gilt_instance_new(Wide));
}

/* The test holds all of them until all are linked. */
static void make_edges(void) {
    for (int i = 0; i < COUNT; i++)
        for (int e = 0; e < graph[i].edges; e++) {
            GiltObject *to = graph[graph[i].to[e]].object;
            if (is_list(i))
                append(graph[i].object, to);
            else
                assert_true(gilt_set_attr(graph[i].object, slot_name(e), to));
        }
    for (int i = 0; i < COUNT; i++)
        if (!graph[i].root) gilt_decref(graph[i].object);
}

/* Is all that is left what the plan says, with the counts and references that it says? */
static void check_survivors(void) {
    for (int i = 0; i < COUNT; i++) {
        const Vertex *v = &graph[i];
        if (v->dead) continue;
        if (gilt_refcount(v->object) != v->count) fail_msg("count of %d", i);
        if (is_list(i) && (int)gilt_list_size(v->object) != v->edges) fail_msg("size");
        for (int e = 0; e < v->edges; e++) {
            GiltObject *to = is_list(i) ? gilt_list_get(v->object, e)
                                        : gilt_get_attr(v->object, slot_name(e));
            if (to != graph[v->to[e]].object) fail_msg("reference %d of %d", e, i);
            gilt_decref(to);
        }
    }
}

static void drop_roots(void) {
    for (int i = 0; i < COUNT; i++)
        if (graph[i].root) gilt_decref(graph[i].object);
}

static void collect_graph(const Kind *kind) {
    plan(kind);
    make_vertices(0, kind->young);
    assert_int_equal(gilt_gc_collect(2), 0);
    make_vertices(kind->young, COUNT);
    make_edges();
    plan_drops();
    check_survivors();
    if (kind->young < COUNT) {
        assert_int_equal(gilt_gc_collect(0), plan_collection(kind->young));
        check_survivors();
    }
    assert_int_equal(gilt_gc_collect(2), plan_collection(0));
    check_survivors();
    assert_sound();
    drop_roots();
    gilt_gc_collect(2);
}

static void collect_with(const char *threads) {
    char option[32];
    snprintf(option, sizeof option, "gc_threads=%s", threads);
    const char *options[] = {option};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        gc_begin_with(options, 1);
        assert_int_equal(helpers_size(COUNT * 3 / 4 * 2016 / PAGE_BYTES), atoi(threads));
        collect_graph(&kinds[i]);
        if (gc_end(NULL)) fail_msg("%s, %s threads", kinds[i].name, threads);
    }
}

TEST(one_thread_finds_what_is_garbage) { collect_with("1"); }
TEST(two_threads_find_the_same) { collect_with("2"); }
TEST(three_threads_find_the_same) { collect_with("3"); }
TEST(six_threads_find_the_same) { collect_with("6"); }

/* ---- Lists that name one object many times ---- */

static const int rows[] = {1, 2, 3, 16, 17, 33, 64, 65, 100, 1000, 2047, 2048, 5000};
enum { ROWS = sizeof rows / sizeof *rows };

/* Each names the one before so often as `rows` says; the first names the last. */
static void count_rows(const char *threads) {
    const char *options[] = {threads};
    gc_begin_with(options, 1);
    GiltObject *list[ROWS];
    for (int i = 0; i < ROWS; i++) list[i] = empty_list();
    for (int i = 0; i < ROWS; i++)
        for (int n = 0; n < rows[i]; n++) append(list[i], list[(i + ROWS - 1) % ROWS]);
    for (int i = 0; i + 1 < ROWS; i++) gilt_decref(list[i]);
    assert_found(0);
    assert_sound();
    assert_int_equal(gilt_refcount(list[ROWS - 1]), 1 + rows[0]);
    for (int i = 0; i + 1 < ROWS; i++)
        assert_int_equal(gilt_refcount(list[i]), rows[i + 1]);
    gilt_decref(list[ROWS - 1]);
    assert_found(ROWS);
    assert_int_equal(gc_end(NULL), 0);
}

TEST(what_a_list_names_again_and_again_is_counted_so_often) {
    count_rows("gc_threads=1");
    count_rows("gc_threads=3");
}

/* ---- One object that all threads send to each other ---- */

TEST(what_all_refer_to_is_counted_right_with_many_threads) {
    const char *options[] = {"gc_threads=6"};
    gc_begin_with(options, 1);
    GiltObject *all = empty_list(), *hub = node();
    for (int i = 0; i < COUNT; i++) {
        GiltObject *o = some(gilt_instance_new(Wide));
        for (int e = 0; e < 2; e++) assert_true(gilt_set_attr(o, slot_name(e), hub));
        append(all, o);
        gilt_decref(o);
    }
    link_to(hub, "item", all);
    assert_found(0);
    assert_int_equal(gilt_refcount(hub), 1 + COUNT * 2);
    gilt_decref(hub);
    assert_found(0);
    assert_int_equal(gilt_refcount(hub), COUNT * 2);
    gilt_decref(all);
    assert_found(COUNT + 2);
    assert_int_equal(gc_end(NULL), 0);
}

/* A chain that goes on in another thread's pages at each step; what is not in it, holds
 * itself. */
TEST(a_chain_across_all_threads_is_traced_to_its_end) {
    enum { PARTS = 6, PART = COUNT / PARTS, LENGTH = 500 };
    const char *options[] = {"gc_threads=6"};
    gc_begin_with(options, 1);
    for (int i = 0; i < COUNT; i++) graph[i].object = some(gilt_instance_new(Wide));
    for (int i = 0; i < COUNT; i++) {
        int part = i / PART, at = i % PART, to = i;
        if (at < LENGTH) to = part + 1 < PARTS ? i + PART : (at + 1) % LENGTH;
        assert_true(gilt_set_attr(graph[i].object, slot_name(0), graph[to].object));
    }
    for (int i = 1; i < COUNT; i++) gilt_decref(graph[i].object);
    assert_found(COUNT - LENGTH * PARTS);
    assert_found(0);
    gilt_decref(graph[0].object);
    assert_found(LENGTH * PARTS);
    assert_int_equal(gc_end(NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(garbage_of_threads_that_have_ended_is_found),
        gc_test(garbage_of_threads_that_still_run_is_found),
        gc_test(garbage_that_another_thread_has_dropped_is_found),
        gc_test(threads_that_all_make_garbage_and_collect_find_all_of_it_once),
        cmocka_unit_test(one_thread_finds_what_is_garbage),
        cmocka_unit_test(two_threads_find_the_same),
        cmocka_unit_test(three_threads_find_the_same),
        cmocka_unit_test(six_threads_find_the_same),
        cmocka_unit_test(what_a_list_names_again_and_again_is_counted_so_often),
        cmocka_unit_test(what_all_refer_to_is_counted_right_with_many_threads),
        cmocka_unit_test(a_chain_across_all_threads_is_traced_to_its_end),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
