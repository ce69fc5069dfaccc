/* instance_test.c: instances that several threads use at once. */
#include "tests/types/kept.h"
#include <sched.h>
#include <stdatomic.h>

/* Each value says which attribute it belongs to, so that a reader finds out if it was
 * given what another attribute, or a dead object's successor, holds. */
enum { NAMES = 24, INSTANCES = 150, READERS = 3 };

static GiltObject *names[NAMES];
static GiltObject *instances[INSTANCES];
static GiltObject *Class;
static atomic_int writers_left, current; /* the instance that a writer works on */
static atomic_long mistakes, reads, looks;

static GiltObject *value_for(int name, int salt) {
    return gilt_int(1000000 + name * 1000 + salt % 1000);
}

static bool is_value_for(GiltObject *value, int name) {
    int64_t n;
    return gilt_int_value(value, &n) && (n - 1000000) / 1000 == name;
}

/* In loops that wait for another thread, which may have no core of its own. */
static void let_others_run(void) {
    gilt_safepoint();
    sched_yield();
}

static void make_all(const char *const *slots) {
    Class = gilt_class_new("Shared", NULL, slots);
    for (int i = 0; i < NAMES; i++) {
        char name[8];
        snprintf(name, sizeof name, "a%d", i);
        names[i] = gilt_intern(name);
    }
    for (int i = 0; i < INSTANCES; i++) instances[i] = make(Class);
    mistakes = reads = looks = 0;
    current = 0;
}

static void drop_all(void) {
    for (int i = 0; i < INSTANCES; i++) gilt_decref(instances[i]);
    gilt_safepoint();
    testing_blocks = gilt_memory().blocks;
}

static void expect(bool well) {
    if (!well) mistakes++;
}

static void set_value(int instance, int name, int salt) {
    GiltObject *value = value_for(name, salt);
    expect(gilt_set_attr(instances[instance], names[name], value));
    gilt_decref(value);
}

static void read_one(GiltObject *o, int name) {
    GiltObject *value = gilt_get_attr(o, names[name]);
    if (value) {
        reads++;
        expect(is_value_for(value, name));
        gilt_decref(value);
    } else {
        expect(gilt_error_is(GILT_ATTRIBUTE_ERROR));
        gilt_error_clear();
    }
}

static void reader(void *seed) {
    unsigned random = *(unsigned *)seed;
    while (writers_left) {
        random = random * 1103515245 + 12345;
        int instance = random & 1024 ? current : (int)((random >> 8) % INSTANCES);
        read_one(instances[instance], (int)((random >> 20) % NAMES));
        looks++;
        gilt_safepoint();
    }
}

static void run(void (*writer)(void *), int writers) {
    GiltThread *threads[8];
    unsigned seeds[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    gilt_set_switch_interval(1e-5);
    writers_left = writers;
    for (int i = 0; i < READERS + writers; i++)
        threads[i] = gilt_thread_start(i < READERS ? reader : writer, &seeds[i]);
    for (int i = 0; i < READERS + writers; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(mistakes, 0);
}

/* Goes on to the next instance when readers have looked at this one for a while. */
static void go_on(int instance, long looks_before) {
    while (looks < looks_before + 8) let_others_run();
    current = (instance + 1) % INSTANCES;
}

/* Adds all, replaces all, deletes some, and sets them again, one instance after the other.
 */
static void set_and_delete(void *seed) {
    int salt = *(int *)seed;
    for (int i = 0; i < INSTANCES; i++) {
        long before = looks;
        for (int n = 0; n < NAMES; n++) set_value(i, n, salt);
        for (int again = 0; again < 8; again++) {
            for (int n = 0; n < NAMES; n++) set_value(i, n, salt + again);
            gilt_safepoint();
        }
        for (int n = 0; n < NAMES; n += 3) {
            if (!gilt_del_attr(instances[i], names[n]))
                gilt_error_clear(); /* who was faster */
            if (n % 2) set_value(i, n, salt);
            gilt_safepoint();
        }
        go_on(i, before);
    }
    writers_left--;
}

TEST(readers_see_only_values_of_the_attribute_they_ask_for) {
    make_all(NULL);
    run(set_and_delete, 1);
    assert_true(reads > 0);
    drop_all();
}

TEST(writers_of_the_same_instances_do_not_lose_attributes) {
    make_all(NULL);
    run(set_and_delete, 3);
    for (int i = 0; i < INSTANCES; i++)
        for (int n = 1; n < NAMES; n++) {
            if (n % 3 == 0) continue;
            GiltObject *value = gilt_get_attr(instances[i], names[n]);
            assert_non_null(value);
            assert_true(is_value_for(value, n));
            gilt_decref(value);
        }
    drop_all();
}

/* Two writers meet at each instance and add their own names, at the same time. */
static atomic_int arrived;

static void add_own(void *number) {
    int me = *(int *)number;
    for (int i = 0; i < INSTANCES; i++) {
        arrived++;
        while (arrived < 2 * (i + 1)) let_others_run();
        for (int n = me; n < NAMES; n += 2) set_value(i, n, me);
    }
}

TEST(attributes_added_by_different_threads_are_all_there) {
    int zero = 0, one = 1;
    for (int round = 0; round < 5; round++) {
        make_all(NULL);
        arrived = 0;
        gilt_set_switch_interval(1e-5);
        GiltThread *a = gilt_thread_start(add_own, &zero);
        GiltThread *b = gilt_thread_start(add_own, &one);
        assert_true(gilt_thread_join(a) && gilt_thread_join(b));
        assert_int_equal(mistakes, 0);
        for (int i = 0; i < INSTANCES; i++)
            for (int n = 0; n < NAMES; n++) {
                GiltObject *value = gilt_get_attr(instances[i], names[n]);
                assert_non_null(value);
                assert_true(is_value_for(value, n));
                gilt_decref(value);
            }
        drop_all();
    }
}

/* The only writer of a1 finds what it has set, while another makes the instance a dict. */
static atomic_int deleted;

static void set_and_check(void *unused) {
    (void)unused;
    for (int i = 0; i < INSTANCES; i++) {
        current = i;
        for (int salt = 0; deleted < i || salt < 5; salt++) {
            int64_t n = -1;
            set_value(i, 1, salt);
            GiltObject *value = gilt_get_attr(instances[i], names[1]);
            expect(value && gilt_int_value(value, &n) && n == 1001000 + salt % 1000);
            gilt_decref(value);
            gilt_safepoint();
        }
    }
}

static void delete_behind(void *unused) {
    (void)unused;
    for (int i = 0; i < INSTANCES; i++) {
        while (current < i) let_others_run();
        expect(gilt_del_attr(instances[i], names[0]));
        deleted = i;
        gilt_safepoint();
    }
}

TEST(value_that_was_set_is_not_lost_when_another_attribute_is_deleted) {
    make_all(NULL);
    gilt_set_switch_interval(1e-5);
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < INSTANCES; i++) {
            gilt_decref(instances[i]);
            instances[i] = make(Class);
            for (int n = 0; n < NAMES; n++) set_value(i, n, 0);
        }
        current = deleted = -1;
        GiltThread *setter = gilt_thread_start(set_and_check, NULL);
        GiltThread *deleter = gilt_thread_start(delete_behind, NULL);
        assert_true(gilt_thread_join(setter) && gilt_thread_join(deleter));
    }
    assert_int_equal(mistakes, 0);
    drop_all();
}

TEST(fixed_slots_are_read_while_they_are_set_and_deleted) {
    static char text[NAMES][8];
    const char *slots[NAMES + 1] = {NULL};
    for (int i = 0; i < NAMES; i++) {
        snprintf(text[i], sizeof text[i], "a%d", i);
        slots[i] = text[i];
    }
    make_all(slots);
    run(set_and_delete, 2);
    assert_true(reads > 0);
    drop_all();
}

/* The class's own attributes change under its instances. */
static void change_class(void *unused) {
    (void)unused;
    for (int round = 0; round < 1500; round++) {
        int n = round % NAMES;
        GiltObject *value = value_for(n, round);
        expect(gilt_set_attr(Class, names[n], value));
        gilt_decref(value);
        if (round % 5 == 0) expect(gilt_del_attr(Class, names[n]));
        go_on(round % INSTANCES, looks - 5);
    }
    writers_left--;
}

TEST(attributes_of_a_class_change_while_instances_are_read) {
    make_all(NULL);
    run(change_class, 1);
    drop_all();
}

/* ---- made here, dropped there ---- */

enum { SENT = 30000, WINDOW = 512 };
static _Atomic(GiltObject *) channel[WINDOW];

static void send_instances(void *unused) {
    (void)unused;
    for (int i = 0; i < SENT; i++) {
        GiltObject *o = make(Class), *value = value_for(i % NAMES, i);
        gilt_set_attr(o, names[i % NAMES], value);
        gilt_decref(value);
        while (atomic_load(&channel[i % WINDOW])) let_others_run();
        atomic_store(&channel[i % WINDOW], o);
        gilt_safepoint();
    }
}

static void receive_instances(void *unused) {
    (void)unused;
    for (int i = 0; i < SENT; i++) {
        GiltObject *o;
        while (!(o = atomic_exchange(&channel[i % WINDOW], NULL))) let_others_run();
        GiltObject *value = gilt_get_attr(o, names[i % NAMES]);
        expect(value && is_value_for(value, i % NAMES));
        gilt_decref(value);
        gilt_decref(o);
        gilt_safepoint();
    }
}

TEST(instances_made_in_one_thread_are_dropped_in_another) {
    make_all(NULL);
    for (int i = 0; i < NAMES; i++) set_value(i, i, 0); /* makes the shapes */
    for (int i = 0; i < INSTANCES; i++) gilt_decref(instances[i]);
    gilt_safepoint();
    testing_blocks = gilt_memory().blocks;
    GiltThread *sender = gilt_thread_start(send_instances, NULL);
    GiltThread *receiver = gilt_thread_start(receive_instances, NULL);
    assert_true(gilt_thread_join(sender));
    assert_true(gilt_thread_join(receiver));
    assert_int_equal(mistakes, 0);
    gilt_safepoint();
}

TESTS(test(readers_see_only_values_of_the_attribute_they_ask_for),
      test(writers_of_the_same_instances_do_not_lose_attributes),
      test(attributes_added_by_different_threads_are_all_there),
      test(value_that_was_set_is_not_lost_when_another_attribute_is_deleted),
      test(fixed_slots_are_read_while_they_are_set_and_deleted),
      test(attributes_of_a_class_change_while_instances_are_read),
      test(instances_made_in_one_thread_are_dropped_in_another))
