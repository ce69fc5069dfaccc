/* steps.h: the program that meets the faults, as lists of steps that do not need each
 * other: values, objects with the collector, and threads.
 *
 * Which list is run is `program`. A failing call of a step is counted in `failures`; all
 * else that is wrong is in `complaint` (checked.h). */
#pragma once
#include "tests/faults/program.h"
#include "tests/faults/various.h"

typedef struct Step {
    const char *name;
    void (*run)(void);
    bool prints; /* on stderr */
} Step;

#define STEPS static const Step __attribute__((unused))

STEPS value_steps[] = {
    {"ints", step_ints, false},
    {"floats", step_floats, false},
    {"strs", step_strs, false},
    {"names", step_names, false},
    {"bytes", step_bytes, false},
    {"lists", step_lists, false},
    {"tuples", step_tuples, false},
    {"dicts", step_dicts, false},
    {"sets", step_sets, false},
    {"items", step_items, false},
    {"comparisons", step_comparisons, false},
    {"large ints", step_large_ints, false},
    {"shown", step_shown, false},
    {"more strs", step_more_strs, false},
    {"questions", step_questions, false},
    {NULL, NULL, false},
};

STEPS object_steps[] = {
    {"classes", step_classes, false},
    {"attributes", step_attributes, false},
    {"deletion", step_deletion, false},
    {"slots", step_slots, false},
    {"own attributes", step_own_attributes, false},
    {"calls", step_calls, false},
    {"specials", step_specials, false},
    {"weakrefs", step_weakrefs, true},
    {"weak keys", step_weak_keys, true},
    {"errors", step_errors, true},
    {"cycles", step_cycles, false},
    {"finalizers", step_finalizers, true},
    {"dying classes", step_dying_classes, false},
    {"inspection", step_inspection, false},
    {"reports", step_reports, true},
    {NULL, NULL, false},
};

STEPS thread_steps[] = {
    {"threads", step_threads, true},
    {"foreign thread", step_foreign, false},
    {"locks", step_locks, false},
    {"hand over", step_hand_over, false},
    {NULL, NULL, false},
};

/* What makes the collector run, for runs in which that costs much. */
STEPS collector_steps[] = {
    {"cycles", step_cycles, false},
    {"finalizers", step_finalizers, true},
    {"dying classes", step_dying_classes, false},
    {"inspection", step_inspection, false},
    {"reports", step_reports, true},
    {NULL, NULL, false},
};

static const Step *program = value_steps;

static FILE *silence; /* where stderr goes in steps that print */

/* Runs all steps; says how many calls failed for lack of memory. */
static unsigned program_run(void) {
    if (!silence) silence = fopen("/dev/null", "w");
    failures = 0;
    for (const Step *step = program; step->name; step++) {
        FILE *before = stderr;
        step_name = step->name;
        if (step->prints && silence) stderr = silence;
        step->run();
        pool_drop();
        gilt_safepoint();
        stderr = before;
    }
    return failures;
}

/* What the program keeps from one run to the next is of the runtime that has ended. */
static void program_forget(void) {
    classes = (Classes){0};
    finalized_class = NULL;
    remains_of_classes = 0;
    *complaint = 0;
}
