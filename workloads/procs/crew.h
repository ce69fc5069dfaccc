/* crew.h: the members (threads or processes) that run batches, and the gate at which they
 * wait for orders.
 *
 * All of it lies in one piece of shared memory and the gate is two futex words, so the
 * same code serves threads and forked processes, and a member that dies leaves nothing
 * locked: the conductor sees it by other means (team.h) and nobody waits for ever.
 *
 * Invariant: the conductor writes `order` and reads the members' figures only while all
 * members wait, that is while done == size. */
#pragma once
#include "workloads/procs/pauses.h"
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Order {
    enum { RUN_BATCHES, RUN_TIME, REPORT, GO_HOME } kind;
    uint64_t amount; /* of batches, or nanoseconds */
} Order;

typedef struct Member {
    alignas(128) uint64_t started; /* of the last order, CLOCK_MONOTONIC nanoseconds */
    uint64_t ended;
    uint64_t operations; /* in a batch; a workload may know that only after its setup */
    uint64_t batches;    /* done for the last order */
    uint64_t total;      /* done for all orders */
    uint64_t checksum;   /* of the first batch, and so of all */
    uint64_t peak_bytes; /* these two are filled in by processes only */
    uint64_t switches;
    Pauses pauses;   /* of the last REPORT; of threads, the first fills it in for all */
    char error[240]; /* what went wrong; valid once the crew has failed */
} Member;

typedef struct Crew {
    int size;
    Order order;
    alignas(128) _Atomic uint32_t round; /* futex: a new order is out */
    alignas(128) _Atomic uint32_t done;  /* futex: members that wait for the next one */
    _Atomic uint32_t failed;             /* the number, from 1, of a member that failed */
    Member members[];
} Crew;

uint64_t now_nanoseconds(void);

/* A crew in memory that forked children share; NULL if there is none. Never freed. */
Crew *crew_new(int size);

/* By the conductor: gives all members an order. They must be waiting. */
void crew_order(Crew *crew, Order order);

/* By the conductor: true when all members wait for the next order. Otherwise false: after
 * `nanoseconds` (0: never) or because a member failed. */
bool crew_wait(Crew *crew, uint64_t nanoseconds);

/* By a member: says that it is done, waits for the order after `*round`, and counts
 * *round up. Returns the order. */
Order crew_next_order(Crew *crew, uint32_t *round);

/* By a member: it cannot go on. The first such member is the one that is reported. */
void crew_fail(Crew *crew, int number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
