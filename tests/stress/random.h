/* random.h: numbers from a seed, the same everywhere: Steele, Lea, Flood, 'Fast splittable
 * pseudorandom number generators', 2014 (SplitMix64). */
#pragma once
#include <stdint.h>

typedef struct Random {
    uint64_t state;
} Random;

static inline uint64_t random_next(Random *random) {
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* 0 to n - 1. */
static inline int random_below(Random *random, int n) {
    return (int)(random_next(random) % (uint64_t)n);
}
