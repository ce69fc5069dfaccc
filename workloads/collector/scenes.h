/* scenes.h: what is measured of the collector, one scene to a process.
 *
 * `begin` makes what is alive all the time; `sample` does the thing once and writes fields
 * name=value. A scene that is `fresh` gets a new runtime for each sample. All of it runs on
 * the main thread; false: an exception is set. `size` is the scene's, and means the number
 * of containers or objects. */
#pragma once
#include "core/gilt.h"
#include <stdbool.h>
#include <stdio.h>

typedef struct Scene {
    const char *name;
    bool fresh;
    bool (*begin)(size_t size);
    bool (*sample)(size_t size, FILE *answer);
    void (*end)(void);
} Scene;

extern const Scene scenes[]; /* a name NULL ends them */

/* counts.c: a fixed program, and all that the collector did meanwhile. */
bool counts_begin(size_t size);
bool counts_sample(size_t size, FILE *answer);
void counts_end(void);
