/* weakref.pml: weakref_get against the last drop of the referent, and of the weak reference.
 *
 * models: core/types/weakref.c: gilt_weakref_get, get_locked, weakref_forget, table_take,
 *         weakrefs_cut, weakrefs_call
 * models: nogil/slot.h: slot_count
 * models: nogil/world.c: slot_regret
 * models: core/object/object.c: object_destroy, withdraw, object_release
 *
 * Thread 0 drops the referent and makes another object in the same block; 1 and 2 each hold
 * the weak reference, ask it, and drop what they have: so referent and weak reference may
 * die at once. Counts are one word here (biased.pml has the others); an object is `shared`
 * once it may be counted by who holds no reference. Claimed:
 *   - weakref_get returns the referent, counted, or, once the referent is dead, nothing;
 *   - the callback is called at most once and with a living weak reference;
 *   - nothing is destroyed twice or while in use, and in the end the table is empty. */

byte count = 1;               /* the block's count */
#ifdef BREAK_NOT_SHARED
bool shared, is_free;
#else
bool shared = true, is_free;
#endif
byte ghost_life = 1;          /* 1: the referent; 2: the object that comes after it */
bool ghost_referent_died;

bool slot = true;             /* the weak reference's: names the block, or is empty */
bool in_table = true;
bool mutex;                   /* the shard's */
byte weak_count = 2;
bool weak_freed;
byte ghost_called, ghost_left;

inline lock() { atomic { !mutex -> mutex = true } }
inline unlock() { mutex = false }

inline ref_try(done) {
    d_step {
        done = shared && count > 0;
#ifndef BREAK_GET_UNCOUNTED
        if :: done -> count++ :: else fi
#endif
    }
}

/* ---- dying ---- */

inline weakref_forget() {
#ifndef BREAK_FORGET_UNLOCKED
    lock();
#endif
    if
    :: slot ->
        assert(in_table);
        in_table = false;
        slot = false
    :: else
    fi;
#ifndef BREAK_FORGET_UNLOCKED
    unlock()
#endif
}

inline weak_drop() {
#ifdef BREAK_DROPPED_IN_TWO
    weak_count--;
    died = (weak_count == 0);
#else
    d_step { assert(!weak_freed && weak_count > 0); weak_count--; died = (weak_count == 0) }
#endif
    if
    :: died ->
        died = false;
#ifndef BREAK_NOT_FORGOTTEN
        weakref_forget();
#endif
        d_step { assert(!weak_freed); weak_freed = true }
    :: else
    fi
}

/* table_take, and the callback. */
inline weakrefs_cut() {
    lock();
    if
    :: in_table ->
        assert(!weak_freed);
#ifndef BREAK_TABLE_KEPT
        in_table = false;
#endif
#ifndef BREAK_EMPTIED_LATE
        slot = false;
#endif
        d_step {
#ifdef BREAK_CALLBACK_UNTRIED
            taken = true;
#else
            taken = weak_count > 0;
#endif
#ifndef BREAK_CALLED_UNCOUNTED
            if :: taken -> weak_count++ :: else fi
#endif
        }
    :: else
    fi;
    unlock();
#ifdef BREAK_EMPTIED_LATE
    slot = false;
#endif
    if
    :: taken ->
        taken = false;
        assert(!weak_freed);
        d_step { assert(ghost_called == 0); ghost_called++ }
#ifndef BREAK_CALLED_KEPT
        weak_drop()
#endif
    :: else
    fi
}

inline object_release() {
    d_step { count = 0; shared = false }
    is_free = true
}

inline drop() {
    d_step {
        assert(!is_free && ghost_life == life && count > 0);
        count--;
        last = (count == 0);
        if :: last && life == 1 -> ghost_referent_died = true :: else fi
    }
    if
    :: last ->
        last = false;
#ifdef BREAK_FREED_FIRST
        object_release();
        weakrefs_cut()
#else
        weakrefs_cut();
        object_release()
#endif
    :: else
    fi;
    life = 0
}

/* ---- asking ---- */

inline get_locked() {
    lock();
    if
    :: slot -> ref_try(counted)
    :: else
    fi;
    unlock()
}

inline slot_count() {
    ref_try(counted);
    if
    :: counted ->
        life = ghost_life;
#ifndef BREAK_NO_SECOND_LOOK
        if
        :: slot
        :: !slot -> counted = false; again = true; drop() /* slot_regret */
        fi
#endif
    :: else ->
        if
        :: slot -> get_locked()
        :: else -> again = true
        fi
    fi
}

inline weakref_get() {
    do
    :: true ->
        again = false;
        if
        :: slot -> slot_count()
        :: else
        fi;
        if :: !again -> break :: else fi
    od;
    if
    :: counted ->
        counted = false;
        life = ghost_life;
        assert(life == 1);
        drop()
    :: else -> assert(ghost_referent_died)
    fi
}

#define VARIABLES byte life; bool died, last, taken, counted, again

inline leave() {
    ghost_left++;
    ghost_left == 3;
    assert(is_free && weak_freed && !in_table && !slot)
}

active proctype Killer() {
    VARIABLES;
    life = 1;
    drop();
    if
    :: atomic { is_free -> is_free = false };
        d_step { count = 1; shared = false; ghost_life = 2 }
        life = 2;
        shared = true;
        drop()
    :: true
    fi;
    leave()
}

active [2] proctype Asker() {
    VARIABLES;
    weakref_get();
    weak_drop();
    leave()
}
