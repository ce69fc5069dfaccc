/* epoch.pml: batches, epochs and grace periods: when what was retired is freed.
 *
 * models: nogil/reclaim.h: retire, batch_grow
 * models: nogil/reclaim.c: reclaim_seen, batch_free, free_oldest, look,
 *         free_what_all_have_seen, batch_close, reclaim_is_awaited, wait_for_readers,
 *         free_closed, reclaim_flush, reclaim_drain
 * models: nogil/world.c: world_enter, world_attach, world_detach, world_poll, world_poke
 * models: nogil/rcu_qsbr.h: rcu_online, rcu_offline, rcu_quiescent, rcu_wait
 *
 * Two writers, 1 and 2, put new blocks in the place of the one that a Link names, or empty
 * it, and retire the old one; they and a reader, 3, look at what the Link names, and go on
 * looking until their next safepoint, or until they detach. A freed block is at once the
 * next that is made. The first free leaves a page empty, which is retired, too. All go away
 * and come back; in the end the reader ends, or runs on for ever and looks at its poll word
 * only. It begins when it likes: before that, nobody can poke it. Without a reader each
 * writer does more. Claimed:
 *   - what a thread looks at is the block that the Link named, not freed, nor the next one;
 *   - each block is freed once, and at the end all are that are not in the Link;
 *   - an epoch is seen in the end by all who run, though nobody waits for it;
 *   - what waits is bounded: BATCHES batches, MOST blocks;
 *   - nobody waits for ever: a grace period ends, though the reader comes by only if poked.
 *
 * A block is a byte, and a batch is full (batch_grow) with one; so a writer closes a batch
 * at each safepoint that finds something in it. Pokes do not write what is written. */

#define BLOCKS 3
#define NONE 3    /* no block */
#define PAGE 3    /* in a batch */
#define BATCHES 2
#define MOST 2    /* -X retire */

byte link;                  /* block 0 to begin with */
bool is_free[BLOCKS + 1];   /* and the page, which is not made again */
bool lives[BLOCKS];         /* the number of the block's life, modulo 2 */
byte epoch, waiters;
bool running[4];            /* in the registry: world_each reaches it */
bool attached[4], poll[4];
byte seen[4];
bool online[4], awaited[4]; /* as in world.pml */
bool grace;
bool page_retired;
byte ghost_left;            /* how many writers */

#define bytes_of(set) (((set) & 1) + ((set) >> 1 & 1) + ((set) >> 2 & 1) + ((set) >> 3 & 1))

/* ---- reading ---- */

inline look_at_link() {
    d_step {
        at = link;
        if :: at != NONE -> life = lives[at] :: else fi
    }
#ifdef BREAK_SEEN_EARLY
    reclaim_seen();
#endif
#ifdef BREAK_QUIESCENT_EARLY
    rcu_quiescent()
#endif
}

/* It could have looked at any time since, but the later, the worse. */
inline stop_looking() {
    if :: at != NONE -> assert(!is_free[at] && lives[at] == life) :: else fi;
    at = NONE;
    life = false
}

/* ---- RCU, as liburcu's qsbr ---- */

inline rcu_offline() { online[_pid] = false; awaited[_pid] = false }
inline rcu_quiescent() { awaited[_pid] = false }

inline rcu_online() {
#ifndef BREAK_NEVER_ONLINE
    online[_pid] = true
#else
    skip
#endif
}

inline rcu_wait() {
#ifndef BREAK_NO_GRACE_PERIOD
    atomic { !grace -> grace = true }
    d_step { awaited[other] = online[other]; awaited[3] = online[3] }
    d_step { !awaited[other] && !awaited[3] -> grace = false }
#else
    skip
#endif
}

/* ---- the world ---- */

inline world_poke(id) {
    if :: !poll[id] -> poll[id] = true :: else fi
}

/* world_each; it would poke the caller, too. */
inline poke_all() {
    world_poke(other);
    if :: running[3] -> world_poke(3) :: else fi
}

inline world_attach() {
#ifdef BREAK_ATTACHED_LATE
    look_at_link();
#endif
    attached[_pid] = true;
    rcu_online()
}

inline world_detach() {
    d_step {
#ifndef BREAK_LOOKS_AWAY
        stop_looking();
#endif
        rcu_offline()
    }
    attached[_pid] = false
}

/* thread_begin, and world_enter */
inline begin() {
    running[_pid] = true;
#ifndef BREAK_BEGIN_UNPOKED
    poll[_pid] = true;
#endif
    world_attach()
}

/* What comes between load and store makes `seen` older, which is safe. */
inline reclaim_seen() { seen[_pid] = epoch }

inline world_poll() {
#ifdef BREAK_POKE_TAKEN_LAST
    d_step { stop_looking(); reclaim_seen() }
    rcu_quiescent();
    again = waiters > 0;
    poll[_pid] = again;
    again = false
#else
    d_step { stop_looking(); poll[_pid] = false }
#ifndef BREAK_NEVER_SEEN
    reclaim_seen();
#endif
    rcu_quiescent();
#ifndef BREAK_POKE_ONCE
    if :: waiters > 0 -> world_poke(_pid) :: else fi
#endif
#endif
}

/* ---- batches: reclaim.c ---- */

inline retire(block) {
    d_step { open = open | 1 << block; poll[_pid] = true } /* batch_grow */
}

inline block_free(block) {
    if
    :: set >> block & 1 -> assert(!is_free[block]); is_free[block] = true
    :: else
    fi
}

/* Others see the blocks freed at once: the sooner, the worse. */
inline free_oldest() {
    d_step {
        set = closed[oldest];
#ifndef BREAK_OLDEST_STAYS
        closed[oldest] = 0;
        tags[oldest] = 0;
        oldest = (oldest + 1) % BATCHES;
#endif
        waiting--;
        waiting_bytes = waiting_bytes - bytes_of(set);
        block_free(0);
        block_free(1);
        block_free(2);
        block_free(PAGE);
        set = 0;
        if
        :: !page_retired -> page_retired = true; open = open | 1 << PAGE; poll[_pid] = true
        :: else
        fi
    }
}

inline look(id) {
    if
#ifndef BREAK_LOOK_BLIND
    :: attached[id] ->
        d_step { if :: seen[id] < least -> least = seen[id] :: else fi }
#endif
    :: else
    fi
}

inline free_what_all_have_seen() {
    least = 255;
    look(other);
    look(3);
    do
#ifdef BREAK_TAG_UNSEEN
    :: waiting > 0 -> free_oldest()
#else
    :: waiting > 0 && tags[oldest] <= least -> free_oldest()
#endif
    :: else -> break
    od;
    least = 0
}

inline batch_close() {
    d_step {
#ifdef BREAK_EPOCH_STAYS
        set = epoch;
#else
        epoch++;
#ifdef BREAK_TAG_OLD
        set = epoch - 1;
#else
        set = epoch;
#endif
#endif
        waiting_bytes = waiting_bytes + bytes_of(open);
        tags[(oldest + waiting) % BATCHES] = set;
        closed[(oldest + waiting) % BATCHES] = open;
        waiting++;
        assert(waiting <= BATCHES);
        set = 0;
        open = 0
    }
#ifndef BREAK_CLOSE_SILENT
    poke_all()
#endif
}

inline wait_for_readers() {
    waiters++;
#ifndef BREAK_WAIT_SILENT
    poke_all();
#endif
    world_detach();
    rcu_wait();
    waiters--;
    world_attach()
}

inline free_closed() {
    if
    :: waiting > 0 ->
        wait_for_readers();
        do
        :: waiting > 0 -> free_oldest()
        :: waiting == 0 -> break
        od
    :: else
    fi
}

inline reclaim_flush() {
    if
    :: open != 0 ->
        if :: waiting > 0 -> free_what_all_have_seen() :: else fi;
#ifndef BREAK_BATCHES_UNBOUNDED
        if :: waiting == BATCHES -> free_closed() :: else fi;
#endif
        batch_close();
#ifndef BREAK_BYTES_UNBOUNDED
        if :: waiting_bytes > MOST -> free_closed() :: else fi;
#endif
        assert(waiting_bytes <= MOST)
    :: else
    fi
}

inline reclaim_drain() {
    do
    :: waiting > 0 || open != 0 ->
        free_closed();
#ifdef BREAK_DRAIN_CLOSED
        break
#endif
        if :: open != 0 -> batch_close() :: else fi
    :: else -> break
    od
}

/* ---- what threads do ---- */

/* A new block, or none, in the place of the old one. */
inline replace() {
    atomic {
        if
        :: is_free[0] -> fresh = 0
        :: !is_free[0] && is_free[1] -> fresh = 1
        :: !is_free[0] && !is_free[1] && is_free[2] -> fresh = 2
        :: fresh = NONE
        fi;
        if
        :: fresh != NONE -> is_free[fresh] = false; lives[fresh] = !lives[fresh]
        :: else
        fi
    }
#ifdef BREAK_RETIRED_FIRST
    if :: link != NONE -> retire(link) :: else fi;
    if :: poll[_pid] -> world_poll(); reclaim_flush() :: else fi;
    d_step { link = fresh; fresh = NONE }
#else
    d_step { old = link; link = fresh; fresh = NONE }
    if :: old != NONE -> retire(old) :: else fi;
    old = NONE
#endif
}

inline safepoint() {
    if
    :: poll[_pid] -> world_poll(); reclaim_flush()
    :: else
    fi
}

inline go_away() { world_detach(); world_attach() }

#define has_seen(id) (!attached[id] || seen[id] >= epoch)

/* Nobody waits for a batch to be seen, but seen it is: this waits, to show it. */
inline is_seen() {
    world_detach();
    has_seen(other) && has_seen(3);
    world_attach()
}

#define VARIABLES byte at = NONE; bool life, again

/* thread_end */
inline leave() {
    if :: waiting > 0 && ghost_left == 1 -> is_seen() :: true fi;
    reclaim_drain();
    world_detach();
    ghost_left++
}

#define is_well(block) (is_free[block] != (link == block))

proctype Writer(byte turns) {
    VARIABLES;
    byte open, closed[BATCHES], tags[BATCHES], oldest, waiting, waiting_bytes;
    byte set, least, fresh = NONE, old = NONE, other = 3 - _pid;
    world_attach();
    do
    :: turns > 0 ->
        turns--;
        if
        :: replace()
        :: look_at_link()
        :: go_away()
        fi;
        if :: safepoint() :: true fi
    :: turns == 0 -> break
    od;
    leave();
    ghost_left == 2;
    assert(is_well(0) && is_well(1) && is_well(2) && page_retired == is_free[PAGE])
}

proctype Reader(byte turns) {
    VARIABLES;
    begin();
    do
    :: turns > 0 ->
        turns--;
        if
        :: look_at_link(); if :: poll[_pid] -> world_poll() :: true fi
        :: go_away()
        fi
    :: turns == 0 -> break
    od;
    if
    :: true
    :: true -> /* runs on */
        do
        :: poll[_pid] -> world_poll()
        :: ghost_left == 2 && !poll[_pid] -> break
        od
    fi;
    world_detach()
}

/* Who does how many things. */
inline start(one, two, three) {
    run Writer(one);
    run Writer(two);
    run Reader(three)
}

init {
    d_step { is_free[1] = true; is_free[2] = true }
    atomic {
        if
#if !defined(CASE) || CASE == 1
        :: true -> start(3, 0, 2)
#endif
#if !defined(CASE) || CASE == 2
        :: true -> start(1, 1, 1)
#endif
#if !defined(CASE) || CASE == 3 /* no reader */
        :: true -> run Writer(2); run Writer(2)
#endif
#if CASE == 4 /* small */
        :: true -> start(2, 0, 1)
#endif
        fi
    }
}
