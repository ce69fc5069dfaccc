/* gc_resurrect.pml: collections, finalisers and resurrection while other threads run.
 *
 * models: core/gc/collect.c: search_init, promote_survivors, find, search_stopped,
 *         settle_stopped, finalize, run
 * models: core/gc/garbage.c: garbage_list, garbage_restore, cut_place, cut_weakrefs, die_all,
 *         hold_all, garbage_settle, part_living, make_old, garbage_settle_again,
 *         garbage_finalize, garbage_end
 * models: core/gc/search.c: search_run
 * models: core/object/object.c: object_destroy, withdraw, finalize, end, end_noted,
 *         object_dismantle
 * models: core/types/weakref.c: gilt_weakref_new, gilt_weakref_get, weakrefs_cut
 *
 * Three objects with two places each; 1 and 2 have finalisers, which may store what they can
 * reach in a global. A thread takes, drops and links what it can reach, and makes and asks
 * a weak reference. Two collectors collect, young or all, whenever they like; in the end,
 * when nothing is held any more, one of them collects until all is gone. Whatever is done
 * with the world stopped is one step: model world shows that nobody runs then. Claimed:
 *   - what is dismantled is referred to from nowhere, and is not found by weak references;
 *   - everything is dismantled once in the end;
 *   - each finaliser runs once, be it called by the collector or by the last decref;
 *   - whenever the world goes on, each count is the number of references.
 *
 * A count is one word here, and atomic (model biased); but as there, only who has dropped
 * the last reference makes ref_try fail: the counts of garbage are zero only in sum. Memory
 * orders: between the stop and the resumption there is one thread, and both are mutexes or
 * acquire and release. But for `marks`, whose bits several threads set by an atomic or,
 * nothing else is shared that other models have not. */

#define UNTRACKED 0
#define YOUNG 1
#define EVEN 2
#define ODD 3
#define REACHED 4
#define SUSPECT 5
#define WEAKLY 1
#define FINALIZED 2
#ifndef TURNS
#define TURNS 3 /* of the thread; it is process 1, collectors are 2 and 3 */
#endif

byte count[4], state[4], marks[4];
byte place[8];     /* of object o: 2 * o and 2 * o + 1; in them an object, or 0 */
byte old_state;    /* which name of the old generation is in use */
byte global, weak; /* objects, or 0 */
byte hand[4];      /* what a thread holds */
byte self[4];      /* what it has revived, while the finaliser runs */
byte held[4];      /* bit o: a collector holds o */
bool buried[4];    /* ref_bury: ref_try fails */
bool ghost_ended[4], ghost_finalized[4];
byte ghost_left;

#define finalizes(o) ((o) <= 2)
#define refs(o) ((global == o) + (hand[1] == o) + (self[1] == o) + (self[2] == o) + \
                 (self[3] == o) + (held[2] >> o & 1) + (held[3] >> o & 1) + \
                 (place[2] == o) + (place[3] == o) + (place[4] == o) + (place[5] == o) + \
                 (place[6] == o) + (place[7] == o))

inline take_lowest(set, o) {
    if
    :: set & 2 -> o = 1
    :: !(set & 2) && set & 4 -> o = 2
    :: !(set & 6) -> o = 3
    fi;
    set = set & ~(1 << o)
}

/* ---- counts ---- */

inline cut_weakref(o) {
    if
    :: marks[o] & WEAKLY ->
        marks[o] = marks[o] & ~WEAKLY;
        if :: weak == o -> weak = 0 :: else fi
    :: else
    fi
}

/* The rest is for end_noted; `withdraw` comes first. */
inline drop(o) {
    count[o]--;
    if
    :: count[o] == 0 ->
        buried[o] = true;
        state[o] = UNTRACKED;
        cut_weakref(o);
        dying = dying | 1 << o
    :: else
    fi
}

inline take(o) { count[o]++ }

/* Puts `o`, already counted or 0, in the place of what was there. */
inline put(where, o) {
    to = where;
    where = o;
    if :: to != 0 -> drop(to) :: else fi;
    to = 0
}

/* ---- the end of an object ---- */

inline dismantle(o) {
    d_step {
        assert(!ghost_ended[o]);
        assert(refs(o) == 0 && weak != o);
        ghost_ended[o] = true
    };
    if :: place[2 * o] != 0 -> d_step { put(place[2 * o], 0) } :: else fi;
    if :: place[2 * o + 1] != 0 -> d_step { put(place[2 * o + 1], 0) } :: else fi
}

inline resurrect(o) { d_step { take(o); put(global, o) } }

inline finalizer(o) {
    d_step { assert(!ghost_finalized[o]); ghost_finalized[o] = true };
    if
    :: true
    :: resurrect(o)
    :: atomic { place[2 * o] != 0 -> resurrect(place[2 * o]) }
    :: atomic { place[2 * o + 1] != 0 -> resurrect(place[2 * o + 1]) }
    :: atomic { place[2 * o] != 0 -> d_step { put(place[2 * o], 0) } }
    fi
}

inline end_noted() {
    do
    :: d_step { dying != 0 -> take_lowest(dying, dies) };
       if
       :: finalizes(dies) && !(marks[dies] & FINALIZED) ->
           d_step {
               marks[dies] = marks[dies] | FINALIZED;
               buried[dies] = false;
               count[dies] = 1;
               self[_pid] = dies;
               state[dies] = YOUNG
           };
           finalizer(dies);
           d_step { put(self[_pid], 0) }
       :: else -> dismantle(dies)
       fi;
       dies = 0
    :: dying == 0 -> break
    od
}

/* ---- stopped: search.c ---- */

#define involved (candidates | 1 << reached)
#define is_in(set, o) ((set) >> state[o] & 1)

inline subtract() {
    o = 2;
    do
    :: o < 8 ->
        to = place[o];
        if
        :: to != 0 && is_in(candidates, o / 2) && is_in(candidates, to) -> count[to]--
        :: else
        fi;
        o++
    :: o == 8 -> break
    od
}

inline add(where) {
    if :: where != 0 && is_in(involved, where) -> count[where]++ :: else fi
}

inline reach_all() {
    o = 1;
    do
    :: o < 4 ->
        if
        :: is_in(candidates, o) && count[o] > 0 ->
            state[o] = reached;
            add(place[2 * o]);
            add(place[2 * o + 1]);
            o = 1
        :: else -> o++
        fi
    :: o == 4 -> break
    od
}

inline list() {
    o = 1;
    do
    :: o < 4 ->
        if
        :: is_in(candidates, o) ->
            garbage = garbage | 1 << o;
            if :: finalizes(o) && !(marks[o] & FINALIZED) -> finals = finals | 1 << o :: else fi
        :: else
        fi;
        o++
    :: o == 4 -> break
    od
}

/* ---- stopped: garbage.c ---- */

#define is_garbage(o) (garbage >> (o) & 1)

inline cut_weakrefs() {
    o = 1;
    do
    :: o < 4 ->
        if :: is_garbage(o) -> cut_weakref(o) :: else fi;
        o++
    :: o == 4 -> break
    od
}

inline cut_place(where) {
    if
    :: where != 0 && is_in(candidates, where) ->
#ifdef BREAK_PLACES_KEPT
        count[where]++
#else
        where = 0
#endif
    :: where != 0 && state[where] == reached -> count[where]++
    :: else
    fi
}

inline die_all() {
    o = 1;
    do
    :: o < 4 ->
        if
        :: is_garbage(o) -> cut_place(place[2 * o]); cut_place(place[2 * o + 1])
        :: else
        fi;
        o++
    :: o == 4 -> break
    od;
#ifdef BREAK_CUT_ONCE
    if :: finalizers :: else -> cut_weakrefs() fi;
#else
    cut_weakrefs();
#endif
#ifndef BREAK_STILL_TRACKED
    o = 1;
    do
    :: o < 4 ->
        if :: is_garbage(o) -> state[o] = UNTRACKED :: else fi;
        o++
    :: o == 4 -> break
    od
#endif
}

inline hold_all() {
#ifndef BREAK_NOT_RESTORED
    o = 1;
    do
    :: o < 4 ->
        if
        :: is_garbage(o) -> add(place[2 * o]); add(place[2 * o + 1])
        :: else
        fi;
        o++
    :: o == 4 -> break
    od;
#endif
    cut_weakrefs();
    o = 1;
    do
    :: o < 4 ->
        if
        :: is_garbage(o) ->
#ifndef BREAK_NOT_HELD
            count[o]++;
            held[_pid] = held[_pid] | 1 << o;
#endif
            state[o] = survivor
        :: else
        fi;
        o++
    :: o == 4 -> break
    od
}

inline promote() {
    o = 1;
    do
    :: o < 4 ->
        if :: state[o] == REACHED -> state[o] = survivor :: else fi;
        o++
    :: o == 4 -> break
    od
}

inline resume_world() {
    assert((ghost_ended[1] || count[1] == refs(1)) && (ghost_ended[2] || count[2] == refs(2)) &&
           (ghost_ended[3] || count[3] == refs(3)));
    o = 0;
    to = 0;
    candidates = 0;
    reached = 0
}

/* search_stopped */
inline search_stopped(all) {
    candidates = 1 << YOUNG;
    reached = REACHED;
    survivor = old_state;
    if
    :: all ->
        candidates = candidates | 1 << old_state;
        reached = EVEN + ODD - old_state;
        survivor = reached
    :: else
    fi;
    subtract();
    reach_all();
    list();
    finalizers = finals != 0;
    if
    :: finalizers -> hold_all()
    :: else -> die_all()
    fi;
    promote();
    if :: all -> old_state = survivor :: else fi;
#ifndef BREAK_STALE_OLD
    survivor = 0;
#endif
    resume_world()
}

/* settle_stopped: garbage_settle_again */
inline settle_stopped() {
    candidates = 1 << SUSPECT;
    reached = REACHED;
    o = 1;
    do
    :: o < 4 ->
        if
        :: is_garbage(o) ->
            state[o] = SUSPECT;
#ifndef BREAK_NOT_HELD
            count[o]--;
            held[_pid] = held[_pid] & ~(1 << o)
#endif
        :: else
        fi;
        o++
    :: o == 4 -> break
    od;
    subtract();
#ifndef BREAK_NO_SECOND_SEARCH
    reach_all();
#endif
    o = 1;
    do /* part_living */
    :: o < 4 ->
        if
        :: state[o] == REACHED ->
            count[o]++;
            held[_pid] = held[_pid] | 1 << o;
            garbage = garbage & ~(1 << o)
        :: else
        fi;
        o++
    :: o == 4 -> break
    od;
    die_all();
#ifndef BREAK_STALE_OLD
    survivor = old_state;
#endif
    promote(); /* make_old */
    survivor = 0;
    resume_world()
}

/* ---- running: garbage.c ---- */

inline mark_finalized(o) {
#ifdef BREAK_MARKS_PLAIN
    seen = marks[o];
    d_step { marks[o] = seen | FINALIZED; seen = 0 }
#else
    marks[o] = marks[o] | FINALIZED
#endif
}

inline finalize_all() {
    do
    :: d_step { finals != 0 -> take_lowest(finals, at) };
       mark_finalized(at);
       finalizer(at);
       end_noted()
    :: finals == 0 -> break
    od
}

/* garbage_end: first the dead, then what was resurrected. */
inline end_all() {
    do
    :: d_step { garbage != 0 -> take_lowest(garbage, at) };
       dismantle(at);
       end_noted()
#ifdef BREAK_HELD_FOR_EVER
    :: garbage == 0 -> break
#else
    :: d_step { garbage == 0 && held[_pid] != 0 -> take_lowest(held[_pid], at); drop(at) };
       end_noted()
    :: garbage == 0 && held[_pid] == 0 -> break
#endif
    od;
    at = 0
}

inline collect() {
    if
    :: d_step { search_stopped(true) }
    :: state[1] == YOUNG || state[2] == YOUNG || state[3] == YOUNG ->
        d_step { search_stopped(false) }
    fi;
    finalize_all();
    if
    :: d_step { finalizers -> settle_stopped(); finalizers = false }
    :: else
    fi;
    end_all()
}

inline clear_global() {
    if :: global != 0 -> d_step { put(global, 0) }; end_noted() :: else fi
}

proctype Collector(bool ends) {
    byte o, to, candidates, reached, survivor, garbage, finals, dying, dies, seen, at, turn;
    bool finalizers;
    collect();
    if
    :: ends -> ghost_left == 2
    :: else
    fi;
    do
    :: ends && turn < 4 -> turn++; clear_global(); collect()
    :: ends && turn == 4 -> assert(ghost_ended[1] && ghost_ended[2] && ghost_ended[3]); break
    :: !ends -> ghost_left++; break
    od
}

/* ---- a thread ---- */

#define mine hand[1]

inline weakref_new() {
#ifdef BREAK_MARKS_PLAIN
    seen = marks[mine];
    d_step { marks[mine] = seen | WEAKLY; weak = mine; seen = 0 }
#else
    d_step { marks[mine] = marks[mine] | WEAKLY; weak = mine }
#endif
}

inline get() {
    if
    :: d_step { global != 0 -> take(global); mine = global }
    :: d_step { weak != 0 && !buried[weak] -> take(weak); mine = weak } /* ref_try */
    :: true
    fi
}

inline use() {
    if
    :: d_step { put(mine, 0) }
    :: d_step { take(mine); put(global, mine) }
    :: d_step { place[2 * mine] != 0 -> take(place[2 * mine]); put(mine, place[2 * mine]) }
    :: d_step { global != 0 -> take(global); put(place[2 * mine + 1], global) }
    :: d_step { place[2 * mine] != 0 -> put(place[2 * mine], 0) }
    :: weak == 0 -> weakref_new()
    fi
}

proctype Mutator(byte turns) {
    byte to, dying, dies, seen;
    do
    :: turns > 0 ->
        turns--;
        if
        :: mine == 0 -> get()
        :: mine != 0 -> use()
        :: global != 0 -> d_step { put(global, 0) }
        fi;
        end_noted()
    :: turns == 0 -> break
    od;
    if :: mine != 0 -> d_step { put(mine, 0) }; end_noted() :: else fi;
    ghost_left++
}

inline set(where, a, b) {
    if
    :: where = a
    :: where = b
    fi
}

inline start() {
    old_state = EVEN;
    state[1] = YOUNG;
    state[2] = YOUNG;
    state[3] = YOUNG;
    place[2] = 2;
    set(place[3], 1, 3);
    set(place[4], 1, 3);
    set(place[6], 0, 1);
    if :: true :: global = 2 :: global = 3 fi;
    set(weak, 0, 2);
    if :: weak != 0 -> marks[weak] = WEAKLY :: else fi;
    count[1] = refs(1);
    count[2] = refs(2);
    count[3] = refs(3)
}

init {
    atomic {
        start();
        if
        :: count[1] > 0 && count[2] > 0 && count[3] > 0 ->
            run Mutator(TURNS);
            run Collector(false);
            run Collector(true)
        :: else
        fi
    }
}
