/* lock_bias.pml: how a stranger ends the bias of an object's lock.
 *
 * models: nogil/lock.h: lock_take_biased, lock_drop_biased, lock_drop
 * models: nogil/lock.c: end_bias, wait_for_owner, owner_holds, lock_take_byte, lock_drop_byte,
 *         lock_take_two
 * models: nogil/world.c: world_borrow
 * models: nogil/merge_queue.c: merge_for
 *
 * Thread 1 owns the object, 2 and 3 want to lock it, too, or drop it so that the owner's
 * queue has it; who finds the owner's World away merges in its place. Spin is sequentially
 * consistent, processors are not: so the owner's stores to `held` go through a buffer, that
 * empties at any time, at the owner's own atomics, and at the membarrier. Claimed: never
 * are two inside (`ghost_inside`), and nobody waits for ever. Parking is parking.pml's. */

#define TURNS 3

#define ATTACHED 1
#define DETACHED 0
#define BORROWED 2

byte owner = 1;          /* 0: the object is merged */
bool held;               /* the owner's World.held names the object, as others see it */
bool held_owner;         /* as the owner itself sees it */
chan buffer = [4] of { bool };
bool locked, revoking, unbiased; /* the lock byte */
byte world = ATTACHED;   /* the owner's */
bool queued, merged;
byte ghost_inside;

inline enter() {
    d_step { ghost_inside++; assert(ghost_inside == 1) }
}
inline leave() { ghost_inside-- }

/* The processor writes back what the owner stored, sooner or later. */
active proctype Buffer() { /* process 0, so that the owner is 1 */
end:
    do
    :: atomic { buffer?held }
    od
}

inline store_held(value) {
    d_step { buffer!value; held_owner = value }
}

/* An atomic read-modify-write of the owner empties its buffer. */
inline fence() { empty(buffer) }

inline membarrier() {
#ifndef BREAK_NO_MEMBARRIER
    d_step {
        do
        :: nempty(buffer) -> buffer?held
        :: empty(buffer) -> break
        od
    }
#else
    skip
#endif
}

inline end_bias() {
    old = owner;
    if :: _pid == 1 -> fence() :: else fi;
    revoking = true;
    if
    :: old != 0 ->
        membarrier();
#ifdef BREAK_UNBIASED_BEFORE_WAIT
        unbiased = true;
#endif
        if
        :: _pid == 1 -> !held_owner
        :: else -> !held
        fi
    :: else
    fi;
    if :: _pid == 1 -> fence() :: else fi;
    unbiased = true;
    old = 0
}

#ifdef BREAK_COMPETE_EARLY
#define may_compete (unbiased || revoking)
#else
#define may_compete unbiased
#endif

inline lock_take_byte() {
    do
    :: !may_compete -> end_bias()
    :: atomic { may_compete && !locked && (_pid != 1 || empty(buffer)) -> locked = true; break }
    od
}

inline lock_take_biased(done) {
    done = false;
    if
    :: owner == _pid ->
        store_held(true);
        if
#ifdef BREAK_BYTE_UNSEEN
        :: true -> done = true
#else
        :: !revoking && !unbiased -> done = true
#ifdef BREAK_HELD_KEPT
        :: else
#else
        :: else -> store_held(false)
#endif
#endif
        fi
    :: else
    fi
}

inline lock_drop() {
    if
    :: _pid == 1 && held_owner -> store_held(false)
    :: else -> locked = false
    fi
}

/* World_borrow leaves a thread alone that waits with a lock in `held`. */
inline merge_for_owner() {
    if
    :: d_step { world == DETACHED -> world = BORROWED } ->
        if
#ifndef BREAK_BORROW_WHILE_HELD
        :: held
#endif
        :: else -> owner = 0; merged = true
        fi;
        world = DETACHED
    :: else
    fi
}

/* In lock_take_two the owner may have to wait for the second lock with the first held, and
 * is detached meanwhile. Detaching is sequentially consistent: a fence. */
inline wait_for_second() {
    fence();
    world = DETACHED;
    d_step { world == DETACHED -> world = ATTACHED }
}

active proctype Owner() {
    byte old, turn;
    bool biased;
    do
    :: turn < TURNS ->
        turn++;
        lock_take_biased(biased);
        if :: biased :: else -> lock_take_byte() fi;
        if
        :: true -> wait_for_second()
        :: true
        fi;
        enter();
        leave();
        lock_drop();
        if
        :: queued && !merged -> owner = 0; merged = true /* at a safepoint */
        :: true
        fi
    :: turn == TURNS -> break
    od;
    fence();
    world = DETACHED
}

proctype Stranger() {
    byte old;
    if
    :: d_step { !queued -> queued = true } -> merge_for_owner()
    :: true
    fi;
    lock_take_byte();
    enter();
    leave();
    lock_drop()
}

active proctype Start() {
    atomic { run Stranger(); run Stranger() }
}
