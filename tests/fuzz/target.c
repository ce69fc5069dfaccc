/* target.c: what libFuzzer calls with one text after the other. */
#include "tests/fuzz/check.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

__attribute__((visibility("default"))) int LLVMFuzzerInitialize(int *count,
                                                                char ***arguments) {
    (void)count, (void)arguments;
    const char *why = gilt_start(NULL, 0);
    if (!why) return 0;
    fprintf(stderr, "fuzz: %s\n", why);
    exit(2);
}

__attribute__((visibility("default"))) int LLVMFuzzerTestOneInput(const uint8_t *bytes,
                                                                  size_t count) {
    const char *wrong = fuzz_check((const char *)bytes, count);
    if (!wrong) return 0;
    fprintf(stderr, "fuzz: %s\n", wrong);
    abort();
}
