/* handover_ticks.c: the old GIL, kept to show what it cost.
 *
 * Every hundredth safepoint releases the GIL, signals, and takes it again at once. The
 * thread that was woken usually finds it taken: the signals and the failed wake-ups are
 * the loss that David Beazley measured ('Inside the Python GIL', 2009). */
#include "gil/handover.h"

#define TICKS 100

static void ticks_wait(Gil *gil) { pthread_cond_wait(&gil->released, &gil->mutex); }

/* The poll word stays set, so that every safepoint comes here and is counted. */
static void ticks_poll(Gil *gil, World *me) {
    if (++me->ticks < TICKS) return;
    me->ticks = 0;
    gil_release(gil);
    gil_take(gil, me);
}

const Handover handover_ticks = {"ticks", 1, ticks_wait, ticks_poll};
