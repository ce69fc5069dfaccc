/* main.c: build/MODE/collector, which does one scene for build/collector or by hand:
 *
 *   $ build/gil/collector full 1000000 gc_threads=2
 *   ready
 *   sample
 *   sample nanoseconds=17042000 found=0
 *   quit
 *
 * "error TEXT" at any time, and exit code 1; a wrong command line is exit code 2. */
#include "workloads/collector/scenes.h"
#include <stdlib.h>
#include <string.h>

static int usage(void) {
    fputs("usage: collector SCENE SIZE [NAME=VALUE...]\nscenes:", stderr);
    for (const Scene *s = scenes; s->name; s++) fprintf(stderr, " %s", s->name);
    fputs("\nAnswers lines on stdin: sample, quit. build/collector is the comfortable "
          "way.\n",
          stderr);
    return 2;
}

static int fail(void) {
    GiltObject *error = gilt_error_take();
    GiltObject *shown = error ? gilt_str(error) : NULL;
    char *text = shown ? gilt_str_utf8(shown, NULL) : NULL;
    printf("error %s: %s\n", error ? gilt_type_name(error) : "?", text ? text : "");
    fflush(stdout);
    _Exit(1);
}

static int start(const Scene *scene, size_t size, char **options, int count) {
    const char *wrong = gilt_start((const char *const *)options, (size_t)count);
    if (wrong) {
        printf("error %s\n", wrong);
        return 1;
    }
    return scene->begin(size) ? 0 : fail();
}

static void stop(const Scene *scene) {
    scene->end();
    gilt_finish();
}

int main(int count, char **arguments) {
    const Scene *scene = scenes;
    while (count > 2 && scene->name && strcmp(scene->name, arguments[1])) scene++;
    if (count < 3 || !scene->name) return usage();
    size_t size = strtoull(arguments[2], NULL, 10);
    int code = start(scene, size, arguments + 3, count - 3);
    if (code) return code;
    char line[80];
    bool used = false;
    puts("ready");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) && !strncmp(line, "sample", 6)) {
        if (used && scene->fresh) {
            stop(scene);
            if (start(scene, size, arguments + 3, count - 3)) return 1;
        }
        used = true;
        printf("sample");
        if (!scene->sample(size, stdout)) {
            putchar('\n');
            fail();
        }
        putchar('\n');
        fflush(stdout);
    }
    stop(scene);
    return 0;
}
