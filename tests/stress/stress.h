/* stress.h: random programs over the object API, run by many threads, with their results
 * checked.
 *
 *   main.c        the loop over programs, what a failure prints; options.c
 *   random.h      numbers from a seed
 *   program.c     a program as data: made, written as text, read back
 *   process.c     runs programs in a child process, so that a crash or hang is a finding
 *   shrink.c      makes a failing program small
 *   crew.c        runs one program: a thread for each script, let go together
 *   history.c     what each operation answered, and when
 *   linear.c      is there an order of the operations that explains all answers?
 *   kind_*.c      the kinds of programs
 *
 * A program is a kind and a script of operations for each thread. What an operation means
 * is the kind's business: either few operations on one object, whose answers must be
 * explained by some order (linearizability), or many on a crowd of objects, where what must
 * hold in the end is checked. A program is made from one seed and nothing else; how its
 * threads interleave is the system's and the noise's (-X chaos), so a replay runs it many
 * times. */
#pragma once
#include "core/gilt.h"
#include "tests/stress/random.h"

#include <stdio.h>

#define STRESS_THREADS 64

/* One operation: which of the kind's, and up to three numbers. */
typedef struct Op {
    int code, a, b, c;
} Op;

typedef struct Script {
    Op *ops;
    size_t count;
} Script;

typedef struct Kind Kind;

typedef struct Program {
    const Kind *kind;
    uint64_t seed; /* that it was made from */
    size_t threads;
    Script scripts[STRESS_THREADS];
} Program;

#define COMPLAINT 4096 /* bytes of room for what is wrong */

struct Kind {
    const char *name;
    const char *const *ops; /* the names of the codes, for the text form; ends with NULL */
    size_t weight;          /* how often it is chosen */

    /* Fills scripts for at most `threads` threads (program_op adds an operation). */
    void (*generate)(Program *program, Random *random, size_t threads);

    /* Runs the program once, in a started runtime, on the main thread; it leaves no object
     * behind. false: `complaint` says what is wrong, in a line or several. */
    bool (*run)(const Program *program, char complaint[COMPLAINT]);
};

extern const Kind *const stress_kinds[];  /* ends with NULL; kinds.c */
const Kind *kind_named(const char *name); /* or NULL; program.c */

/* Blocks that programs leave until gilt_finish, by design: what stays of a class that has
 * died (gilt_class_new). Who makes one adds to it; whoever looks for leaks takes it off. */
extern _Atomic size_t stress_stays; /* process.c */

/* ---- program.c ---- */
Program *program_new(const Kind *kind, uint64_t seed, size_t threads);
Program *program_copy(const Program *program);
void program_free(Program *program);
void program_op(Program *program, size_t thread, Op op);
size_t program_ops(const Program *program); /* how many in all threads */

/* The text form: a line "gilt-stress KIND SEED", then for each thread a line "thread" and
 * its operations, one a line: the name and three numbers. `#` begins a comment. */
void program_write(const Program *program, FILE *file);
Program *program_read(FILE *file, char complaint[COMPLAINT]); /* NULL: says in which line */

/* ---- crew.c ---- */
/* A gilt thread for each script calls run(program, thread, data) when all are there;
 * returns when all have ended. false: a thread could not start, or ended with an exception.
 */
bool crew_run(const Program *program,
              void (*run)(const Program *program, size_t thread, void *data), void *data);
