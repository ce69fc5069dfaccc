/* refcache.pml: objects that are spread: counted by each thread in a cache of its own.
 *
 * models: nogil/refcache.c: refcache_count, be_spread, take, flush, cease, refcache_gather,
 *         gather_one, refcache_ask, refcache_asks, refcache_is_empty
 * models: nogil/refcount_biased.c: ref_add_stranger, ref_try_stranger, ref_drop_stranger
 * models: nogil/slot.h: slot_read
 * models: core/threads/thread.c: while_stopped, merge, settle
 *
 * Threads 1 to 3 work on one slot and on two blocks of memory; a freed block is at once the
 * next object. All objects are MERGED here (biased.pml has the way there), so the word is a
 * count and whether it is spread. The stopping of the world is one step, which waits until all
 * others are at a safepoint (world.pml has how). A loop of compare-and-swaps is one step, at
 * the moment that the last one succeeds. Whatever starts with `is_` or `ghost_` is not in the
 * program, but what is claimed:
 *   - an object is destroyed once, and when no reference to it is left;
 *   - while all threads are past a safepoint nothing waits for its end;
 *   - what slot_read finds was in the slot at some moment of the read;
 *   - when all threads have ended all objects are destroyed, and nothing is spread. */

#ifndef TURNS
#define TURNS 1 /* of the second thread and the third; the first has one more */
#endif
#ifndef THIRD
#define THIRD TURNS
#endif
#define BLOCKS 2
#define PLACES 3
#define NONE 2 /* no block */

typedef Block {
    short count;     /* with is it spread: the word `shared` */
    bool spread;
    bool is_free;    /* the allocator may have it */
    bool is_alive;
    byte ghost_refs; /* references that exist */
    byte ghost_life  /* which object this is */
};

typedef Cache {
    short count[BLOCKS];
    bool used[BLOCKS]
};

Block blocks[BLOCKS];
Cache caches[4];
byte places[PLACES]; /* `spread` */
byte place_count;
byte slot;
bool running[4];     /* between two safepoints; a thread that has ended is not */
bool stopped;
byte ghost_lives;
byte ghost_seen[4];  /* bit i: life i was in the slot during this thread's read */
byte ghost_left;
byte ghost_gathers;  /* threads that have the world stopped, or are about to */

#define life_of(b) (b == NONE -> 0 : blocks[b].ghost_life)

inline is_destroyed(b) {
    assert(blocks[b].is_alive);
    assert(blocks[b].ghost_refs == 0);
    blocks[b].is_alive = false;
    blocks[b].is_free = true
}

/* ---- counting ---- */

/* What another thread does to the word, or to the block, between the look at the word and the
 * count in the cache, must not matter. */
inline refcache_count(b, by) {
    d_step {
        caches[_pid].used[b] = true;
        caches[_pid].count[b] = caches[_pid].count[b] + by
    }
}

inline ref_try_stranger(b) {
    d_step {
        done = false;
        seen = blocks[b].spread;
        if
        :: seen
        :: !seen && blocks[b].count > 0 -> blocks[b].count++; done = true; is_counted(b)
        :: else
        fi
    }
    if
    :: seen ->
#ifdef BREAK_SAFEPOINT_BETWEEN
        leave();
        enter();
#endif
        d_step { done = true; is_counted(b) }
        refcache_count(b, 1)
    :: else
    fi;
    seen = false
}

/* By who holds a reference. */
inline ref_add_stranger(b) {
    d_step {
        blocks[b].ghost_refs++;
        seen = blocks[b].spread;
        if :: !seen -> blocks[b].count++ :: else fi
    }
    if :: seen -> refcache_count(b, 1) :: else fi;
    seen = false
}

inline is_counted(b) {
    assert(blocks[b].is_alive);
    blocks[b].ghost_refs++
}

/* A reference of this thread ends. */
inline drop(b) {
    d_step {
        assert(blocks[b].is_alive && blocks[b].ghost_life == life && blocks[b].ghost_refs > 0);
        blocks[b].ghost_refs--;
        life = 0
    }
    d_step {
        seen = blocks[b].spread;
        if
#ifdef BREAK_DIES_SPREAD
        :: seen -> blocks[b].count--; seen = false;
            if :: blocks[b].count == 0 -> is_destroyed(b) :: else fi
#endif
        :: seen
        :: !seen ->
            blocks[b].count--;
            if :: blocks[b].count == 0 -> is_destroyed(b) :: else fi
        fi
    }
    if
    :: seen -> refcache_count(b, -1)
    :: else
    fi;
    seen = false;
    b = NONE
}

/* ---- spreading ---- */

inline be_spread(b) {
    if
    :: place_count < PLACES ->
        d_step { place = place_count; place_count++ }
        if
        :: place < PLACES ->
            places[place] = b;
            d_step {
                if
#ifdef BREAK_LAST_TAKEN
                :: !blocks[b].spread ->
#else
                :: !blocks[b].spread && blocks[b].count >= 2 ->
#endif
                    blocks[b].spread = true;
                    blocks[b].count--;
                    seen = true
#ifndef BREAK_PLACED_TWICE
                :: else -> places[place] = NONE
#else
                :: else
#endif
                fi
            }
            if :: seen -> seen = false; refcache_count(b, 1) :: else fi
        :: else
        fi;
        place = 0
    :: else
    fi
}

/* ---- gathering ---- */

inline take(id, b) {
    blocks[b].count = blocks[b].count + caches[id].count[b];
    caches[id].count[b] = 0
}

inline flush(id) {
    d_step {
        take(id, 0);
        take(id, 1);
        caches[id].used[0] = false;
        caches[id].used[1] = false
    }
}

inline cease(b) {
    blocks[b].spread = false;
    if :: blocks[b].count == 0 -> is_destroyed(b) :: else fi
}

inline world_stop() {
    atomic { ghost_gathers++; running[_pid] = false };
#ifdef BREAK_RUNNING
    atomic { !stopped -> stopped = true; running[_pid] = true }
#else
    atomic {
        !stopped && !running[1] && !running[2] && !running[3] ->
            stopped = true;
            running[_pid] = true
    }
#endif
}

inline world_resume() {
    atomic { stopped = false; ghost_gathers-- }
}

inline gather() {
    world_stop();
    d_step { gathers = (place_count > 0); if :: gathers -> place_count = 0 :: else fi }
    if
    :: gathers ->
        gathers = false;
#ifdef BREAK_OWN_ONLY
        flush(_pid);
#else
        flush(1);
        flush(2);
        flush(3);
#endif
        do
        :: place < PLACES ->
            d_step {
                if
#ifdef BREAK_PLACED_TWICE
                :: places[place] != NONE ->
#else
                :: places[place] != NONE && blocks[places[place]].spread ->
#endif
                    cease(places[place])
                :: else
                fi;
                places[place] = NONE;
                place++
            }
        :: place == PLACES -> place = 0; break
        od
    :: else
    fi;
    world_resume()
}

#define cache_is_empty (!caches[_pid].used[0] && !caches[_pid].used[1])
#define asks_of(b) (caches[_pid].count[b] < 0)

inline gather_one(b) {
    i = 0;
    do
    :: i < PLACES -> if :: places[i] == b -> places[i] = NONE :: else fi; i++
    :: i == PLACES -> i = 0; break
    od;
    cease(b)
}

/* Whether it is too much for an object that lives is anybody's guess here. */
inline answer(b) {
#ifdef BREAK_OWN_TAKEN
    take(_pid, b);
    if
    :: blocks[b].count + caches[1].count[b] + caches[2].count[b] + caches[3].count[b] == 0 ->
        take(1, b); take(2, b); take(3, b)
    :: else
    fi;
#else
    take(1, b);
    take(2, b);
    take(3, b);
#endif
    if
    :: blocks[b].count == 0 || too_much -> gather_one(b)
    :: else
    fi
}

inline ask() {
    world_stop();
    if :: too_much = true :: too_much = false fi;
    d_step {
        if :: asks_of(0) -> answer(0) :: else fi;
        if :: asks_of(1) -> answer(1) :: else fi;
        too_much = false
    }
    world_resume()
}

inline safepoint() {
#ifndef BREAK_NEVER_ASKED
    if :: asks_of(0) || asks_of(1) -> ask() :: else fi;
#endif
    leave();
    d_step {
        if
        :: !running[1] && !running[2] && !running[3] && ghost_gathers == 0 ->
            assert(!(blocks[0].is_alive && blocks[0].ghost_refs == 0) &&
                   !(blocks[1].is_alive && blocks[1].ghost_refs == 0))
        :: else
        fi
    }
}

/* ---- what threads do ---- */

inline enter() { atomic { !stopped -> running[_pid] = true } }
inline leave() { running[_pid] = false }

inline object_new(b) {
    d_step {
        if
        :: blocks[0].is_free -> b = 0
        :: !blocks[0].is_free && blocks[1].is_free -> b = 1
        :: else -> b = NONE
        fi;
        if
        :: b != NONE ->
            ghost_lives++;
            blocks[b].is_free = false;
            blocks[b].is_alive = true;
            blocks[b].count = 1;
            blocks[b].spread = false;
            blocks[b].ghost_refs = 1;
            blocks[b].ghost_life = ghost_lives
        :: else
        fi
    }
}

/* Under a lock that is not modelled; the old one is dropped after it. */
inline slot_set(fresh) {
    d_step {
        old = slot;
        slot = fresh;
        fresh = NONE;
        if :: old != NONE -> life = blocks[old].ghost_life :: else fi;
        if :: ghost_seen[1] -> ghost_seen[1] = ghost_seen[1] | (1 << life_of(slot)) :: else fi;
        if :: ghost_seen[2] -> ghost_seen[2] = ghost_seen[2] | (1 << life_of(slot)) :: else fi;
        if :: ghost_seen[3] -> ghost_seen[3] = ghost_seen[3] | (1 << life_of(slot)) :: else fi
    }
    if :: old != NONE -> drop(old) :: else fi
}

/* slot_read; what fails is not tried again. */
inline get() {
    ghost_seen[_pid] = 1 << life_of(slot);
    b = slot;
    if
    :: b != NONE ->
        ref_try_stranger(b);
        if
        :: !done -> b = NONE
        :: done ->
            done = false;
            life = blocks[b].ghost_life;
            good = true;
#ifndef BREAK_NO_SLOT_CHECK
            good = slot == b;
#endif
            if
            :: good -> d_step { assert(ghost_seen[_pid] & (1 << life_of(b))) }
            :: else -> drop(b) /* slot_regret */
            fi;
            good = false
        fi
    :: else
    fi;
    ghost_seen[_pid] = 0
}

/* Holds one reference at most between turns. */
proctype Worker(byte turns) {
    byte b = NONE, old = NONE, copy = NONE, life, kept, place, left, i;
    bool done, seen, good, gathers, too_much;
    left = turns;
    do
    :: left > 0 ->
        left--;
        enter();
        if
        :: b == NONE -> life = 0; get(); kept = life
        :: b != NONE -> life = kept; drop(b)
        :: b != NONE -> be_spread(b)
        :: b == NONE -> object_new(b); slot_set(b)
        :: b != NONE -> slot_set(b)
        :: b != NONE -> ref_add_stranger(b); copy = b; slot_set(copy)
        :: true -> gather()
        fi;
        life = 0;
        safepoint()
    :: left == 0 -> break
    od;
    enter();
    if :: b != NONE -> life = kept; drop(b) :: else fi;
    b = NONE;
    slot_set(b);
    do
#ifdef BREAK_END_KEEPS
    :: true -> break
#else
    :: !cache_is_empty -> gather()
    :: cache_is_empty -> break
#endif
    od;
    leave();
    ghost_left++
}

init {
    d_step {
        blocks[0].is_alive = true;
        blocks[0].count = 1;
        blocks[0].ghost_refs = 1;
        ghost_lives = 1;
        blocks[0].ghost_life = 1;
        blocks[1].is_free = true;
        slot = 0;
        places[0] = NONE; places[1] = NONE; places[2] = NONE
    }
    atomic {
        run Worker(TURNS + 1);
        run Worker(TURNS);
        run Worker(THIRD)
    }
    d_step {
        ghost_left == 3 ->
        assert(blocks[0].is_free && blocks[1].is_free);
        assert(!blocks[0].spread && !blocks[1].spread)
    }
}
