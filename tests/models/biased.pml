/* biased.pml: biased counts, the merge queue and slot_read, in memory that is reused at once.
 *
 * models: nogil/refcount_biased.h: ref_init, ref_add, ref_drop, ref_was_last, ref_share, ref_try
 * models: nogil/refcount_biased.c: merge, ref_merge_zero, ref_add_stranger, ref_drop_stranger,
 *         ref_disown, ref_share_slow, ref_merge_next
 * models: nogil/refcount.h: ref_bury, ref_clear, shared_is_dead
 * models: nogil/slot.h: slot_read
 * models: nogil/merge_queue.c: merge_queue_push, merge_queue_pop, merge_for
 * models: nogil/world.c: world_borrow, world_give_back, slot_regret
 * models: core/object/object.c: object_died, object_destroy, object_release
 * models: core/threads/thread.c: merge, blocking_begin, thread_end
 *
 * Threads 1 to 3 work on one list of one slot (a Link to an array with a Slot) and on two
 * blocks of memory. A freed block is at once the next object that anybody makes: that is
 * more than memory.c allows. A loop of compare-and-swaps is one step here, at the moment
 * that the last one succeeds; all other loads and stores of shared words are steps of their
 * own. Whatever starts with `is_` or `ghost_` is not in the program, but what is claimed:
 *   - an object is destroyed once, and when no reference to it is left;
 *   - all are destroyed when everybody has left and the queues are empty;
 *   - slot_read finds what was in the slot at some moment of the read. */

#define BLOCKS 2
#define ARRAYS 2
#define NONE 3 /* no block */
#define BIASED 0
#define SHARED 1
#define QUEUED 2
#define MERGED 3
#define DETACHED 0
#define ATTACHED 1
#define BORROWED 2

typedef Block {
    byte mine, state, owner; /* owner 0: nobody */
    short count;              /* with state: the word `shared` */
    bool is_free;             /* the allocator may have it */
    bool is_alive;
    byte ghost_refs;          /* references that exist */
    byte ghost_life           /* which object this is */
};

Block blocks[BLOCKS];
byte slots[ARRAYS];        /* array i holds block slots[i] */
byte link;
bool locked;               /* the list's lock */
byte queue[4];             /* bit i: block i is in the owner's queue */
byte world[4];
byte ghost_lives;
byte ghost_seen[4];        /* bit i: life i was in the slot during this thread's read */
byte ghost_left;
bool may_make, may_put_back, may_disown; /* what readers may do, too */

#define word_is_dead(b) ((blocks[b].count == 0 && blocks[b].state == BIASED) || \
                         (blocks[b].count <= 0 && blocks[b].state == MERGED))
#define life_of(b) (b == NONE -> 0 : blocks[b].ghost_life)

/* The list holds something else: whoever reads may find it. */
inline saw() {
    if :: ghost_seen[1] -> ghost_seen[1] = ghost_seen[1] | (1 << life_of(slots[link])) :: else fi;
    if :: ghost_seen[2] -> ghost_seen[2] = ghost_seen[2] | (1 << life_of(slots[link])) :: else fi;
    if :: ghost_seen[3] -> ghost_seen[3] = ghost_seen[3] | (1 << life_of(slots[link])) :: else fi
}

/* ---- the life of an object ---- */

/* Leaves b == NONE if there is no memory. */
inline object_new(b) {
    atomic {
        if
        :: blocks[0].is_free -> b = 0
        :: !blocks[0].is_free && blocks[1].is_free -> b = 1
        :: else -> b = NONE
        fi;
        if :: b != NONE -> blocks[b].is_free = false :: else fi
    }
    if
    :: b != NONE ->
        blocks[b].mine = 1; /* ref_set */
        d_step { blocks[b].count = 0; blocks[b].state = BIASED }
        d_step {
            blocks[b].owner = _pid;
            blocks[b].is_alive = true;
            blocks[b].ghost_refs = 1;
            ghost_lives++;
            blocks[b].ghost_life = ghost_lives
        }
    :: else
    fi
}

inline is_destroyed(b) {
    assert(blocks[b].is_alive);
    assert(blocks[b].ghost_refs == 0);
    blocks[b].is_alive = false
}

/* object_release: ref_clear, memory_free */
inline object_free(b) {
#ifndef BREAK_CLEAR_KEEPS_OWNER
    blocks[b].owner = 0;
#endif
#ifdef BREAK_CLEAR_KEEPS_WORD
    d_step { blocks[b].count = 0; blocks[b].state = SHARED }
#else
    d_step { blocks[b].count = 0; blocks[b].state = BIASED }
#endif
    d_step { blocks[b].mine = 0; blocks[b].is_free = true }
}

inline object_destroy(b) {
    d_step { is_destroyed(b) }
    object_free(b)
}

/* ref_bury: the header is a link for a while */
inline object_died(b) {
    d_step { is_destroyed(b); blocks[b].mine = 9 }
    blocks[b].owner = 0;
    d_step { blocks[b].count = -9; blocks[b].state = MERGED }
}

/* ---- counting ---- */

inline ref_share(b) {
    d_step { if :: blocks[b].state == BIASED -> blocks[b].state = SHARED :: else fi }
}

inline ref_add(b) {
    if
    :: blocks[b].owner == _pid -> d_step { blocks[b].mine++; blocks[b].ghost_refs++ }
    :: else -> d_step { blocks[b].count++; blocks[b].ghost_refs++ }
    fi
}

inline ref_try(b, done) {
    if
    :: blocks[b].owner == _pid ->
        d_step { blocks[b].mine++; done = true; is_counted(b) }
    :: else ->
        d_step {
#ifdef BREAK_TRY_ON_ZERO
            done = !(blocks[b].count <= 0 && blocks[b].state == MERGED);
#else
            done = !word_is_dead(b);
#endif
#ifndef BREAK_READ_UNCOUNTED
            if :: done -> blocks[b].count++; is_counted(b) :: else fi
#endif
        }
    fi
}

inline is_counted(b) {
    assert(blocks[b].is_alive);
    blocks[b].ghost_refs++
}

/* Merges b, which is in the queue of a World that is this thread's now. */
inline merge(b, died) {
    d_step { mine = blocks[b].mine; blocks[b].mine = 0 }
#ifndef BREAK_OWNER_AFTER
    blocks[b].owner = 0;
#endif
#ifdef BREAK_MERGE_STORE
    before = blocks[b].count;
    d_step {
        blocks[b].count = before + mine;
        blocks[b].state = MERGED;
        died = (blocks[b].count == 0);
        before = 0
    }
#else
    d_step {
        blocks[b].count = blocks[b].count + mine;
        blocks[b].state = MERGED;
        died = (blocks[b].count == 0)
    }
#endif
#ifdef BREAK_OWNER_AFTER
    blocks[b].owner = 0;
#endif
    mine = 0
}

/* As the owner, whose local count is zero. */
inline ref_merge_zero(b, died) {
    blocks[b].owner = 0;
    d_step {
        if
#ifndef BREAK_ZERO_IGNORES_QUEUE
        :: blocks[b].state == QUEUED -> died = false
#endif
        :: else -> blocks[b].state = MERGED; died = (blocks[b].count == 0)
        fi
    }
}

inline ref_drop_stranger(b, died) {
    owner = blocks[b].owner;
    d_step {
#ifdef BREAK_QUEUED_AGAIN
        queues = (blocks[b].count < 1 && blocks[b].state <= QUEUED && owner != 0);
#else
        queues = (blocks[b].count < 1 && blocks[b].state < QUEUED && owner != 0);
#endif
        blocks[b].count--;
        if :: queues -> blocks[b].state = QUEUED :: else fi;
        died = (blocks[b].count == 0 && blocks[b].state == MERGED)
    }
    if
    :: queues -> queues = false; merge_queue_push(owner, b)
    :: else
    fi;
    owner = 0
}

/* By who has a reference. */
inline ref_disown(b) {
    owner = blocks[b].owner;
    d_step {
#ifdef BREAK_DISOWNED_AGAIN
        queues = (blocks[b].state <= QUEUED && owner != 0);
#else
        queues = (blocks[b].state < QUEUED && owner != 0);
#endif
        if :: queues -> blocks[b].state = QUEUED :: else fi
    }
    if
    :: queues -> queues = false; merge_queue_push(owner, b)
    :: else
    fi;
    owner = 0
}

inline ref_was_last(b, died) {
    if
    :: blocks[b].owner != _pid -> ref_drop_stranger(b, died)
    :: else ->
        if
#ifdef BREAK_ZERO_BLIND
        :: true -> died = true
#else
        :: blocks[b].count == 0 && blocks[b].state == BIASED -> died = true
        :: else -> ref_merge_zero(b, died)
#endif
        fi
    fi
}

/* A reference of this thread ends. */
inline drop(b) {
    d_step {
        assert(blocks[b].is_alive && blocks[b].ghost_life == life && blocks[b].ghost_refs > 0);
        blocks[b].ghost_refs--;
        life = 0
    }
    if
    :: blocks[b].owner == _pid -> /* ref_drop */
        d_step { blocks[b].mine--; last = (blocks[b].mine == 0) }
    :: else -> last = true
    fi;
    if
    :: last -> last = false; ref_was_last(b, died)
    :: else
    fi;
    if
    :: died -> died = false; object_destroy(b)
    :: else
    fi;
    b = NONE
}

/* ---- the queue ---- */

inline merge_queue_pop(id, b) {
    d_step {
        b = (queue[id] & 1 -> 0 : 1);
#ifdef BREAK_MERGED_TWICE
        if
        :: !again -> again = true
        :: else -> again = false; queue[id] = queue[id] & ~(1 << b)
        fi
#else
        queue[id] = queue[id] & ~(1 << b)
#endif
    }
}

inline merge_queue_push(id, b) {
    d_step { assert(!(queue[id] & (1 << b))); queue[id] = queue[id] | (1 << b) }
    if
    :: world[id] == ATTACHED -> skip /* and is poked: see world.pml */
#ifdef BREAK_PUSHER_BLIND
    :: else
#else
    :: else -> merge_for(id)
#endif
    fi
}

/* In the place of a thread that is away. */
inline merge_for(id) {
    do
    :: queue[id] == 0 -> break
    :: else ->
        if
        :: d_step { world[id] == DETACHED -> world[id] = BORROWED }
        :: else -> break
        fi;
        do
        :: queue[id] == 0 -> break
        :: else ->
            merge_queue_pop(id, other);
            merge(other, other_died);
            if
            :: other_died -> other_died = false; object_died(other); dead = dead | (1 << other)
            :: else
            fi;
            other = NONE
        od;
        world[id] = DETACHED;
        do
#ifdef BREAK_DEAD_FORGOTTEN
        :: dead != 0 -> dead = 0
#endif
        :: dead & 1 -> object_free(0); dead = dead & 2
        :: (dead & 3) == 2 -> object_free(1); dead = 0
        :: dead == 0 -> break
        od
    od
}

inline merge_own() {
    do
    :: queue[_pid] == 0 -> break
    :: else ->
        merge_queue_pop(_pid, other);
        merge(other, other_died);
        if
        :: other_died -> other_died = false; object_destroy(other)
        :: else
        fi;
        other = NONE
    od
}

inline attach() {
    d_step { world[_pid] == DETACHED -> world[_pid] = ATTACHED }
}

/* blocking_begin */
inline detach() {
    do
    :: true -> merge_own();
       world[_pid] = DETACHED;
       if
       :: queue[_pid] == 0 -> break
       :: else -> attach()
       fi
    od
}

/* ---- what threads do with the list ---- */

inline list_lock() { atomic { !locked -> locked = true } }
inline list_unlock() { locked = false }

/* A new object, or none (an emptied slot), in the place of the old one. */
inline list_set(fresh) {
    list_lock();
    d_step {
        b = slots[link];
        slots[link] = fresh;
        fresh = NONE;
        if :: b != NONE -> life = blocks[b].ghost_life :: else fi;
        saw()
    }
    list_unlock();
    if :: b != NONE -> drop(b) :: else fi
}

/* A larger array. */
inline list_grow() {
    list_lock();
    if
    :: link + 1 < ARRAYS ->
        slots[link + 1] = slots[link];
        link = link + 1
    :: else
    fi;
    list_unlock()
}

/* An object that never comes into the list, but may be read elsewhere. */
inline other_object() {
    object_new(b);
    if
    :: b != NONE ->
        life = blocks[b].ghost_life;
        ref_share(b);
        drop(b)
    :: else
    fi
}

inline get_locked() {
    list_lock();
    b = slots[link];
    if
    :: b != NONE -> ref_share(b); ref_add(b); life = blocks[b].ghost_life
    :: else
    fi;
    list_unlock()
}

inline is_found(b) {
    d_step { assert(ghost_seen[_pid] & (1 << life_of(b))); ghost_seen[_pid] = 0 }
}

/* slot_read; a retry is another read. */
inline list_get() {
    d_step { array = link; ghost_seen[_pid] = 1 << life_of(slots[link]) }
    b = slots[array];
    if
    :: b == NONE ->
        if
        :: link == array -> is_found(b)
        :: else -> ghost_seen[_pid] = 0
        fi
    :: else ->
        ref_try(b, done);
        if
        :: !done ->
            if
            :: slots[array] == b -> ghost_seen[_pid] = 0; get_locked()
            :: else -> b = NONE
            fi
        :: done ->
            done = false;
            life = blocks[b].ghost_life;
            good = true;
#ifndef BREAK_NO_SLOT_CHECK
            good = slots[array] == b;
#endif
#ifndef BREAK_NO_LINK_CHECK
            good = good && link == array;
#endif
            if :: good -> is_found(b) :: else fi;
            good = false
        fi;
        ghost_seen[_pid] = 0
    fi;
    array = 0;
    if
    :: b != NONE && may_disown && blocks[b].owner != _pid -> ref_disown(b)
    :: else
    fi;
    if
    :: b != NONE -> drop(b)
    :: b != NONE && may_put_back -> life = 0; fresh = b; list_set(fresh)
    :: else
    fi
}

#define VARIABLES byte b = NONE, other = NONE, fresh = NONE, owner, array, mine, dead, life; \
    bool died, other_died, last, queues, done, good; short before; byte left

#ifdef BREAK_MERGED_TWICE
bool again;
#endif

inline leave() {
    detach();
    ghost_left++
}

/* 1 has made what is in the list. */
proctype Writer(byte operations) {
    VARIABLES;
    left = operations;
    do
    :: left > 0 ->
        left--;
        if
        :: true -> object_new(fresh); if :: fresh != NONE -> list_set(fresh) :: else fi
        :: true -> list_set(fresh)
        :: true -> list_grow()
        :: true -> list_get()
        :: true -> other_object()
        :: true -> merge_own()
        :: true -> detach(); attach()
        fi
    :: left == 0 -> break
    od;
    leave()
}

proctype Reader(byte operations) {
    VARIABLES;
    left = operations;
    do
    :: left > 0 ->
        left--;
        if
        :: true -> list_get()
        :: true -> list_set(fresh)
        :: may_make -> object_new(fresh); if :: fresh != NONE -> list_set(fresh) :: else fi
        fi
    :: left == 0 -> break
    od;
    leave()
}

inline is_well(b) {
    if
    :: blocks[b].is_alive ->
        assert(b == slots[link] && blocks[b].ghost_refs == 1 &&
               (blocks[b].state == MERGED || blocks[b].owner != 0) &&
               blocks[b].count + (blocks[b].state == MERGED -> 0 : blocks[b].mine) == 1)
    :: else -> assert(blocks[b].is_free)
    fi
}

/* Who does how many things. */
inline start(one, two, three) {
    run Writer(one);
    run Reader(two);
    run Reader(three)
}

init {
    d_step {
        blocks[0].mine = 1;
        blocks[0].owner = 1;
        blocks[0].is_alive = true;
        blocks[0].ghost_refs = 1;
        blocks[0].ghost_life = 1;
        ghost_lives = 1;
        blocks[1].is_free = true;
        slots[0] = 0;
        slots[1] = NONE;
        world[1] = ATTACHED;
        world[2] = ATTACHED;
        world[3] = ATTACHED
    }
    atomic {
        if
#if !defined(CASE) || CASE == 1
        :: true -> start(2, 1, 1)
#endif
#if !defined(CASE) || CASE == 2
        :: true -> start(3, 1, 0)
#endif
#if !defined(CASE) || CASE == 3
        :: true -> may_put_back = true; start(1, 1, 1)
#endif
#if !defined(CASE) || CASE == 4
        :: true -> may_make = true; blocks[0].state = SHARED; start(0, 2, 1)
#endif
#if !defined(CASE) || CASE == 5
        :: true -> may_disown = true; start(2, 1, 1)
#endif
        fi
    }
    d_step {
        ghost_left == 3 ->
        assert(queue[1] == 0 && queue[2] == 0 && queue[3] == 0);
        is_well(0);
        is_well(1)
    }
}
