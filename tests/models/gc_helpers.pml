/* gc_helpers.pml: the rings, the board and the end of a phase in the helped search.
 *
 * models: core/gc/helpers.c: helpers_send, ring_publish, ring_take, helpers_receive,
 *         helpers_post, helpers_posted, board_is_new, ring_is_empty, has_come, is_over,
 *         helpers_wait, helpers_meet
 * models: core/gc/marker.h: sent
 * models: core/gc/search.c: receive_all, send_late
 *
 * Two or three threads go through two phases. In each a thread has some pieces of work of
 * its own: a reference to send, with or without another one to be sent by who gets it, or a
 * span to post. Claimed:
 *   - when a phase is over for anybody, all that was sent and posted in it has been taken,
 *     and nobody works, or will again in this phase;
 *   - what is sent is taken once and in its phase; a place in a ring is not used again
 *     before that; each thread sees a posted span once;
 *   - nobody waits for ever (no invalid end state), though the rings are soon full.
 *
 * Memory orders. Spin is sequentially consistent; helpers.c needs less. Between one writer
 * and one reader release and acquire of `written` and `read` do. is_over asks several
 * variables, so let p be the place in the order of changes of `busy` at which it read 0.
 * What threads did before they left `busy`, before p, it sees: each leaves by a
 * read-modify-write, and those continue a release sequence. What one does that joins after
 * p it may see in part: then its load of `read` or `written` (acquire) also makes it see
 * `returns` raised before that, and its first load of `returns` cannot have seen that, or it
 * would have seen the joining, too. So the second look finds a difference. helpers_meet:
 * `arrived` counts by read-modify-writes, `round` is stored after all else. */

#define ROOM 2
#define BOARD 1
#define MOST 3 /* threads */
#define RINGS 9

typedef Ring {
    byte filled, free_until;  /* the writer's */
    byte taken, filled_until; /* the reader's */
    byte written, read;
    byte items[ROOM]         /* 0: taken; else 1, + MORE, + LATER */
};

#define MORE 1  /* who takes it sends another one */
#define LATER 2 /* it is of phase 2 */

Ring rings[RINGS]; /* from f to t: 3 * f + t */
byte size, batch;
byte busy, returns, arrived, round;
byte posted, spans[BOARD], seen[MOST];
byte ghost_sent, ghost_taken, ghost_working;

#define ring(f, t) rings[3 * (f) + (t)]
#define is_full(f, t) (ring(f, t).filled == ring(f, t).free_until)
#define is_empty(f, t) (ring(f, t).read == ring(f, t).written)
#define can_take(f) (ring(f, me).taken != ring(f, me).written)
#define board_is_new(t) (posted != seen[t] && (t) < size)
#define has_come(t) (board_is_new(t) || !is_empty(0, t) || !is_empty(1, t) || !is_empty(2, t))

/* What is claimed of a phase that is over. */
inline is_really_over() {
    assert(ghost_sent == ghost_taken);
    assert(!board_is_new(0) && !board_is_new(1) && !board_is_new(2));
    assert(ghost_working == 0)
}

/* ---- rings ---- */

inline ring_publish(f, t) {
    if
    :: ring(f, t).written != ring(f, t).filled -> ring(f, t).written = ring(f, t).filled
    :: else
    fi
}

inline has_taken() {
#ifdef BREAK_JOIN_AFTER
    if :: has_come_back -> busy++; returns++ :: else fi;
#endif
#ifdef BREAK_RETURNS_AFTER
    if :: has_come_back -> returns++ :: else fi;
#endif
    has_come_back = false
}

/* ring_take: only if there is something. */
inline take(f) {
#ifdef BREAK_READ_EARLY
    atomic { can_take(f) -> ring(f, me).read = ring(f, me).taken + 1 };
#endif
    d_step {
        can_take(f) ->
        if
        :: ring(f, me).taken == ring(f, me).filled_until ->
            ring(f, me).filled_until = ring(f, me).written
        :: else
        fi;
        item = ring(f, me).items[ring(f, me).taken % ROOM];
        assert(item != 0);
        assert((item - 1 & LATER) == phase * LATER); /* of this phase */
        ring(f, me).items[ring(f, me).taken % ROOM] = 0;
        ring(f, me).taken++;
        ghost_taken++;
        if :: item - 1 & MORE -> come++ :: else fi;
        item = 0
    }
    if
    :: ring(f, me).taken == ring(f, me).filled_until -> ring(f, me).read = ring(f, me).taken
    :: else
    fi;
    has_taken()
}

/* `sent`: helpers_send, and send_late when it fails. */
inline send(t, more) {
    do
    :: is_full(me, t) ->
        item = ring(me, t).read;
#ifndef BREAK_FULL_UNPUBLISHED
        ring_publish(me, t);
#endif
        d_step { ring(me, t).free_until = item + ROOM; item = 0 }
        if
        :: is_full(me, t) ->
            do
            :: ring(me, t).read + ROOM != ring(me, t).free_until -> break
#ifndef BREAK_FULL_DEAF
            :: can_take(0) -> take(0)
            :: can_take(1) -> take(1)
            :: can_take(2) -> take(2)
#endif
            od
        :: else
        fi
#ifdef BREAK_WRITTEN_FIRST
    :: !is_full(me, t) ->
        ring(me, t).written = ring(me, t).filled + 1;
        d_step {
            ring(me, t).items[ring(me, t).filled % ROOM] = 1 + (more) * MORE + phase * LATER;
            ring(me, t).filled++;
            ghost_sent++
        };
        break
#else
    :: d_step {
        !is_full(me, t) ->
        assert(ring(me, t).items[ring(me, t).filled % ROOM] == 0);
        ring(me, t).items[ring(me, t).filled % ROOM] = 1 + (more) * MORE + phase * LATER;
        ring(me, t).filled++;
        ghost_sent++
       } -> break
#endif
    od;
    if :: ring(me, t).filled % batch == 0 -> ring_publish(me, t) :: else fi
}

inline send_somewhere(more) {
    if
    :: me != 0 -> send(0, more)
    :: me != 1 -> send(1, more)
    :: me != 2 && size == 3 -> send(2, more)
    fi
}

/* ---- the board ---- */

inline helpers_post() { /* the mutex; the span before `posted` */
#ifdef BREAK_POSTED_FIRST
    d_step { posted < BOARD -> posted++ };
    spans[posted - 1] = 1 + phase
#else
    d_step { posted < BOARD -> spans[posted] = 1 + phase; posted++ }
#endif
}

/* There may be a reference in it to an object of this thread, that leads on (of three
 * threads only one looks for it, or there are too many ways). */
inline helpers_posted() {
    d_step { board_is_new(me) -> item = seen[me]; seen[me]++ };
    d_step { assert(spans[item] == 1 + phase); item = 0 };
    has_taken();
    if :: size == 2 || me == 1 -> come++ :: true fi
}

/* ---- phases ---- */

inline helpers_wait() {
#ifndef BREAK_LEAVE_FIRST
    ring_publish(me, 0);
    ring_publish(me, 1);
    ring_publish(me, 2);
#endif
    d_step { ghost_working--; busy-- };
#ifdef BREAK_LEAVE_FIRST
    ring_publish(me, 0);
    ring_publish(me, 1);
    ring_publish(me, 2);
#endif
    do
    :: has_come(me) ->
#ifdef BREAK_RETURNS_FIRST
        returns++;
#endif
#ifdef BREAK_JOIN_AFTER
        ghost_working++;
#else
        d_step { ghost_working++; busy++ };
#endif
#if !defined(BREAK_RETURNS_FIRST) && !defined(BREAK_RETURNS_AFTER) && !defined(BREAK_JOIN_AFTER)
        returns++;
#endif
        has_come_back = true;
        break
    :: true -> is_over()
    od
}

/* A look that fails changes nothing, so it need not be made: where the program finds one of
 * these false and begins again, the model waits until it is true, or something has come. */
inline is_over() {
    before = returns;
    if :: busy == 0 :: has_come(me) -> goto waits fi;
    ring_is_empty(0, 1);
    ring_is_empty(1, 0);
    ring_is_empty(0, 2);
    ring_is_empty(1, 2);
    ring_is_empty(2, 0);
    ring_is_empty(2, 1);
#ifndef BREAK_BOARD_UNSEEN
    if :: !board_is_new(0) :: has_come(me) -> goto waits fi;
    if :: !board_is_new(1) :: has_come(me) -> goto waits fi;
    if :: !board_is_new(2) :: has_come(me) -> goto waits fi;
#endif
    if
#ifdef BREAK_NO_SECOND_LOOK
    :: true -> goto over
#else
    :: returns == before -> goto over
    :: returns != before
#endif
    fi;
waits:
    before = 0;
    item = 0
}

/* Two loads, and C does not say which comes first. This is the bolder order, and of two
 * threads only: for three the two are one step. */
inline ring_is_empty(f, t) {
    if
    :: has_come(me) -> goto waits
    :: size == 3 && is_empty(f, t)
    :: size == 2 ->
        item = ring(f, t).written;
        if
        :: d_step { ring(f, t).read == item -> item = 0 }
        :: has_come(me) || ring(f, t).written != item -> goto waits
        fi
    fi
}

inline helpers_meet() {
#ifdef BREAK_NO_BARRIER
    d_step { busy++; ghost_working++ };
#else
    d_step { before = round; arrived++; item = arrived };
    if
    :: item == size ->
        is_last();
    :: else -> item = 0; round != before
    fi;
    before = 0
#endif
}

inline begin_phase() { d_step { posted = 0; seen[0] = 0; seen[1] = 0; seen[2] = 0 } }

inline is_last() {
    d_step { is_really_over(); item = 0 };
    arrived = 0;
#ifdef BREAK_OPENS_FIRST
    round++;
#endif
    d_step { busy = size; ghost_working = size };
    begin_phase();
#ifndef BREAK_OPENS_FIRST
    round++
#endif
}

proctype Helper(byte me, own, mores, posts, own_later) {
    byte phase, item, before, come;
    bool has_come_back; /* and has taken nothing since: it does not wait again at once */
works:
    do
    :: own > 0 ->
        own--;
        if
        :: mores > 0 -> mores--; send_somewhere(1)
        :: mores == 0 && posts > 0 -> posts--; if :: helpers_post() :: else -> own++ fi
        :: mores == 0 && posts == 0 -> send_somewhere(0)
        fi
    :: come > 0 -> come--; send_somewhere(0)
    :: can_take(0) -> take(0)
    :: can_take(1) -> take(1)
    :: can_take(2) -> take(2)
    :: board_is_new(me) -> helpers_posted()
    :: own + come == 0 && !has_come_back -> helpers_wait()
    od;
over:
    before = 0;
    d_step { is_really_over() };
    if
    :: phase == 0 ->
        helpers_meet();
        d_step { phase = 1; own = own_later; own_later = 0 };
        goto works
    :: else
    fi
}

inline start(threads, together) {
    size = threads;
    batch = together;
    busy = threads;
    ghost_working = threads;
    ring(0, 1).free_until = ROOM;
    ring(1, 0).free_until = ROOM;
    ring(0, 2).free_until = ROOM;
    ring(1, 2).free_until = ROOM;
    ring(2, 0).free_until = ROOM;
    ring(2, 1).free_until = ROOM
}

init {
    atomic {
        if
#if !defined(CASE) || CASE == 1
        :: start(2, 1); run Helper(0, 3, 1, 0, 1); run Helper(1, 3, 1, 0, 1)
#endif
#if !defined(CASE) || CASE == 2
        :: start(2, 2); run Helper(0, 3, 1, 1, 1); run Helper(1, 3, 1, 1, 1)
#endif
#if !defined(CASE) || CASE == 3
        :: start(3, 2); run Helper(0, 1, 1, 0, 0); run Helper(1, 1, 0, 0, 0); run Helper(2, 0, 0, 0, 1)
#endif
#if !defined(CASE) || CASE == 4
        :: start(3, 1); run Helper(0, 1, 0, 1, 0); run Helper(1, 0, 0, 0, 0); run Helper(2, 0, 0, 0, 1)
#endif
        fi
    }
}
