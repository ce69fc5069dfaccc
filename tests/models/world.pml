/* world.pml: attaching, detaching, borrowing and stopping.
 *
 * models: nogil/world.c: become_attached, make_way, world_attach, world_detach, world_poll,
 *         world_borrow, world_give_back, others_attached, count_attached, world_stop,
 *         world_resume
 * models: nogil/merge_queue.c: merge_queue_push, merge_for
 * models: nogil/reclaim.c: wait_for_readers, reclaim_is_awaited
 * models: core/threads/thread.c: thread_begin, thread_end, safepoint_slow, blocking_begin
 * models: core/threads/parking.c: park
 *
 * Thread 1 owns objects and comes and goes; 2 drops some of them, waits for a grace period
 * or stops the world; 3 does so, too. At its end a thread ends, or, thread 1, runs on for
 * ever and looks at its poll word. Claimed:
 *   - nobody runs (`ghost_runs`) while the world is stopped;
 *   - a queue is merged by one thread at a time, and at the end is empty, whether its owner
 *     runs on or is away for good;
 *   - nobody waits for ever (no invalid end state: all waits here block).
 *
 * With -DLIVE thread 1 runs for ever and comes and goes, and 2 and 3 stop the world, once or
 * twice, or again and again. If everybody who can go on does so (weak fairness), each stop
 * that is asked for comes, and thread 1 runs again; if stops never end, one of the two
 * always succeeds, but thread 1 may be kept out, as `run` shows: a stop is no lock that is
 * fair. The conditions `stopped` and `resumed` are left out: a wait for them is one for what
 * they announce. */

#define DETACHED 0
#define ATTACHED 1
#define BORROWED 2
#define THREADS 3
#ifndef TURNS
#define TURNS 2
#endif

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
#ifdef BREAK_ATTACH_BORROWED
    state[_pid] = ATTACHED
#else
    d_step { state[_pid] == DETACHED -> state[_pid] = ATTACHED }
#endif
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
#ifndef BREAK_POLL_BLIND
    :: stopping -> world_detach(); world_attach()
#endif
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
    :: else ->
#ifndef BREAK_STOP_SILENT
        poll[id] = true;
#endif
        all = false;
        state[id] != ATTACHED
    fi
}

inline world_stop() {
    world_detach();
#ifndef BREAK_TWO_STOPPERS
    atomic { !stopper -> stopper = true }
#endif
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

#ifdef LIVE

/* 1 runs on, coming and going; 2 and 3 stop the world, and then run on, too. */
proctype Owner() {
    thread_begin();
    do
    :: safepoint()
    :: park()
    od
}

proctype Other(byte turns) {
    bool all;
    thread_begin();
    do
    :: turns > 0 ->
#if LIVE == 1
        turns--;
#endif
        world_stop();
        world_resume();
        safepoint()
    :: turns == 0 -> break
    od;
    ghost_left++;
    do
    :: safepoint()
    od
}

#if LIVE == 1
ltl all_stop { <> (ghost_left == 2) && [] <> (ghost_runs[1]) }
#elif LIVE == 2 /* they stop it again and again */
ltl always_stopped { [] <> (ghost_stopped) }
#else
ltl always_let_in { [] <> (ghost_runs[1]) }
#endif

#else

proctype Owner() {
    bool all;
    byte turn;
    thread_begin();
    do
    :: turn < TURNS ->
        turn++;
        if
        :: true -> safepoint()
        :: true -> park()
        :: true -> blocking_begin(); world_attach()
        fi
    :: turn == TURNS -> break
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

#endif

init {
    atomic { run Owner(); run Other(TURNS); run Other(1) }
}
