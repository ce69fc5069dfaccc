/* compare_state.c: what does not depend on the clock: counts, which must be the same in all
 * modes, and memory. */
#include "workloads/collector/compare.h"
#include <stdlib.h>
#include <string.h>

#define MAP_WIDTH 96

/* The answer of one mode to one sample of a scene; NULL after a complaint. */
static char *ask(Compare *compare, const Party *party, const char *scene, double size) {
    Worker worker;
    char *answer = NULL;
    if (party_start(compare, party, &worker, scene, size, NULL)) {
        const char *line = party_sample(compare, party, &worker);
        if (line) answer = copy_text(line);
    }
    if (answer)
        worker_finish(&worker);
    else
        worker_kill(&worker);
    progress_clear();
    return answer;
}

/* ---- Counts ----------------------------------------------------------------------- */

/* Walks the fields of all answers together. */
static void put_counts(Compare *compare, char **answers) {
    char *words[PARTIES_MAX], *rest[PARTIES_MAX];
    for (int p = 0; p < compare->modes; p++) words[p] = strtok_r(answers[p], " ", &rest[p]);
    while ((words[0] = strtok_r(NULL, " ", &rest[0]))) {
        bool same = true;
        for (int p = 1; p < compare->modes; p++) {
            words[p] = strtok_r(NULL, " ", &rest[p]);
            same = same && words[p] && !strcmp(words[p], words[0]);
        }
        int length = (int)strcspn(words[0], "=");
        printf("  %-14.*s", length, words[0]);
        for (int p = 0; p < compare->modes; p++)
            printf("  %10s", words[p] ? strchr(words[p], '=') + 1 : "-");
        puts(same ? "" : "  DIFFERENT");
        if (!same) compare->failed = true;
    }
}

void compare_counts(Compare *compare) {
    char *answers[PARTIES_MAX];
    bool all = true;
    for (int p = 0; p < compare->modes; p++) {
        answers[p] = ask(compare, &compare->parties[p], "counts", 100000);
        all = all && answers[p];
    }
    printf("counts of a fixed program, of each generation\n  %-14s", "");
    for (int p = 0; p < compare->modes; p++) printf("  %10s", compare->parties[p].label);
    putchar('\n');
    if (all) put_counts(compare, answers);
    putchar('\n');
    for (int p = 0; p < compare->modes; p++) free(answers[p]);
}

/* ---- Memory ----------------------------------------------------------------------- */

static double field(const char *line, const char *name) {
    uint64_t number = 0;
    line_number(line, name, &number);
    return (double)number;
}

static void put_share(const char *line, const char *what, const char *const names[3],
                      double unit, int places) {
    double before = field(line, names[0]), full = field(line, names[1]),
           after = field(line, names[2]);
    printf("    %-12s  %.*f before, %.*f when full, %.*f after: %.1f %% are back\n", what,
           places, before / unit, places, full / unit, places, after / unit,
           full > before ? 100 * (full - after) / (full - before) : 0);
}

static void put_map(const char *line) {
    const char *map = strstr(line, " map=");
    if (!map) return;
    map += 5;
    for (size_t left = strlen(map), width; left; map += width, left -= width) {
        width = left < MAP_WIDTH ? left : MAP_WIDTH;
        printf("    %.*s\n", (int)width, map);
    }
}

static void memory(Compare *compare, const char *title, const char *scene) {
    static const char *const pages[] = {"pages_before", "pages_full", "pages_after"},
                             *const resident[] = {"resident_before", "resident_full",
                                                  "resident_after"};
    printf("%s\n", title);
    for (int p = 0; p < compare->modes && !interrupted(); p++) {
        char *line = ask(compare, &compare->parties[p], scene, 1e6);
        if (!line) continue;
        printf("  %s\n", compare->parties[p].label);
        put_share(line, "pages", pages, 1, 0);
        put_share(line, "resident MiB", resident, 1048576, 1);
        put_map(line);
        free(line);
    }
    putchar('\n');
}

void compare_memory(Compare *compare) {
    memory(compare,
           "memory, 1,000,000 containers made and all dropped (wanted: 95 % of the pages)",
           "memory-dropped");
    memory(compare,
           "memory, one instance in 64 left alive, with its list; a map of the pages: "
           ". holds nothing, 1 to 9 the fuller the more",
           "memory-kept");
}
