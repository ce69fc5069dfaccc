/* parking.pml: the lock byte with HELD and PARKED, and the queue of who waits for it.
 *
 * models: nogil/lock.c: lock_take_byte, try_byte, must_wait, wait_for_byte, lock_drop_byte,
 *         keep_parked
 * models: core/types/lock.c: try_take, is_contended, take_slowly, keep_parked,
 *         gilt_lock_release
 * models: core/threads/parking.c: park_detached, wait_in, unpark_one
 *
 * Each of a few threads takes and drops the lock some times. A thread that waits in the
 * queue is woken by an unpark and by nothing else. Claimed: one is inside at a time, and
 * all come to their end: no wake-up is lost. */

#define THREADS 3
#define TURNS 2

bool held, parked;       /* the byte */
bool mutex;              /* of the queue */
chan queue = [4] of { byte };
bool waiting[THREADS + 1];
bool ghost_inside;

#define must_wait (held && parked)

inline mutex_lock() { atomic { !mutex -> mutex = true } }
inline mutex_unlock() { mutex = false }

inline park() {
#ifdef BREAK_ASKS_UNLOCKED
    must = must_wait;
    mutex_lock();
#else
    mutex_lock();
    must = must_wait;
#endif
    if
    :: must -> waiting[_pid] = true; queue!_pid
    :: else
    fi;
    mutex_unlock();
    must = false;
    !waiting[_pid] /* the condition releases the mutex and waits */
}

inline unpark_one() {
    mutex_lock();
    if
    :: queue?next
    :: empty(queue) -> next = THREADS
    fi;
#if defined(BREAK_PARKED_ALWAYS_CLEARED)
    parked = false;
#elif !defined(BREAK_CLEARED_UNLOCKED)
    if :: empty(queue) -> parked = false :: nempty(queue) fi;
#endif
    waiting[next] = false;
#ifdef BREAK_CLEARED_UNLOCKED
    more = nempty(queue);
    mutex_unlock();
    if :: !more -> parked = false :: else fi;
    more = false;
#else
    mutex_unlock();
#endif
    next = 0
}

inline lock_take_byte() {
    do
#ifdef BREAK_TAKEN_IN_TWO
    :: !held -> held = true; break
#else
    :: atomic { !held -> held = true; break }
#endif
    :: d_step { held -> parked = true } -> park() /* wait_for_byte: by one swap */
    od
}

inline lock_drop_byte() {
    d_step { was_parked = parked; held = false }
    if
    :: was_parked -> unpark_one()
    :: else
    fi
}

active [THREADS] proctype Thread() {
    byte turn, next;
    bool must, was_parked, more;
    do
    :: turn < TURNS ->
        turn++;
        lock_take_byte();
        assert(!ghost_inside);
        ghost_inside = true;
        ghost_inside = false;
        lock_drop_byte()
    :: turn == TURNS -> break
    od
}
