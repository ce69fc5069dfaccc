/* world.pml: attaching, detaching, borrowing and stopping.
 *
 * Thread 1 owns objects and comes and goes; 2 drops some of them, waits for a grace period
 * or stops the world; 3 does so, too. At its end a thread ends, or, thread 1, runs on for
 * ever and looks at its poll word. Claimed:
 *   - nobody runs (`ghost_runs`) while the world is stopped;
 *   - a queue is merged by one thread at a time, and at the end is empty, whether its owner
 *     runs on or is away for good;
 *   - nobody waits for ever (no invalid end state: all waits here block). */

#define DETACHED 0
#define ATTACHED 1
#define BORROWED 2
#define THREADS 3

byte state[4];
bool poll[4];
bool running[4];          /* thread.c: world_each visits this thread */
byte queue;               /* of thread 1 */
bool stopper, stopping;   /* a mutex, and the flag */
bool online[4], awaited[4]; /* RCU: who reads; for whom a grace period waits */
bool grace;               /* liburcu's mutex: one grace period at a time */
byte graces;              /* how many wait for one: nobody's poll word is cleared */
bool ghost_runs[4], ghost_stopped, ghost_merges;
byte ghost_left;

inline begins_to_run() {
    d_step { assert(!ghost_stopped); ghost_runs[_pid] = true }
}

/* ---- RCU, as liburcu's qsbr ---- */

inline rcu_offline() { d_step { online[_pid] = false; awaited[_pid] = false } }
inline rcu_online() { online[_pid] = true }
inline rcu_quiescent() { awaited[_pid] = false }

inline rcu_wait() {
    atomic { !grace -> grace = true }
    d_step {
        awaited[1] = online[1] && _pid != 1;
        awaited[2] = online[2] && _pid != 2;
        awaited[3] = online[3] && _pid != 3
    }
    !awaited[1] && !awaited[2] && !awaited[3];
    grace = false
}

/* ---- attaching and detaching ---- */

inline become_attached() {
    d_step { state[_pid] == DETACHED -> state[_pid] = ATTACHED }
}

inline world_attach() {
    do
    :: true ->
        become_attached();
        if
#ifndef BREAK_ATTACH_BLIND
        :: stopping -> state[_pid] = DETACHED; !stopping
#endif
        :: else -> break
        fi
    od;
    rcu_online();
    begins_to_run()
}

inline world_detach() {
    ghost_runs[_pid] = false;
    rcu_offline();
    state[_pid] = DETACHED
}

inline world_poll() {
    poll[_pid] = false;
    if :: graces > 0 -> poll[_pid] = true :: else fi;
    rcu_quiescent();
    if
    :: stopping -> world_detach(); world_attach()
    :: else
    fi
}

/* ---- the queue of thread 1 ---- */

inline merge_all() {
    do
    :: queue > 0 ->
        d_step { assert(!ghost_merges); ghost_merges = true };
        d_step { queue--; ghost_merges = false }
    :: else -> break
    od
}

inline merge() {
    if :: _pid == 1 -> merge_all() :: else fi
}

inline merge_queue_push() {
    queue++;
    if
    :: state[1] == ATTACHED -> poll[1] = true
    :: else ->
#ifdef BREAK_PUSHER_BLIND
        poll[1] = true
#else
        do
        :: queue == 0 -> break
        :: else ->
            if
            :: d_step { state[1] == DETACHED -> state[1] = BORROWED } ->
                merge_all();
                state[1] = DETACHED
            :: else ->
#ifndef BREAK_NO_POKE_AFTER_BORROW
                poll[1] = true;
#endif
                break
            fi
        od
#endif
    fi
}

/* ---- what threads do ---- */

inline safepoint() {
    if
    :: poll[_pid] -> world_poll(); merge()
    :: else
    fi
}

inline blocking_begin() {
    do
    :: true ->
        merge();
        world_detach();
        if
#ifndef BREAK_DETACH_BLIND
        :: _pid == 1 && queue > 0 -> world_attach()
#endif
        :: else -> break
        fi
    od
}

/* Waiting for an object's lock, which is held for a moment. */
inline park() { world_detach(); world_attach() }

inline wait_for_readers() {
#ifndef BREAK_POKE_ONCE
    graces++;
#endif
    poll[1] = true;
    poll[2] = true;
    poll[3] = true;
#ifdef BREAK_WAITER_ATTACHED
    rcu_offline(); /* as synchronize_rcu does itself; but it stays attached */
    rcu_wait();
    graces--;
    rcu_online()
#else
    world_detach();
    rcu_wait();
#ifndef BREAK_POKE_ONCE
    graces--;
#endif
    world_attach()
#endif
}

inline wait_until_away(id) {
    if
    :: id == _pid || !running[id] || state[id] != ATTACHED
    :: else -> poll[id] = true; all = false; state[id] != ATTACHED
    fi
}

inline world_stop() {
    world_detach();
    atomic { !stopper -> stopper = true }
    become_attached();
#ifdef BREAK_STOPPER_ONLINE
    rcu_online();
#endif
    stopping = true;
    do
    :: true ->
        all = true;
        wait_until_away(1);
        wait_until_away(2);
        wait_until_away(3);
        if :: all -> break :: else fi
    od;
    rcu_online();
    d_step {
        ghost_runs[_pid] = true;
        ghost_stopped = true;
        assert(ghost_runs[1] + ghost_runs[2] + ghost_runs[3] == 1)
    }
}

inline world_resume() {
    ghost_stopped = false;
    stopping = false;
    stopper = false
}

inline thread_begin() {
    running[_pid] = true;
    world_attach()
}

/* blocking_begin, world_leave: what is still in the queue is merged first. */
inline thread_end() {
#ifdef BREAK_NOT_RUNNING_EARLY
    running[_pid] = false;
#endif
    blocking_begin();
    running[_pid] = false;
    ghost_left++
}

/* Waits for what never comes: a lock or condition of the program. */
inline wait_for_ever() {
#ifdef BREAK_PARK_IGNORES_QUEUE
    world_detach();
#else
    blocking_begin();
#endif
    ghost_left++
}

inline run_on() {
    ghost_left++;
    do
    :: poll[_pid] -> safepoint()
    :: ghost_left == THREADS && !poll[_pid] -> break
    od
}

proctype Owner() {
    bool all;
    byte turn;
    thread_begin();
    do
    :: turn < 2 ->
        turn++;
        if
        :: true -> safepoint()
        :: true -> park()
        :: true -> blocking_begin(); world_attach()
        fi
    :: turn == 2 -> break
    od;
    if
    :: true -> thread_end()
    :: true -> wait_for_ever()
    :: true -> run_on()
    fi;
    ghost_left == THREADS;
    assert(queue == 0)
}

proctype Other(byte turns) {
    bool all;
    thread_begin();
    do
    :: turns > 0 ->
        turns--;
        if
        :: true -> merge_queue_push()
        :: true -> world_stop(); world_resume()
        :: true -> wait_for_readers()
        fi;
        safepoint()
    :: turns == 0 -> break
    od;
    thread_end()
}

init {
    atomic { run Owner(); run Other(2); run Other(1) }
}
