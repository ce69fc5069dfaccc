/* member.c: the life of a member. All checks of checksums within one worker are here and
 * in serve.c: here each batch against the member's first. */
#define _GNU_SOURCE
#include "workloads/procs/member.h"
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool member_pin(int number) {
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed)) return false;
    int skip = number % CPU_COUNT(&allowed);
    int core = 0;
    while (!CPU_ISSET(core, &allowed) || skip--) core++;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    return !sched_setaffinity(0, sizeof one, &one);
}

void error_text(char *text, size_t size) {
    GiltObject *error = gilt_error_take();
    if (!error) {
        snprintf(text, size, "failed without an exception");
        return;
    }
    GiltObject *shown = gilt_str(error);
    char *message = shown ? gilt_str_utf8(shown, NULL) : NULL;
    bool any = message && *message;
    snprintf(text, size, "%s%s%s", gilt_type_name(error), any ? ": " : "",
             any ? message : "");
    free(message);
    gilt_decref(shown);
    gilt_decref(error);
    gilt_error_clear(); /* to show it may have failed too */
}

uint64_t peak_bytes(void) {
    FILE *status = fopen("/proc/self/status", "r");
    char line[200];
    uint64_t kibibytes = 0;
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmHWM: %" SCNu64, &kibibytes) == 1) break;
    if (status) fclose(status);
    return kibibytes * 1024;
}

static bool fail_with_exception(Crew *crew, int number) {
    char text[200];
    error_text(text, sizeof text);
    crew_fail(crew, number, "%s", text);
    return false;
}

static bool run_batch(Crew *crew, const Workload *workload, int number, int thread) {
    Member *me = &crew->members[number];
    uint64_t sum = 0;
    if (!workload->batch(thread, &sum)) return fail_with_exception(crew, number);
    if (!me->total) me->checksum = sum;
    me->batches++;
    me->total++;
    if (sum == me->checksum) return true;
    crew_fail(crew, number,
              "checksum mismatch: batch %" PRIu64 " of thread %d computed 0x%016" PRIx64
              ", its first 0x%016" PRIx64,
              me->total, number, sum, me->checksum);
    return false;
}

static bool is_over(const Member *me, Order order) {
    if (order.kind == RUN_TIME) return now_nanoseconds() >= me->started + order.amount;
    return me->batches >= order.amount;
}

/* `started` is before the thread attaches, so that to wait for the GIL takes time. */
static bool run_order(Crew *crew, const Job *job, int number, int thread, Order order) {
    Member *me = &crew->members[number];
    bool attach = job->workload->data != CONTROL;
    me->batches = 0;
    me->started = now_nanoseconds();
    if (attach) gilt_blocking_end();
    while (!is_over(me, order))
        if (!run_batch(crew, job->workload, number, thread)) return false;
    me->ended = now_nanoseconds();
    if (attach) gilt_blocking_begin();
    if (job->procs) {
        me->peak_bytes = peak_bytes();
        me->switches = gilt_switches();
    }
    return true;
}

/* What the collector did is known for the process as a whole. */
static void report(Crew *crew, const Job *job, int number) {
    if (number && !job->procs) return;
    gilt_blocking_end();
    pauses_read(&crew->members[number].pauses);
    gilt_blocking_begin();
}

bool workload_start(const Job *job, int threads, char *error, size_t size) {
    const char *wrong = gilt_start(job->options, job->option_count);
    if (wrong) {
        snprintf(error, size, "%s", wrong);
        return false;
    }
    Workload *workload = job->workload;
    if (!workload->setup || workload->setup(threads, job->arguments, job->argument_count))
        return true;
    error_text(error, size);
    return false;
}

void workload_finish(const Job *job) {
    if (job->workload->teardown) job->workload->teardown();
    gilt_finish();
}

bool member_run(Crew *crew, const Job *job, int number, int thread) {
    Workload *workload = job->workload;
    uint32_t round = 0;
    if (!member_pin(number)) {
        crew_fail(crew, number, "cannot pin thread %d to a core: %s", number,
                  strerror(errno));
        return false;
    }
    if (workload->begin && !workload->begin(thread))
        return fail_with_exception(crew, number);
    crew->members[number].operations = workload->operations;
    gilt_blocking_begin();
    for (;;) {
        Order order = crew_next_order(crew, &round);
        if (order.kind == GO_HOME) break;
        if (order.kind == REPORT)
            report(crew, job, number);
        else if (!run_order(crew, job, number, thread, order))
            return false;
    }
    gilt_blocking_end();
    if (workload->end) workload->end(thread);
    return true;
}
