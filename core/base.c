/* base.c: the end of a program that has broken an invariant. */
#include "core/base.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("gilt: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    abort();
}
