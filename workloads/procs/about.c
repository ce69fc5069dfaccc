/* about.c: the facts of the build. The Makefile compiles this file with BUILD_FLAGS and
 * BUILD_COMMIT; without them they are unknown. */
#include "workloads/procs/about.h"
#include "core/gilt.h"
#include <stdio.h>

#ifndef BUILD_FLAGS
#define BUILD_FLAGS "unknown"
#endif
#ifndef BUILD_COMMIT
#define BUILD_COMMIT "unknown"
#endif
#ifdef __clang__
#define COMPILER __VERSION__ /* says Clang itself */
#else
#define COMPILER "gcc " __VERSION__
#endif

void about_print(int output) {
    dprintf(output, "mode=%s\npolicies=%s\ncompiler=%s\nflags=%s\ncommit=%s\n", gilt_mode(),
            gilt_policies(), COMPILER, BUILD_FLAGS, BUILD_COMMIT);
}
