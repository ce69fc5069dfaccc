/* sanitizers.c: the settings of the sanitizers, in every program that is built with one: so
 * each run by hand is as strict as those of the suites. There is no suppression anywhere.
 *
 * ThreadSanitizer remembers as much as it can of what each thread did before (gcc's takes at
 * most 7, clang's drops races whose history is lost unless it is far more), stops at the
 * first report, and does not look for lock cycles: a fork takes hundreds of mutexes at once,
 * more than it can follow. What the order of locks is, and why it has no cycle, stands at
 * the locks. */
#define SETTINGS __attribute__((visibility("default"), used)) const char *

#ifdef __clang__
#define HISTORY "history_size=1000"
#else
#define HISTORY "history_size=7"
#endif

SETTINGS __tsan_default_options(void);
SETTINGS __tsan_default_options(void) {
    return HISTORY ":halt_on_error=1:second_deadlock_stack=1:atexit_sleep_ms=0:exitcode=66:"
                   "detect_deadlocks=0";
}

SETTINGS __asan_default_options(void);
SETTINGS __asan_default_options(void) {
    return "detect_stack_use_after_return=1:strict_string_checks=1:abort_on_error=0";
}

SETTINGS __ubsan_default_options(void);
SETTINGS __ubsan_default_options(void) { return "print_stacktrace=1:halt_on_error=1"; }
