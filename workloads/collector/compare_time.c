/* compare_time.c: tables of times. Each has two configurations that differ in one thing,
 * and the ratio of the two says what that costs.
 *
 * Which process goes first changes from round to round; only one runs at a time. */
#include "workloads/collector/compare.h"
#include <stdlib.h>
#include <string.h>

typedef struct Config {
    const char *label, *scene;
    double size;
    const char *option; /* of the runtime, or NULL */
    bool peers;         /* does it make sense in another Python? */
} Config;

#define CONFIGS 2
typedef struct Table {
    const char *title;
    int rounds;
    Config configs[CONFIGS];
    int over; /* the ratio is configs[over] / the other one */
    const char *ratio, *wanted;
} Table;

static const Table tables[] = {
    {"full collection, 1,000,000 containers: instances that hold lists",
     15,
     {{"1 marking thread", "full", 1e6, "gc_threads=1", true},
      {"2 marking threads", "full", 1e6, "gc_threads=2", false}},
     0,
     "1 thread / 2 threads",
     "at least 1.6"},
    {"the same, but instances and lists that hold numbers",
     15,
     {{"1 marking thread", "full-leaves", 1e6, "gc_threads=1", true},
      {"2 marking threads", "full-leaves", 1e6, "gc_threads=2", false}},
     0,
     "1 thread / 2 threads",
     "at least 1.6"},
    {"youngest generation, 4,000 dead in cycles",
     45,
     {{"beside 100,000 old", "young", 1e5, NULL, true},
      {"beside 5,000,000 old", "young", 5e6, NULL, true}},
     1,
     "5,000,000 / 100,000",
     "at most 1.3"},
    {"600,000 objects made and dropped in cycles",
     9,
     {{"alone", "churn", 0, NULL, true},
      {"beside 1,000,000 old", "churn", 1e6, NULL, true}},
     1,
     "beside / alone",
     "at most 1.2"},
    {"building a list of 5,000,000 instances",
     5,
     {{"collector on", "grow", 5e6, NULL, true},
      {"collector off", "grow-uncollected", 5e6, NULL, true}},
     0,
     "on / off",
     "at most 1.25"},
};

/* One process, and its samples in milliseconds. */
typedef struct Row {
    const Party *party;
    const Config *config;
    Worker worker;
    bool alive;
    double *samples;
    int count;
} Row;

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void take_sample(Compare *compare, Row *row) {
    uint64_t nanoseconds;
    const char *line = party_sample(compare, row->party, &row->worker);
    row->alive = line && line_number(line, "nanoseconds", &nanoseconds);
    if (row->alive) row->samples[row->count++] = (double)nanoseconds * 1e-6;
}

static int start_rows(Compare *compare, const Table *table, Row *rows, int rounds) {
    int count = 0;
    for (int c = 0; c < CONFIGS; c++)
        for (int p = 0; p < compare->count && !interrupted(); p++) {
            const Party *party = &compare->parties[p];
            const Config *config = &table->configs[c];
            if (party->script && !config->peers) continue;
            Row *row = &rows[count++];
            *row = (Row){party, config, .samples = make((size_t)rounds, sizeof(double))};
            row->alive = party_start(compare, party, &row->worker, config->scene,
                                     config->size, config->option);
        }
    return count;
}

static void take_samples(Compare *compare, Row *rows, int count, int rounds) {
    for (int round = 0; round < rounds; round++)
        for (int turn = 0; turn < count && !interrupted(); turn++) {
            int forward = round % 2 ? turn : count - turn;
            Row *row = &rows[(round / 2 + forward) % count];
            progress("%s: %s, sample %d of %d", row->party->label, row->config->label,
                     round + 1, rounds);
            if (row->alive) take_sample(compare, row);
        }
    for (int i = 0; i < count; i++) {
        if (rows[i].alive && !interrupted())
            worker_finish(&rows[i].worker);
        else
            worker_kill(&rows[i].worker);
        qsort(rows[i].samples, (size_t)rows[i].count, sizeof(double), ascending);
    }
    progress_clear();
}

static const Row *find(const Row *rows, int count, const Party *party,
                       const Config *config) {
    for (int i = 0; i < count; i++)
        if (rows[i].party == party && rows[i].config == config && rows[i].count)
            return &rows[i];
    return NULL;
}

/* A mode's row says how many times as long each peer took. What no peer can do is compared
 * with what it does in the first configuration. */
static void put_peers(const Compare *compare, const Table *table, const Row *rows,
                      int count, const Row *row) {
    for (int p = compare->modes; p < compare->count; p++) {
        const Party *peer = &compare->parties[p];
        const Row *other = find(rows, count, peer, row->config);
        if (!other) other = find(rows, count, peer, &table->configs[0]);
        if (other && !row->party->script)
            printf("  %*.2f", (int)strlen(peer->label) + 4,
                   other->samples[0] / row->samples[0]);
    }
}

static void put_ratios(const Compare *compare, const Table *table, const Row *rows,
                       int count) {
    const char *between = "  ";
    printf("  %s:", table->ratio);
    for (int p = 0; p < compare->count; p++) {
        const Party *party = &compare->parties[p];
        const Row *over = find(rows, count, party, &table->configs[table->over]);
        const Row *under = find(rows, count, party, &table->configs[!table->over]);
        if (!over || !under) continue;
        printf("%s%s %.2f", between, party->label, over->samples[0] / under->samples[0]);
        between = ", ";
    }
    printf("  (wanted: %s)\n\n", table->wanted);
    fflush(stdout);
}

static int label_width(const Compare *compare) {
    int width = 0;
    for (int p = 0; p < compare->count; p++)
        if ((int)strlen(compare->parties[p].label) > width)
            width = (int)strlen(compare->parties[p].label);
    return width;
}

static void put_table(const Compare *compare, const Table *table, const Row *rows,
                      int count, int rounds) {
    printf("%s, %d sample%s\n", table->title, rounds, rounds == 1 ? "" : "s");
    printf("  %-22s  %-*s  %9s  %9s", "", label_width(compare), "", "least ms", "median");
    for (int p = compare->modes; p < compare->count; p++)
        printf("  %s / it", compare->parties[p].label);
    putchar('\n');
    for (int i = 0; i < count; i++) {
        const Row *row = &rows[i];
        if (!row->count) continue;
        printf("  %-22s  %-*s  %9.3f  %9.3f", row->config->label, label_width(compare),
               row->party->label, row->samples[0], row->samples[row->count / 2]);
        put_peers(compare, table, rows, count, row);
        putchar('\n');
    }
    put_ratios(compare, table, rows, count);
}

void compare_times(Compare *compare) {
    for (size_t t = 0; t < sizeof tables / sizeof *tables && !interrupted(); t++) {
        const Table *table = &tables[t];
        Row rows[CONFIGS * PARTIES_MAX];
        int rounds = compare->repeat ? compare->repeat : table->rounds;
        int count = start_rows(compare, table, rows, rounds);
        take_samples(compare, rows, count, rounds);
        put_table(compare, table, rows, count, rounds);
        for (int i = 0; i < count; i++) free(rows[i].samples);
    }
}
