/* process.c: the child that runs programs, and the parent that watches it.
 *
 * They share one page. The child writes what it is doing before it does it; the parent
 * reads it when the child has ended, however it did. `steps` is for a parent that waits: as
 * long as it changes, nothing hangs. */
#include "tests/stress/process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct Shared {
    _Atomic size_t steps;
    _Atomic size_t number, pass;
    _Atomic int outcome;
    _Atomic bool stop; /* from the parent: no more programs */
    _Atomic unsigned runs[JOB_PROGRAMS];
    char complaint[COMPLAINT];
} Shared;

_Atomic size_t stress_stays;
static Shared *shared; /* of the job under way; stays mapped */
static volatile sig_atomic_t interrupted;

void process_interrupt(void) { interrupted = 1; }
bool process_interrupted(void) { return interrupted; }

double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- The child ---- */

/* Ends at once: other threads may be at work. */
static _Noreturn void give_up(Outcome outcome) {
    atomic_store(&shared->outcome, outcome);
    _exit(1);
}

static void say(const char *text) {
    snprintf(shared->complaint, sizeof shared->complaint, "%s", text);
}

static bool run_one(const Job *job, size_t number) {
    const Program *program = job->programs[number];
    atomic_store(&shared->number, number);
    atomic_fetch_add(&shared->steps, 1);
    if (!program->kind->run(program, shared->complaint)) return false;
    if (gilt_error()) {
        gilt_error_print();
        say("the program left an exception set");
        return false;
    }
    atomic_fetch_add(&shared->runs[number], 1);
    return true;
}

/* The blocks after a pass. What is wrong with the heap ends the process. */
static size_t look_at_heap(const Job *job) {
    atomic_store(&shared->number, job->count);
    atomic_fetch_add(&shared->steps, 1);
    gilt_gc_collect(2);
    const char *wrong = gilt_gc_verify();
    if (wrong) {
        say(wrong);
        give_up(RUN_LEFT);
    }
    return gilt_memory().blocks - atomic_load(&stress_stays);
}

/* Runs the first `count` programs, or as many as there is time for: says how many. */
static size_t run_pass(const Job *job, size_t count, double until) {
    for (size_t i = 0; i < count; i++) {
        bool first = !i && !atomic_load(&shared->pass);
        if (!first && (seconds_now() > until || atomic_load(&shared->stop))) return i;
        if (!run_one(job, i)) give_up(RUN_COMPLAINED);
    }
    return count;
}

static void run_passes(const Job *job) {
    double begun = seconds_now(), until = begun + job->seconds;
    double half = job->passes > 1 && job->count > 1 ? begun + job->seconds / 2 : until;
    size_t count = run_pass(job, job->count, half), before = look_at_heap(job);
    for (size_t pass = 1; pass < job->passes; pass++) {
        atomic_store(&shared->pass, pass);
        size_t done = run_pass(job, count, until), blocks = look_at_heap(job);
        if (blocks > before) {
            snprintf(shared->complaint, COMPLAINT,
                     "%zu blocks were in use before this pass, %zu after it", before,
                     blocks);
            give_up(RUN_LEFT);
        }
        before = blocks;
        if (done < count) return;
    }
}

static _Noreturn void child_main(const Job *job, int output) {
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(output, STDERR_FILENO);
    close(output);
    atomic_store(&stress_stays, 0);
    const char *wrong = gilt_start(job->settings, job->setting_count);
    if (wrong) {
        say(wrong);
        give_up(RUN_REFUSED);
    }
    run_passes(job);
    atomic_fetch_add(&shared->steps, 1);
    gilt_finish();
    atomic_store(&shared->outcome, RUN_PASSED);
    exit(0);
}

/* ---- The parent ---- */

typedef struct Watch {
    pid_t child;
    int input;
    char *said; /* SAID_ROOM bytes */
    size_t length;
    size_t steps;     /* that were last seen */
    double steps_at;  /* when */
    double killed_at; /* 0: not */
    bool hung;
} Watch;

/* Keeps the last of it, but room for the end of the string. */
static void keep_said(Watch *watch, const char *text, size_t length) {
    size_t room = SAID_ROOM - 1;
    if (length > room) {
        text += length - room;
        length = room;
    }
    if (watch->length + length > room) {
        size_t off = watch->length + length - room;
        memmove(watch->said, watch->said + off, watch->length - off);
        watch->length -= off;
    }
    memcpy(watch->said + watch->length, text, length);
    watch->length += length;
    watch->said[watch->length] = 0;
}

/* Waits a moment for something to read. false: nobody writes any more. */
static bool listen_to(Watch *watch, int milliseconds) {
    char text[4096];
    struct pollfd ready = {.fd = watch->input, .events = POLLIN};
    if (poll(&ready, 1, milliseconds) <= 0) return true;
    ssize_t length = read(watch->input, text, sizeof text);
    if (length > 0) keep_said(watch, text, (size_t)length);
    return length > 0 || (length < 0 && (errno == EINTR || errno == EAGAIN));
}

/* First so that it says where it is, if anybody has a handler or wants a core; then for
 * good. */
static void stop_hanging(Watch *watch, double now) {
    if (!watch->killed_at) {
        watch->killed_at = now;
        kill(watch->child, SIGABRT);
    } else if (now > watch->killed_at + 5) {
        kill(watch->child, SIGKILL);
    }
}

static void look_after(Watch *watch, double patience) {
    double now = seconds_now();
    size_t steps = atomic_load(&shared->steps);
    if (process_interrupted()) atomic_store(&shared->stop, true);
    if (steps != watch->steps) {
        watch->steps = steps;
        watch->steps_at = now;
    } else if (now > watch->steps_at + patience) {
        watch->hung = true;
        stop_hanging(watch, now);
    }
}

/* Until the child has ended; a process that it has forked may still hold the pipe. */
static int watch_over(Watch *watch, double patience) {
    int status = 0;
    bool open = true;
    for (;;) {
        if (open)
            open = listen_to(watch, 20);
        else
            poll(NULL, 0, 1);
        if (waitpid(watch->child, &status, WNOHANG) == watch->child) break;
        look_after(watch, patience);
    }
    while (open && poll(&(struct pollfd){watch->input, POLLIN, 0}, 1, 0) > 0)
        open = listen_to(watch, 0);
    return status;
}

static Outcome outcome_of(const Watch *watch, int *status) {
    Outcome said = (Outcome)atomic_load(&shared->outcome);
    bool signaled = WIFSIGNALED(*status);
    *status = signaled ? WTERMSIG(*status) : WEXITSTATUS(*status);
    if (watch->hung) return RUN_HUNG;
    if (signaled) return RUN_CRASHED;
    if (*status == 1 && said != RUN_PASSED && said != RUN_EXITED) return said;
    return *status || said != RUN_PASSED ? RUN_EXITED : RUN_PASSED;
}

static bool share(void) {
    if (!shared) {
        void *page = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED) return false;
        shared = page;
    }
    memset(shared, 0, sizeof *shared);
    atomic_store(&shared->outcome, RUN_EXITED); /* until the child says otherwise */
    return true;
}

static void refuse(Result *result, const char *what) {
    result->outcome = RUN_REFUSED;
    snprintf(result->complaint, sizeof result->complaint, "%s: %s", what, strerror(errno));
}

static void fill(Result *result, Watch *watch, int status) {
    result->outcome = outcome_of(watch, &status);
    result->status = status;
    result->number = atomic_load(&shared->number);
    result->pass = atomic_load(&shared->pass);
    for (size_t i = 0; i < JOB_PROGRAMS; i++)
        result->runs[i] = atomic_load(&shared->runs[i]);
    memcpy(result->complaint, shared->complaint, COMPLAINT);
    result->complaint[COMPLAINT - 1] = 0;
}

/* What is buffered would come out twice. */
void process_run(const Job *job, Result *result) {
    int ends[2];
    memset(result, 0, sizeof *result);
    if (process_interrupted()) return;
    if (!share()) return refuse(result, "mmap");
    if (pipe(ends)) return refuse(result, "pipe");
    fflush(NULL);
    Watch watch = {.input = ends[0], .said = result->said, .steps_at = seconds_now()};
    watch.child = fork();
    if (!watch.child) {
        close(ends[0]);
        child_main(job, ends[1]);
    }
    close(ends[1]);
    if (watch.child < 0)
        refuse(result, "fork");
    else
        fill(result, &watch, watch_over(&watch, job->patience));
    close(ends[0]);
}

void process_describe(const Result *result, char *text, size_t size) {
    switch (result->outcome) {
    case RUN_PASSED:
        snprintf(text, size, "passed");
        break;
    case RUN_COMPLAINED:
        snprintf(text, size, "a wrong answer");
        break;
    case RUN_LEFT:
        snprintf(text, size, "the heap is not as it should be");
        break;
    case RUN_CRASHED:
        snprintf(text, size, "a crash by signal %d (%s)", result->status,
                 strsignal(result->status));
        break;
    case RUN_EXITED:
        snprintf(text, size, "an exit with code %d%s", result->status,
                 result->status == 66   ? ", a report of ThreadSanitizer"
                 : result->status == 23 ? ", a report of LeakSanitizer"
                                        : "");
        break;
    case RUN_HUNG:
        snprintf(text, size, "a hang: no program has ended for too long");
        break;
    case RUN_REFUSED:
        snprintf(text, size, "the runtime did not start");
        break;
    }
}
