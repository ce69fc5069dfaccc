/* model_test.c: the models of the kinds of programs that are checked for linearizability,
 * against gilt.
 *
 * With one thread there is one order: the model must give the answers that gilt gives. */
#include "tests/stress/values.h"
#include "tests/stress/stress.h"
#include "tests/testing.h"

static void play_alone(const char *name, size_t threads, int programs) {
    char complaint[COMPLAINT];
    const Kind *kind = kind_named(name);
    assert_non_null(kind);
    for (int i = 0; i < key_limit(KEYS_NAME); i++) /* names stay until gilt_finish */
        gilt_decref(key_new(KEYS_NAME, i, false));
    testing_blocks = gilt_memory().blocks;
    for (int i = 0; i < programs; i++) {
        Program *program = program_new(kind, (uint64_t)i, threads);
        bool well = kind->run(program, complaint);
        program_free(program);
        if (!well) fail_msg("program %d of kind %s: %s", i, name, complaint);
    }
}

TEST(list_alone_answers_as_its_model) { play_alone("list", 1, 400); }
TEST(dict_alone_answers_as_its_model) { play_alone("dict", 1, 400); }
TEST(set_alone_answers_as_its_model) { play_alone("set", 1, 400); }
TEST(weak_references_alone_answer_as_their_model) { play_alone("weak", 1, 400); }

TEST(threads_leave_histories_that_can_be_explained) {
    play_alone("list", 3, 30);
    play_alone("dict", 3, 30);
    play_alone("set", 3, 30);
    play_alone("weak", 3, 30);
}

TESTS(test(list_alone_answers_as_its_model), test(dict_alone_answers_as_its_model),
      test(set_alone_answers_as_its_model),
      test(weak_references_alone_answer_as_their_model),
      test(threads_leave_histories_that_can_be_explained))
