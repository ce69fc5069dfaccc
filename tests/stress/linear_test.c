/* linear_test.c: the checker itself: histories written by hand, random ones against a
 * search that is too simple to be wrong, and the kinds' models against gilt with one
 * thread.
 *
 * The toy has a register, a set of small numbers and a stack. `both` writes the register
 * twice, at two moments. */
#include "tests/stress/linear.h"
#include "tests/testing.h"

enum { WRITE, READ, BOTH, ADD, DISCARD, HAS, PUSH, POP, SIZE, TOY_CODES };

static const OpForm forms[] = {
    {"write", 1, false}, {"read", 0, true},     {"both", 2, false},
    {"add", 1, false},   {"discard", 1, false}, {"has", 1, true},
    {"push", 1, false},  {"pop", 0, false},     {"size", 0, true}};

typedef struct Toy {
    uint8_t value, set, size, stack[16];
} Toy;

/* ---- The toy ---- */

static int toy_pop(Toy *toy) {
    if (!toy->size) return -1;
    int top = toy->stack[--toy->size];
    toy->stack[toy->size] = 0;
    return top;
}

static int toy_discard(Toy *toy, int item) {
    int was = toy->set >> item & 1;
    toy->set &= (uint8_t) ~(1 << item);
    return was;
}

/* What it answers; 0 where there is nothing to say. */
static int toy_do(Toy *toy, Op op, int step) {
    switch (op.code) {
    case WRITE:
        return toy->value = (uint8_t)op.a, 0;
    case BOTH:
        return toy->value = (uint8_t)(step ? op.b : op.a), 0;
    case READ:
        return toy->value;
    case ADD:
        return toy->set |= (uint8_t)(1 << op.a), 0;
    case DISCARD:
        return toy_discard(toy, op.a);
    case HAS:
        return toy->set >> op.a & 1;
    case PUSH:
        return toy->stack[toy->size++] = (uint8_t)op.a, 0;
    case POP:
        return toy_pop(toy);
    default:
        return toy->size;
    }
}

static bool toy_step(void *state, const Call *call, int step) {
    return answer_is(call, ANSWER_NUMBER, toy_do(state, call->op, step));
}

/* The items of the set are independent of each other. */
static int toy_part(const Call *call) {
    bool about_item = call->op.code >= ADD && call->op.code <= HAS;
    return about_item ? call->op.a : -1;
}

static const Spec whole = {"toy", forms, sizeof(Toy), toy_step, NULL};
static const Spec divided = {"toy in parts", forms, sizeof(Toy), toy_step, toy_part};

/* ---- Histories by hand ---- */

static History history;
static char said[COMPLAINT];

static void begin(void) { history.count = 0; }

static void did(int thread, uint64_t from, uint64_t to, Op op, int number) {
    history.calls[history.count++] =
        (Call){.op = op,
               .thread = thread,
               .steps = op.code == BOTH ? 2 : 1,
               .begin = from,
               .end = to,
               .answer = {.kind = ANSWER_NUMBER, .number = number}};
}

static Verdict verdict_of(const Spec *spec) {
    Toy start = {0};
    Text text = {said, 0, sizeof said};
    said[0] = 0;
    return linear_check(spec, &start, &history, &text);
}

#define right() assert_int_equal(verdict_of(&whole), LINEAR_YES)
#define wrong() assert_int_equal(verdict_of(&whole), LINEAR_NO)

TEST(nothing_is_linearizable) {
    begin();
    right();
}

TEST(sequential_histories_are_judged_as_they_stand) {
    begin();
    did(0, 1, 2, (Op){PUSH, 5, 0, 0}, 0);
    did(1, 3, 4, (Op){PUSH, 6, 0, 0}, 0);
    did(0, 5, 6, (Op){POP, 0, 0, 0}, 6);
    did(1, 7, 8, (Op){POP, 0, 0, 0}, 5);
    did(1, 9, 10, (Op){POP, 0, 0, 0}, -1);
    right();
    history.calls[2].answer.number = 5;
    history.calls[3].answer.number = 6;
    wrong();
}

TEST(overlapping_calls_may_come_in_the_one_order_that_explains) {
    begin();
    did(0, 1, 10, (Op){WRITE, 1, 0, 0}, 0);
    did(1, 1, 10, (Op){WRITE, 2, 0, 0}, 0);
    did(2, 1, 10, (Op){WRITE, 3, 0, 0}, 0);
    did(3, 2, 3, (Op){READ, 0, 0, 0}, 3);
    did(3, 4, 5, (Op){READ, 0, 0, 0}, 1);
    did(3, 11, 12, (Op){READ, 0, 0, 0}, 2);
    right();
    history.calls[5].answer.number = 3; /* 3, then 1, then 3 again */
    wrong();
}

TEST(lost_update_is_refused) {
    begin();
    did(0, 1, 10, (Op){ADD, 1, 0, 0}, 0);
    did(1, 2, 9, (Op){ADD, 2, 0, 0}, 0);
    did(0, 11, 12, (Op){HAS, 1, 0, 0}, 1);
    did(1, 11, 12, (Op){HAS, 2, 0, 0}, 0);
    wrong();
}

TEST(stale_read_after_a_completed_write_is_refused) {
    begin();
    did(0, 1, 5, (Op){WRITE, 1, 0, 0}, 0);
    did(1, 6, 7, (Op){READ, 0, 0, 0}, 0);
    wrong();
    history.calls[1].begin = 5; /* the same moment: they overlap */
    right();
}

TEST(value_that_goes_back_is_refused) {
    begin();
    did(0, 1, 20, (Op){WRITE, 1, 0, 0}, 0);
    did(1, 2, 3, (Op){READ, 0, 0, 0}, 1);
    did(2, 4, 5, (Op){READ, 0, 0, 0}, 0);
    wrong();
}

TEST(calls_of_one_thread_keep_their_order_in_one_moment) {
    begin();
    did(0, 1, 1, (Op){WRITE, 1, 0, 0}, 0);
    did(0, 1, 1, (Op){READ, 0, 0, 0}, 0);
    wrong();
    history.calls[1].thread = 1;
    right();
}

TEST(double_pop_is_refused) {
    begin();
    did(0, 1, 2, (Op){PUSH, 5, 0, 0}, 0);
    did(0, 3, 9, (Op){POP, 0, 0, 0}, 5);
    did(1, 3, 9, (Op){POP, 0, 0, 0}, 5);
    wrong();
    history.calls[2].answer.number = -1;
    right();
}

TEST(size_off_by_one_is_refused) {
    begin();
    did(0, 1, 9, (Op){PUSH, 5, 0, 0}, 0);
    did(1, 1, 9, (Op){PUSH, 6, 0, 0}, 0);
    did(2, 10, 11, (Op){SIZE, 0, 0, 0}, 1);
    wrong();
    history.calls[2].begin = 8; /* one of them may come later */
    right();
}

/* Found wrong once: the second add changes nothing where it could come first, and is
 * needed later. */
TEST(write_that_would_change_nothing_now_may_be_needed_later) {
    begin();
    did(0, 1, 2, (Op){ADD, 1, 0, 0}, 0);
    did(0, 3, 10, (Op){ADD, 1, 0, 0}, 0);
    did(1, 3, 10, (Op){DISCARD, 1, 0, 0}, 1);
    did(1, 11, 12, (Op){HAS, 1, 0, 0}, 1);
    right();
}

TEST(steps_of_a_call_come_in_order_with_others_in_between) {
    begin();
    did(0, 1, 10, (Op){BOTH, 1, 2, 0}, 0);
    did(1, 2, 3, (Op){READ, 0, 0, 0}, 0);
    did(1, 4, 5, (Op){READ, 0, 0, 0}, 1);
    did(1, 6, 7, (Op){READ, 0, 0, 0}, 2);
    right();
    history.calls[2].answer.number = 2;
    history.calls[3].answer.number = 1;
    wrong();
}

TEST(refusal_shows_the_history_and_the_longest_order) {
    begin();
    did(0, 100, 102, (Op){WRITE, 1, 0, 0}, 0);
    did(1, 103, 104, (Op){READ, 0, 0, 0}, 7);
    wrong();
    assert_non_null(strstr(said, "1  thread 0  0 to 2 ns  write 1          0\n"));
    assert_non_null(strstr(said, "2  thread 1  3 to 4 ns  read             7\n"));
    assert_non_null(strstr(said, "the longest order that explains some: 1\n"));
    assert_non_null(strstr(said, "none of the next fits: 2\n"));
}

TEST(text_is_cut_off_where_there_is_no_room) {
    char small[12];
    Text text = {small, 0, sizeof small};
    text_add(&text, "%s", "0123");
    text_add(&text, "%s", "456789abc");
    text_add(&text, "%s", "more");
    assert_string_equal(small, "01234567...");
}

TEST(gathering_puts_the_logs_of_threads_in_order_of_time) {
    Log *logs[] = {log_new(2), log_new(1)};
    logs[0]->count = 2;
    logs[0]->calls[0] = (Call){.begin = 5, .end = 5, .op.a = 1};
    logs[0]->calls[1] = (Call){.begin = 5, .end = 5, .op.a = 2};
    logs[1]->count = 1;
    logs[1]->calls[0] = (Call){.begin = 3, .end = 9, .thread = 1, .op.a = 0};
    assert_true(history_gather(&history, logs, 2));
    assert_int_equal(history.count, 3);
    for (int i = 0; i < 3; i++) assert_int_equal(history.calls[i].op.a, i);
    free(logs[0]);
    free(logs[1]);
}

TEST(recorded_interval_contains_the_call) {
    Call call;
    uint64_t before = history_now();
    call_begin(&call);
    uint64_t inside = history_now();
    call_end(&call);
    assert_true(before <= call.begin && call.begin <= inside && inside <= call.end);
}

TEST(too_many_steps_leave_the_question_open) {
    begin();
    for (int i = 0; i < 40; i++)
        did(0, (uint64_t)(2 * i), (uint64_t)(2 * i + 1), (Op){BOTH, 1, 2, 0}, 0);
    assert_int_equal(verdict_of(&whole), LINEAR_OPEN);
}

/* ---- The simple search: all orders, each tried from the start ---- */

typedef struct Order {
    int call[16], step[16], count;
} Order;

static bool comes_before(const Call *a, const Call *b) {
    if (a->thread == b->thread) return a < b;
    return a->end < b->begin;
}

/* May this step stand at the end of the order? */
static bool may_follow(const Order *order, int call, int step) {
    const Call *next = &history.calls[call];
    int own = 0;
    for (int i = 0; i < order->count; i++) {
        own += order->call[i] == call;
        if (order->call[i] != call && comes_before(next, &history.calls[order->call[i]]))
            return false;
    }
    return own == step;
}

static bool answers_fit(const Order *order) {
    Toy toy = {0};
    for (int i = 0; i < order->count; i++)
        if (!toy_step(&toy, &history.calls[order->call[i]], order->step[i])) return false;
    return true;
}

static bool some_order_fits(Order *order, int steps) {
    if (order->count == steps) return answers_fit(order);
    for (int call = 0; call < (int)history.count; call++)
        for (int step = 0; step < history.calls[call].steps; step++) {
            if (!may_follow(order, call, step)) continue;
            order->call[order->count] = call;
            order->step[order->count++] = step;
            bool fits = some_order_fits(order, steps);
            order->count--;
            if (fits) return true;
        }
    return false;
}

static Verdict simple_verdict(void) {
    Order order = {.count = 0};
    int steps = 0;
    for (size_t i = 0; i < history.count; i++) steps += history.calls[i].steps;
    return some_order_fits(&order, steps) ? LINEAR_YES : LINEAR_NO;
}

/* ---- Random histories ---- */

enum { HISTORIES = 4000, RANDOM_THREADS = 3, EACH = 2, MOMENTS = 16 };

/* The moments of a call's steps are between its beginning and its end; those of different
 * steps are never the same. */
typedef struct Moment {
    uint64_t at;
    int call, step;
} Moment;

static Op random_op(Random *random, int from, int to) {
    int code = from + random_below(random, to - from);
    return (Op){code, random_below(random, 2), 2 + random_below(random, 2), 0};
}

static int draw_moments(Random *random, Moment *moments, int from, int to) {
    int count = 0;
    begin();
    for (int t = 0; t < RANDOM_THREADS; t++) {
        uint64_t now = (uint64_t)random_below(random, 20);
        for (int i = 0; i < EACH; i++) {
            Op op = random_op(random, from, to);
            did(t, now, 0, op, 0);
            Call *call = &history.calls[history.count - 1];
            for (int step = 0; step < call->steps; step++) {
                now += (uint64_t)random_below(random, 8);
                moments[count] =
                    (Moment){now * MOMENTS + (uint64_t)count, (int)history.count - 1, step};
                count++;
            }
            now += (uint64_t)random_below(random, 8);
            call->end = now;
            now += (uint64_t)random_below(random, 4);
        }
    }
    return count;
}

static int by_moment(const void *a, const void *b) {
    const Moment *one = a, *other = b;
    return one->at < other->at ? -1 : one->at > other->at;
}

/* A linearizable history, of operations with codes from `from` to `to` - 1. */
static void draw_history(Random *random, int from, int to) {
    Moment moments[MOMENTS];
    Toy toy = {0};
    int count = draw_moments(random, moments, from, to);
    qsort(moments, (size_t)count, sizeof *moments, by_moment);
    for (int i = 0; i < count; i++) {
        Call *call = &history.calls[moments[i].call];
        call->answer.number = toy_do(&toy, call->op, moments[i].step);
    }
}

/* Another answer, or another time for a call that keeps its place in its thread. */
static void corrupt(Random *random) {
    Call *call = &history.calls[random_below(random, (int)history.count)];
    switch (random_below(random, 3)) {
    case 0:
        call->answer.number ^= 1;
        break;
    case 1:
        call->answer.number = random_below(random, 4) - 1;
        break;
    default:
        call->end = call->begin;
    }
}

TEST(verdict_is_that_of_a_search_through_all_orders) {
    Random random = {7};
    int counts[2] = {0};
    for (int i = 0; i < HISTORIES; i++) {
        static const int ranges[][2] = {
            {WRITE, TOY_CODES}, {WRITE, ADD}, {ADD, PUSH}, {PUSH, TOY_CODES}};
        const int *range = ranges[i / 2 % 4];
        draw_history(&random, range[0], range[1]);
        if (i & 1) corrupt(&random);
        Verdict expected = simple_verdict();
        if (!(i & 1)) assert_int_equal(expected, LINEAR_YES);
        if (verdict_of(&whole) != expected) fail_msg("history %d: %s", i, said);
        counts[expected == LINEAR_YES]++;
    }
    assert_true(counts[0] > HISTORIES / 10 && counts[1] > HISTORIES / 2);
}

TEST(parts_are_checked_as_the_whole_is) {
    Random random = {8};
    int refused = 0;
    for (int i = 0; i < HISTORIES; i++) {
        draw_history(&random, ADD, PUSH);
        if (i & 1) corrupt(&random);
        Verdict expected = simple_verdict();
        assert_int_equal(verdict_of(&divided), expected);
        refused += expected == LINEAR_NO;
    }
    assert_true(refused > HISTORIES / 10);
}

/* 128 steps in all, 16 in each part. */
TEST(each_part_has_room_for_itself) {
    begin();
    for (int i = 0; i < HISTORY_CALLS; i++) {
        did(i % 4, (uint64_t)(2 * i), (uint64_t)(2 * i + 1), (Op){ADD, i % 8, 0, 0}, 0);
        history.calls[i].steps = 2;
    }
    assert_int_equal(verdict_of(&whole), LINEAR_OPEN);
    assert_int_equal(verdict_of(&divided), LINEAR_YES);
}

TEST(one_wrong_part_among_right_ones_is_found) {
    begin();
    for (int i = 0; i < 8; i++) did(i, 1, 2, (Op){ADD, i, 0, 0}, 0);
    for (int i = 0; i < 8; i++) did(i, 3, 4, (Op){HAS, i, 0, 0}, 1);
    assert_int_equal(verdict_of(&divided), LINEAR_YES);
    history.calls[13].answer.number = 0;
    assert_int_equal(verdict_of(&divided), LINEAR_NO);
}

TESTS(test(nothing_is_linearizable), test(sequential_histories_are_judged_as_they_stand),
      test(overlapping_calls_may_come_in_the_one_order_that_explains),
      test(lost_update_is_refused), test(stale_read_after_a_completed_write_is_refused),
      test(value_that_goes_back_is_refused),
      test(calls_of_one_thread_keep_their_order_in_one_moment), test(double_pop_is_refused),
      test(size_off_by_one_is_refused),
      test(write_that_would_change_nothing_now_may_be_needed_later),
      test(steps_of_a_call_come_in_order_with_others_in_between),
      test(refusal_shows_the_history_and_the_longest_order),
      test(text_is_cut_off_where_there_is_no_room),
      test(gathering_puts_the_logs_of_threads_in_order_of_time),
      test(recorded_interval_contains_the_call),
      test(too_many_steps_leave_the_question_open),
      test(verdict_is_that_of_a_search_through_all_orders),
      test(parts_are_checked_as_the_whole_is), test(each_part_has_room_for_itself),
      test(one_wrong_part_among_right_ones_is_found))
