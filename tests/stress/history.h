/* history.h: what operations on one object answered, and when: the material of linear.h.
 *
 * Each thread writes down its own calls, in memory of its own, with no lock and no atomic:
 * recording orders no two threads, so what races without it races with it. The logs are
 * put together when the threads have been joined.
 *
 * Time is CLOCK_MONOTONIC in nanoseconds, which Linux promises not to run backwards from
 * one core to another (it takes the cycle counter only if that was found to agree on all
 * cores), and which is read without a write. Invariant: the interval of a call includes all
 * of it. For that the processor must not run the call ahead of the clock, nor read the
 * clock while a store of the call still waits in its buffer: hence the fence between clock
 * and call, on both sides. It stands outside of the call, so it hides no missing fence
 * inside; it does hide that the effect of a call that has returned may become visible only
 * at the next fence of its thread. Equal times count as overlapping. */
#pragma once
#include "tests/stress/stress.h"
#include <time.h>

enum { HISTORY_CALLS = 64, ANSWER_ITEMS = 60 };

typedef enum AnswerKind {
    ANSWER_DONE,    /* nothing to say */
    ANSWER_NUMBER,  /* a size; 1 or 0 */
    ANSWER_VALUE,   /* an object, by its number (values.h); -1: not one of the program's */
    ANSWER_NOTHING, /* no object, and no exception */
    ANSWER_ERROR,   /* an exception, by its GiltType */
    ANSWER_LIST,    /* `number` objects */
} AnswerKind;

typedef struct Answer {
    AnswerKind kind;
    int number;
    uint8_t items[ANSWER_ITEMS];
} Answer;

typedef struct Call {
    Op op;
    int thread;
    int steps;           /* moments at which it takes effect, one after another: linear.h */
    uint64_t begin, end; /* nanoseconds */
    Answer answer;
} Call;

typedef struct History {
    size_t count;
    Call calls[HISTORY_CALLS];
} History;

/* A thread's own record. */
typedef struct Log {
    size_t count;
    Call calls[];
} Log;

/* A log for as many calls; free() it. NULL: no memory. It shares no cache line. */
Log *log_new(size_t calls);

/* All calls of the logs, in order of their beginning. false: more than HISTORY_CALLS. */
bool history_gather(History *history, Log *const *logs, size_t count);

/* All before it is done, and seen by all, before anything after it begins. In assembler, so
 * that ThreadSanitizer takes it for no synchronisation. */
static inline void history_fence(void) {
#if defined __x86_64__
    __asm__ volatile("mfence; lfence" ::: "memory");
#elif defined __aarch64__
    __asm__ volatile("dsb ish; isb" ::: "memory");
#else
    __sync_synchronize();
#endif
}

static inline uint64_t history_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static inline void call_begin(Call *call) {
    call->begin = history_now();
    history_fence();
}

static inline void call_end(Call *call) {
    history_fence();
    call->end = history_now();
}

static inline Answer answer(AnswerKind kind, int number) {
    return (Answer){.kind = kind, .number = number};
}

static inline bool answer_is(const Call *call, AnswerKind kind, int number) {
    return call->answer.kind == kind && call->answer.number == number;
}

/* ---- text, as far as there is room; what is cut off ends with "..." ---- */

typedef struct Text {
    char *start;
    size_t length, room;
} Text;

void text_add(Text *text, const char *format, ...) GILT_PRINTF(2, 3);

/* An operation: its name, how many of its numbers are shown, and whether it only reads: it
 * never changes the object, whatever it finds and answers. */
typedef struct OpForm {
    const char *name;
    int numbers;
    bool reads;
} OpForm;

/* A table of the calls, numbered from 1, in order of time. */
void history_show(const History *history, const OpForm *forms, Text *text);
