/* pauses.h: how long a program stood still for the collector, as its worker reports.
 *
 * A histogram has counts of what took at least `bounds[i]` seconds and less than the next
 * bound. So figures read off it are exact to the width of a bucket, an eighth: quantiles
 * are the middle of their bucket, the worst is the end of the last. */
#pragma once
#include "workloads/bench/tool.h"
#include <stdint.h>

#define BUCKETS_MAX 256
#define GENERATIONS 3

typedef struct Histogram {
    uint64_t counts[BUCKETS_MAX];
    int filled; /* buckets that were reported */
} Histogram;

typedef struct Pauses {
    double bounds[BUCKETS_MAX];
    int buckets;
    uint64_t collections[GENERATIONS]; /* young, middle, full */
    int generations;
    Histogram stopped, to_stop; /* time with the world stopped, and until it was */
} Pauses;

/* Reads a worker's answer; false: it is none. */
bool pauses_take(Pauses *pauses, const char *line);

uint64_t pauses_count(const Histogram *histogram);

/* In seconds. Of a histogram with a count above zero. */
double pauses_quantile(const Pauses *pauses, const Histogram *histogram, double part);
double pauses_worst(const Pauses *pauses, const Histogram *histogram);

/* Where bucket i begins and ends. */
double pauses_from(const Pauses *pauses, int i);
double pauses_to(const Pauses *pauses, int i);
