/* shrink.h: makes a failing program small, so that one can see why it fails.
 *
 * What "fails" means is the caller's business: `fails` is asked of each candidate, and says
 * true only if it has seen it fail. shrink() is then right whatever the interleavings are;
 * at worst it gives up something that could have gone. */
#pragma once
#include "tests/stress/process.h"

typedef struct Judge {
    bool (*fails)(const Program *candidate, void *data);
    void *data;
} Judge;

/* A new program that fails and is as small as was found: threads, then operations, then
 * numbers. */
Program *shrink(const Program *program, Judge judge);

/* A judge by experiment: runs a candidate in a child, the more often the rarer it fails. */
typedef struct Trials {
    Job job;        /* settings and limits; programs, passes and seconds are set here */
    double until;   /* by seconds_now: then nothing fails any more */
    double mean;    /* runs until a failure, as far as is known */
    size_t tried;   /* candidates */
    Result *result; /* of the last failure */
} Trials;

/* Sees how often the program fails by itself, for at most so many seconds. false: it did
 * not. */
bool trials_begin(Trials *trials, const Program *program, double seconds);
bool trials_fail(const Program *candidate, void *trials);
