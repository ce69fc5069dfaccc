/* gil.pml: the GIL, handed over by the switch interval.
 *
 * Threads hold the GIL for some safepoints, between which some release it for a while. A
 * waiter that has waited for the interval without a switch asks the holder; a waiter's
 * time-out is possible only while the GIL is held, so that no time-out covers for a lost
 * wake-up. Claimed:
 *   - one thread holds the GIL (`ghost_runs`);
 *   - nobody waits for ever, with requests left over from earlier turns, too;
 *   - the switch is forced: who handed over on request while another waited does not take
 *     the GIL again before another has had it;
 *   - who waits while the holder runs on for ever gets the GIL: no request is lost. */

#define THREADS 3
#define TURNS (_pid == 0 -> 2 : 1)

bool mutex, held;
byte waiters, holder = THREADS;
byte switches;            /* modulo 4: what interval_wait compares */
bool asked[THREADS];      /* the poll word */
bool in_released[THREADS], in_taken[THREADS]; /* waits for this condition */
byte ghost_runs, ghost_left;

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
    :: timed_out && held && switches == before && may_ask ->
        asked[asks] = true;
        has_asked = true
    :: else
    fi;
    before = 0;
    asks = 0;
    timed_out = false
}

inline gil_take() {
    lock();
    waiters++;
    has_asked = false;
    do
    :: held -> interval_wait()
    :: !held -> break
    od;
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
    d_step { ghost_runs++; assert(ghost_runs == 1) }
}

inline gil_release() {
    ghost_runs--;
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
        ghost_runs--;
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
        assert(!has_waiters || holder != _pid);
        has_waiters = false;
        unlock();
        gil_take()
    :: else
    fi
}

/* The first thread may run on until the others have left. */
active [THREADS] proctype Thread() {
    byte turn, before, asks;
    bool timed_out, has_asked, has_waiters;
    gil_take();
    do
    :: turn < TURNS ->
        turn++;
        if
        :: true -> interval_poll()
        :: true -> gil_release(); gil_take()
        fi
    :: turn == TURNS -> break
    od;
    if
    :: _pid == 0 ->
        do
        :: asked[_pid] -> interval_poll()
        :: ghost_left == THREADS - 1 && !asked[_pid] -> break
        od
    :: else
    fi;
    gil_release();
    ghost_left++
}
