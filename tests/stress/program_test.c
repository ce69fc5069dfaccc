/* program_test.c: the frame of the stress program: programs as text, what a child process
 * tells of them, and how they are made small. Kinds of its own stand for mistakes of gilt.
 */
#include "tests/stress/shrink.h"
#include "tests/testing.h"

#include <signal.h>
#include <unistd.h>

/* ---- Help ---- */

static FILE *file_with(const char *text) {
    FILE *file = tmpfile();
    assert_non_null(file);
    fputs(text, file);
    rewind(file);
    return file;
}

static Program *read_text(const char *text, char complaint[COMPLAINT]) {
    FILE *file = file_with(text);
    Program *program = program_read(file, complaint);
    fclose(file);
    return program;
}

static Program *written_and_read(const Program *program) {
    char complaint[COMPLAINT] = "";
    FILE *file = file_with("# a comment\n\n");
    fseek(file, 0, SEEK_END);
    program_write(program, file);
    rewind(file);
    Program *read = program_read(file, complaint);
    fclose(file);
    if (!read) fail_msg("%s", complaint);
    return read;
}

static bool same_ops(const Program *a, const Program *b) {
    if (a->threads != b->threads) return false;
    for (size_t t = 0; t < a->threads; t++) {
        size_t count = a->scripts[t].count;
        if (count != b->scripts[t].count ||
            (count && memcmp(a->scripts[t].ops, b->scripts[t].ops, count * sizeof(Op))))
            return false;
    }
    return true;
}

/* ---- Text ---- */

TEST(a_program_of_each_kind_is_the_same_after_writing_and_reading) {
    for (size_t k = 0; stress_kinds[k]; k++)
        for (uint64_t seed = 0; seed < 20; seed++) {
            Program *program = program_new(stress_kinds[k], seed, 2 + seed % 7);
            Program *read = written_and_read(program);
            assert_ptr_equal(read->kind, program->kind);
            assert_true(read->seed == program->seed);
            assert_true(same_ops(read, program));
            program_free(read);
            program_free(program);
        }
}

TEST(text_may_have_comments_and_white_space) {
    char complaint[COMPLAINT];
    Program *program =
        read_text("# why\n  gilt-stress\tchurn 7 # it is 7\n\n thread # one\n"
                  "node 1 -2 +3\n\tdrop 4 5 6\r\nthread",
                  complaint);
    assert_non_null(program);
    assert_true(program->seed == 7);
    assert_int_equal(program->threads, 2);
    assert_int_equal(program->scripts[0].count, 2);
    assert_int_equal(program->scripts[0].ops[0].b, -2);
    assert_int_equal(program->scripts[1].count, 0);
    program_free(program);
}

static const struct {
    const char *text, *complaint;
} bad_texts[] = {
    {"", "line 1: the file ends before there is a thread"},
    {"gilt-stress churn 1\n", "line 2: the file ends before there is a thread"},
    {"thread\n", "line 1: a program begins with: gilt-stress KIND SEED"},
    {"gilt-stress churn\n", "line 1: a program begins with: gilt-stress KIND SEED"},
    {"gilt-stress chum 1\n", "line 1: there is no kind 'chum'"},
    {"gilt-stress churn x\n", "line 1: 'x' is not a seed"},
    {"gilt-stress churn -1\n", "line 1: '-1' is not a seed"},
    {"\n\ngilt-stress churn 1\nnode 1 2 3\n",
     "line 4: an operation before the first 'thread'"},
    {"gilt-stress churn 1\nthread 2\n", "line 2: 'thread' stands alone"},
    {"gilt-stress churn 1\nthread\nnod 1 2 3\n",
     "line 3: 'nod' is no operation of 'churn'"},
    {"gilt-stress churn 1\nthread\nnode 1 2\n", "line 3: 'node' needs three numbers"},
    {"gilt-stress churn 1\nthread\nnode 1 2 3 4\n", "line 3: 'node' needs three numbers"},
    {"gilt-stress churn 1\nthread\nnode 1 2z 3\n", "line 3: '2z' is not a number"},
    {"gilt-stress churn 1\nthread\nnode 1 2147483648 3\n",
     "line 3: '2147483648' is not a number"},
};

TEST(bad_text_is_refused_with_its_line) {
    char complaint[COMPLAINT];
    for (size_t i = 0; i < sizeof bad_texts / sizeof *bad_texts; i++) {
        assert_null(read_text(bad_texts[i].text, complaint));
        assert_string_equal(complaint, bad_texts[i].complaint);
    }
}

TEST(text_has_at_most_64_threads) {
    char text[1000] = "gilt-stress churn 1\n", complaint[COMPLAINT];
    for (int t = 0; t < STRESS_THREADS; t++) strcat(text, "thread\n");
    program_free(read_text(text, complaint));
    strcat(text, "thread\n");
    assert_null(read_text(text, complaint));
    assert_string_equal(complaint, "line 66: more than 64 threads");
}

/* ---- Seeds ---- */

TEST(a_program_depends_on_its_seed_only) {
    for (size_t k = 0; stress_kinds[k]; k++) {
        Program *first = program_new(stress_kinds[k], 5, 8);
        Program *other = program_new(stress_kinds[k], 6, 8);
        Program *again = program_new(stress_kinds[k], 5, 8);
        assert_true(same_ops(first, again));
        assert_false(same_ops(first, other));
        program_free(again);
        program_free(other);
        program_free(first);
    }
}

TEST(a_program_has_no_more_threads_than_asked_for) {
    for (size_t k = 0; stress_kinds[k]; k++)
        for (uint64_t seed = 0; seed < 50; seed++)
            for (size_t most = 2; most <= STRESS_THREADS; most *= 2) {
                Program *program = program_new(stress_kinds[k], seed, most);
                assert_in_range(program->threads, 1, most);
                program_free(program);
            }
}

/* ---- A kind that fails if it is told to ---- */

static const char *const fake_ops[] = {"nothing", "three", "seven", "leak", "crash",
                                       "exit",    "hang",  "raise", NULL};
enum { NOTHING, THREE, SEVEN, LEAK, CRASH, EXIT, HANG, RAISE };

static GiltObject *leaked;

static bool act(const Op *op) {
    switch (op->code) {
    case LEAK:
        leaked = gilt_list_new(&leaked, leaked ? 1 : 0);
        return true;
    case CRASH:
        abort();
    case EXIT:
        fputs("some words\n", stderr);
        exit(66);
    case HANG:
        for (;;) pause();
    case RAISE:
        gilt_raise(GILT_VALUE_ERROR, "left");
        return true;
    default:
        return true;
    }
}

static bool has(const Program *program, int code) {
    for (size_t t = 0; t < program->threads; t++)
        for (size_t i = 0; i < program->scripts[t].count; i++)
            if (program->scripts[t].ops[i].code == code) return true;
    return false;
}

static int runs, rarity = 1; /* each process fails in every so many runs */

/* Wrong if both THREE and SEVEN are there. */
static bool fake_run(const Program *program, char complaint[COMPLAINT]) {
    for (size_t t = 0; t < program->threads; t++)
        for (size_t i = 0; i < program->scripts[t].count; i++)
            act(&program->scripts[t].ops[i]);
    if (!has(program, THREE) || !has(program, SEVEN)) return true;
    if (++runs % rarity) return true;
    snprintf(complaint, COMPLAINT, "three and seven");
    return false;
}

static void fake_generate(Program *program, Random *random, size_t threads) {
    for (size_t t = 0; t < threads; t++)
        for (int i = 0; i < 40; i++)
            program_op(program, t, (Op){NOTHING, random_below(random, 100), 1, -5});
}

static const Kind fake = {"fake", fake_ops, 1, fake_generate, fake_run};

static Program *program_with(int code) {
    Program *program = program_new(&fake, 1, 3);
    program->scripts[1].ops[20].code = code;
    return program;
}

/* ---- Children ---- */

static Result result;

static void run_twice(const Program *const *programs, size_t count) {
    Job job = {.programs = programs,
               .count = count,
               .passes = 2,
               .seconds = 1000,
               .patience = 1000};
    process_run(&job, &result);
}

static void run_with(int code) {
    Program *good = program_with(NOTHING), *bad = program_with(code);
    const Program *programs[] = {good, bad, good};
    run_twice(programs, 3);
    program_free(bad);
    program_free(good);
}

TEST(good_programs_pass_as_often_as_asked_for) {
    run_with(NOTHING);
    assert_int_equal(result.outcome, RUN_PASSED);
    for (int i = 0; i < 3; i++) assert_int_equal(result.runs[i], 2);
}

TEST(a_complaint_names_its_program) {
    Program *good = program_with(THREE), *bad = program_with(THREE);
    bad->scripts[0].ops[3].code = SEVEN;
    const Program *programs[] = {good, good, bad};
    run_twice(programs, 3);
    assert_int_equal(result.outcome, RUN_COMPLAINED);
    assert_int_equal(result.number, 2);
    assert_int_equal(result.pass, 0);
    assert_string_equal(result.complaint, "three and seven");
    program_free(bad);
    program_free(good);
}

TEST(a_crash_is_found) {
    run_with(CRASH);
    assert_int_equal(result.outcome, RUN_CRASHED);
    assert_int_equal(result.status, SIGABRT);
    assert_int_equal(result.number, 1);
    assert_int_equal(result.runs[0], 1);
    assert_int_equal(result.runs[1], 0);
}

TEST(an_exit_is_found_and_what_was_said_is_kept) {
    run_with(EXIT);
    assert_int_equal(result.outcome, RUN_EXITED);
    assert_int_equal(result.status, 66);
    assert_int_equal(result.number, 1);
    assert_non_null(strstr(result.said, "some words\n"));
}

TEST(a_hang_is_found) {
    Program *program = program_with(HANG);
    const Program *one = program;
    Job job = {.programs = &one, .count = 1, .passes = 1, .seconds = 1000, .patience = 0.3};
    process_run(&job, &result);
    assert_int_equal(result.outcome, RUN_HUNG);
    assert_int_equal(result.number, 0);
    program_free(program);
}

TEST(an_exception_that_is_left_is_found) {
    run_with(RAISE);
    assert_int_equal(result.outcome, RUN_COMPLAINED);
    assert_int_equal(result.number, 1);
}

TEST(blocks_that_each_pass_leaves_are_found_at_its_end) {
    run_with(LEAK);
    assert_int_equal(result.outcome, RUN_LEFT);
    assert_int_equal(result.number, 3);
    assert_int_equal(result.pass, 1);
}

TEST(a_setting_that_gilt_refuses_is_not_a_failing_program) {
    Program *program = program_with(NOTHING);
    const Program *one = program;
    const char *setting = "colour=red";
    Job job = {.programs = &one,
               .count = 1,
               .passes = 1,
               .seconds = 1,
               .patience = 10,
               .settings = &setting,
               .setting_count = 1};
    process_run(&job, &result);
    assert_int_equal(result.outcome, RUN_REFUSED);
    assert_non_null(strstr(result.complaint, "no such option"));
    program_free(program);
}

/* ---- Making small ---- */

static bool both_fail(const Program *candidate, void *data) {
    char complaint[COMPLAINT];
    ++*(int *)data;
    return !fake_run(candidate, complaint);
}

static Program *failing_program(void) {
    Program *program = program_new(&fake, 1, 6);
    program->scripts[2].ops[7].code = SEVEN;
    program->scripts[4].ops[30].code = THREE;
    return program;
}

static void assert_ops(const Program *program, const int *codes) {
    size_t i = 0;
    for (size_t t = 0; t < program->threads; t++)
        for (size_t k = 0; k < program->scripts[t].count; k++, i++) {
            const Op *op = &program->scripts[t].ops[k];
            assert_int_equal(op->code, codes[i]);
            assert_true(!op->a && !op->b && !op->c);
        }
    assert_int_equal(codes[i], NOTHING);
}

TEST(a_program_is_made_as_small_as_it_can_be) {
    int asked = 0;
    Program *program = failing_program();
    Program *small = shrink(program, (Judge){both_fail, &asked});
    assert_int_equal(small->threads, 2);
    assert_ops(small, (int[]){SEVEN, THREE, NOTHING});
    assert_true(small->seed == program->seed);
    assert_int_equal(program_ops(program), 6 * 40);
    assert_true(asked < 200);
    program_free(small);
    program_free(program);
}

static bool number_is_large(const Program *candidate, void *data) {
    (void)data;
    for (size_t i = 0; i < candidate->scripts[0].count; i++)
        if (candidate->scripts[0].ops[i].a > 1234) return true;
    return false;
}

TEST(numbers_are_made_as_small_as_they_can_be) {
    Program *program = program_new(&fake, 1, 2);
    program->scripts[0].ops[7].a = 1000000;
    Program *small = shrink(program, (Judge){number_is_large, NULL});
    assert_int_equal(small->threads, 1);
    assert_int_equal(program_ops(small), 1);
    assert_int_equal(small->scripts[0].ops[0].a, 1235);
    assert_int_equal(small->scripts[0].ops[0].b, 0);
    assert_int_equal(small->scripts[0].ops[0].c, 0);
    program_free(small);
    program_free(program);
}

TEST(a_program_that_fails_sometimes_is_made_small_by_trying_often) {
    Program *program = failing_program();
    Trials trials = {.job = {.patience = 1000}, .until = seconds_now() + 1000};
    trials.result = &result;
    rarity = 5;
    runs = 0;
    assert_true(trials_begin(&trials, program, 1000));
    assert_true(trials.mean == 5);
    Program *small = shrink(program, (Judge){trials_fail, &trials});
    rarity = 1;
    assert_ops(small, (int[]){SEVEN, THREE, NOTHING});
    assert_int_equal(result.outcome, RUN_COMPLAINED);
    program_free(small);
    program_free(program);
}

/* The last test: nothing runs any more after it. */
static void on_alarm(int number) {
    (void)number;
    process_interrupt();
}

TEST(an_interrupted_job_ends_without_a_failure) {
    Program *program = program_with(NOTHING);
    const Program *one = program;
    Job job = {
        .programs = &one, .count = 1, .passes = SIZE_MAX, .seconds = 1e6, .patience = 1000};
    signal(SIGALRM, on_alarm);
    alarm(1);
    process_run(&job, &result);
    assert_int_equal(result.outcome, RUN_PASSED);
    assert_true(result.runs[0] > 0);
    program_free(program);
}

#undef test
#define test(name) cmocka_unit_test(name)
TESTS(test(a_program_of_each_kind_is_the_same_after_writing_and_reading),
      test(text_may_have_comments_and_white_space), test(bad_text_is_refused_with_its_line),
      test(text_has_at_most_64_threads), test(a_program_depends_on_its_seed_only),
      test(a_program_has_no_more_threads_than_asked_for),
      test(good_programs_pass_as_often_as_asked_for), test(a_complaint_names_its_program),
      test(a_crash_is_found), test(an_exit_is_found_and_what_was_said_is_kept),
      test(a_hang_is_found), test(an_exception_that_is_left_is_found),
      test(blocks_that_each_pass_leaves_are_found_at_its_end),
      test(a_setting_that_gilt_refuses_is_not_a_failing_program),
      test(a_program_is_made_as_small_as_it_can_be),
      test(numbers_are_made_as_small_as_they_can_be),
      test(a_program_that_fails_sometimes_is_made_small_by_trying_often),
      test(an_interrupted_job_ends_without_a_failure))
