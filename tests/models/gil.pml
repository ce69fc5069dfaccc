/* gil.pml: the GIL, handed over by the switch interval; with -DTICKS, by ticks.
 *
 * models: gil/world.c: gil_take, gil_release
 * models: gil/handover_interval.c: interval_wait, interval_poll
 * models: gil/handover_ticks.c: ticks_wait, ticks_poll
 *
 * Threads hold the GIL for some safepoints, between which some release it for a while. A
 * waiter that has waited for the interval without a switch asks the holder; a waiter's
 * time-out is possible only while the GIL is held, so that no time-out covers for a lost
 * wake-up. Claimed:
 *   - one thread holds the GIL (`ghost_runs`);
 *   - nobody waits for ever, with requests left over from earlier turns, too;
 *   - the switch is forced: who handed over on request while another waited does not take
 *     the GIL again before another has had it;
 *   - who waits while the holder runs on for ever gets the GIL: no request is lost.
 *
 * With -DLIVE all run for ever and never block, and what is claimed holds if everybody who
 * can go on does so (weak fairness): of two threads each gets the GIL again and again; of
 * three, nobody keeps it. Which of two waiters is woken, or gets the mutex, is for POSIX to
 * say, and it does not: so one of them may starve, as `run` shows. By ticks a holder that
 * runs on may win each race, and `run` shows that it does: a waiter starves, of two threads.
 * No wake-up is lost there, either. */

#ifndef THREADS
#define THREADS 3
#endif
#define TURNS (_pid == 0 -> 2 : 1)

#ifdef TICKS
#define handover_wait ticks_wait
#define handover_poll ticks_poll
#define must_poll(id) true
#else
#define handover_wait interval_wait
#define handover_poll interval_poll
#define must_poll(id) asked[id]
#endif

bool mutex, held;
byte waiters, holder = THREADS;
byte switches;            /* modulo 4: what interval_wait compares */
bool asked[3];            /* the poll word */
bool in_released[3], in_taken[3]; /* waits for this condition */
bool ghost_runs[3];
byte ghost_left;

inline lock() { atomic { !mutex -> mutex = true } }
inline unlock() { mutex = false }

/* pthread_cond_signal wakes one, any one. */
inline signal_released() {
    if
    :: d_step { in_released[0] -> in_released[0] = false }
    :: d_step { in_released[1] -> in_released[1] = false }
    :: d_step { in_released[2] -> in_released[2] = false }
    :: else
    fi
}

inline broadcast_taken() {
    d_step {
        in_taken[0] = false;
        in_taken[1] = false;
        in_taken[2] = false
    }
}

#ifdef BREAK_ASKS_ONCE
#define may_ask (!has_asked)
#else
#define may_ask true
#endif

/* Woken, or after the interval; then the mutex is taken again. An interval that changes
 * nothing is left out, so that waiting in vain is seen as waiting for ever. */
inline interval_wait() {
    before = switches;
    asks = holder;
    d_step { in_released[_pid] = true; mutex = false }
    if
    :: atomic { !in_released[_pid] && !mutex -> mutex = true; timed_out = false }
    :: atomic {
        in_released[_pid] && held && !mutex &&
                (switches != before || (may_ask && !asked[asks])) ->
            mutex = true;
            in_released[_pid] = false;
            timed_out = true
        }
    fi;
    if
    :: timed_out && held && switches == before && may_ask -> /* pthread_cond_timedwait */
        asked[asks] = true;
        has_asked = true
    :: else
    fi;
    before = 0;
    asks = 0;
    timed_out = false
}

inline ticks_wait() {
    d_step { in_released[_pid] = true; mutex = false }
    atomic { !in_released[_pid] && !mutex -> mutex = true }
}

inline gil_take() {
    lock();
    waiters++;
    has_asked = false;
#ifdef BREAK_WAITS_ONCE
    if :: held -> handover_wait() :: !held fi;
#else
    do
    :: held -> handover_wait()
    :: !held -> break
    od;
#endif
    has_asked = false;
    waiters--;
    held = true;
    if
    :: holder != _pid ->
        holder = _pid;
        switches = (switches + 1) % 4;
#ifndef BREAK_NOBODY_TOLD
        broadcast_taken()
#endif
    :: else
    fi;
    unlock();
    d_step {
        ghost_runs[_pid] = true;
        assert(ghost_runs[0] + ghost_runs[1] + ghost_runs[2] == 1)
    }
}

inline gil_release() {
    ghost_runs[_pid] = false;
    lock();
    held = false;
#ifndef BREAK_RELEASE_SILENT
    signal_released();
#endif
    unlock()
}

inline interval_poll() {
    if
    :: atomic { asked[_pid] -> asked[_pid] = false };
        ghost_runs[_pid] = false;
        lock();
        held = false;
        signal_released();
        has_waiters = waiters > 0;
#ifndef BREAK_NOT_FORCED
        do
#ifdef BREAK_WAITS_FOR_NOBODY
        :: holder == _pid ->
#else
        :: holder == _pid && waiters > 0 ->
#endif
            d_step { in_taken[_pid] = true; mutex = false };
            atomic { !in_taken[_pid] && !mutex -> mutex = true }
        :: else -> break
        od;
#endif
#ifndef LIVE
        assert(!has_waiters || holder != _pid);
#endif
        has_waiters = false;
        unlock();
        gil_take()
    :: else
    fi
}

inline ticks_poll() { gil_release(); gil_take() }

#ifdef LIVE

/* All run for ever and never block: the worst neighbours. */
active [THREADS] proctype Thread() {
    byte before, asks;
    bool timed_out, has_asked, has_waiters;
    gil_take();
    do
    :: handover_poll()
    od
}

#if LIVE == 1
ltl all_run { [] <> (ghost_runs[0]) && [] <> (ghost_runs[1]) }
#else
ltl nobody_keeps_it { [] (ghost_runs[0] -> <> (ghost_runs[1] || ghost_runs[2])) }
#endif

#else

/* The first thread may run on until the others have left. */
active [THREADS] proctype Thread() {
    byte turn, before, asks;
    bool timed_out, has_asked, has_waiters;
    gil_take();
    do
    :: turn < TURNS ->
        turn++;
        if
        :: true -> handover_poll()
        :: true -> gil_release(); gil_take()
        fi
    :: turn == TURNS -> break
    od;
    if
    :: _pid == 0 ->
        do
        :: must_poll(_pid) && ghost_left < THREADS - 1 -> handover_poll()
        :: ghost_left == THREADS - 1 -> break
        od
    :: else
    fi;
    gil_release();
    ghost_left++
}

#endif
