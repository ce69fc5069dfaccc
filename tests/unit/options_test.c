/* options_test.c: settings are read, and wrong ones say what is wrong. */
#include "core/options.h"
#include "tests/testing.h"
#include <unistd.h>

static void starts_with(const char *setting, bool well) {
    const char *wrong = gilt_start(&setting, 1);
    if (well) {
        if (wrong) fail_msg("%s: %s", setting, wrong);
        gilt_finish();
    } else {
        if (!wrong) fail_msg("%s was accepted", setting);
        assert_true(strlen(wrong) > 5);
    }
}

static void good_settings_are_accepted(void **state) {
    (void)state;
    const char *good[] = {"gil=ticks",      "gil=interval", "interval=0.001",
                          "reclaim=object", "reclaim=page", "retire=0",
                          "retire=1000000", "gc_stress=0",  "refcache=0",
                          "refcache=255",   "chaos=0"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) starts_with(good[i], true);
}

static void bad_settings_are_refused(void **state) {
    (void)state;
    const char *bad[] = {"",
                         "gil",
                         "gil=",
                         "gil=fast",
                         "interval=0",
                         "interval=-1",
                         "interval=x",
                         "interval=99",
                         "reclaim=never",
                         "retire=-1",
                         "retire=ten",
                         "refcache=256",
                         "refcache=-1",
                         "oom=x",
                         "nothing=1",
                         "=1",
                         "gi=ticks",
                         "gc_stress=x",
                         "gc_threads=17",
                         "chaos=x",
                         "chaos=1.5",
                         "chaos=-1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) starts_with(bad[i], false);
}

static void the_environment_comes_first(void **state) {
    (void)state;
    setenv("GILT_X", "interval=0.001 reclaim=object", 1);
    const char *setting = "interval=0.002";
    assert_null(gilt_start(&setting, 1));
    assert_true(gilt_switch_interval() == 0.002);
    assert_true(options.reclaim_object);
    gilt_finish();
    setenv("GILT_X", "nonsense", 1);
    assert_non_null(gilt_start(NULL, 0));
    unsetenv("GILT_X");
    assert_null(gilt_start(NULL, 0));
    assert_true(gilt_switch_interval() == 0.005);
    assert_string_equal(gilt_start(NULL, 0), "the runtime has started already");
    gilt_finish();
}

static void the_path_of_a_trace_outlives_its_setting(void **state) {
    (void)state;
    char setting[] = "trace=/tmp/gilt-options-test a,b";
    setenv("GILT_X", "trace=/tmp/gilt-options-test-other", 1);
    starts_with(setting, true);
    unsetenv("GILT_X");
    memset(setting, 'x', sizeof setting - 1);
    assert_string_equal(options.trace, "/tmp/gilt-options-test a,b");
    assert_int_equal(unlink(options.trace), 0);
    assert_int_equal(access("/tmp/gilt-options-test-other", F_OK), -1);
    starts_with("gil=interval", true);
    assert_string_equal(options.trace, "");
    starts_with("trace=", false);
    starts_with("trace=/no/such/folder/file", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_settings_are_accepted),
        cmocka_unit_test(bad_settings_are_refused),
        cmocka_unit_test(the_environment_comes_first),
        cmocka_unit_test(the_path_of_a_trace_outlives_its_setting)};
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
