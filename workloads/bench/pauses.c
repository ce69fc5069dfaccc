/* pauses.c: histograms of pauses. */
#include "workloads/bench/pauses.h"
#include "workloads/bench/worker.h"
#include <string.h>

static void take_bound(void *data, uint64_t nanoseconds) {
    Pauses *pauses = data;
    if (pauses->buckets < BUCKETS_MAX)
        pauses->bounds[pauses->buckets++] = (double)nanoseconds * 1e-9;
}

static void take_count(void *data, uint64_t count) {
    Histogram *histogram = data;
    if (histogram->filled < BUCKETS_MAX) histogram->counts[histogram->filled++] = count;
}

static void take_collections(void *data, uint64_t count) {
    Pauses *pauses = data;
    if (pauses->generations < GENERATIONS)
        pauses->collections[pauses->generations++] = count;
}

bool pauses_take(Pauses *pauses, const char *line) {
    memset(pauses, 0, sizeof *pauses);
    if (strncmp(line, "pauses ", 7)) return false;
    line_numbers(line, "collections", take_collections, pauses);
    line_numbers(line, "bounds", take_bound, pauses);
    line_numbers(line, "stopped", take_count, &pauses->stopped);
    line_numbers(line, "to_stop", take_count, &pauses->to_stop);
    return pauses->generations == GENERATIONS && pauses->buckets &&
           pauses->stopped.filled == pauses->buckets &&
           pauses->to_stop.filled == pauses->buckets;
}

uint64_t pauses_count(const Histogram *histogram) {
    uint64_t count = 0;
    for (int i = 0; i < histogram->filled; i++) count += histogram->counts[i];
    return count;
}

double pauses_from(const Pauses *pauses, int i) { return pauses->bounds[i]; }

/* The last bucket has no end: as wide as the one before, which is right in proportion. */
double pauses_to(const Pauses *pauses, int i) {
    if (i + 1 < pauses->buckets) return pauses->bounds[i + 1];
    return i ? pauses->bounds[i] * pauses->bounds[i] / pauses->bounds[i - 1] : 0;
}

double pauses_quantile(const Pauses *pauses, const Histogram *histogram, double part) {
    double wanted = part * (double)pauses_count(histogram), sum = 0;
    for (int i = 0; i < pauses->buckets; i++) {
        sum += (double)histogram->counts[i];
        if (sum >= wanted && sum > 0)
            return (pauses_from(pauses, i) + pauses_to(pauses, i)) / 2;
    }
    return 0;
}

double pauses_worst(const Pauses *pauses, const Histogram *histogram) {
    for (int i = pauses->buckets - 1; i >= 0; i--)
        if (histogram->counts[i]) return pauses_to(pauses, i);
    return 0;
}
