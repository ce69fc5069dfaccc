/* mode.h: the contract between core and the two modes, on one page.
 *
 * Core asks five questions, and each mode answers each in a header of its own:
 *
 *   refcount.h  who owns a count?        RefCount, ref_*
 *   lock.h      who may write an object? lock_*
 *   slot.h      who may read a slot?     Slot, Link, slot_*, link_*
 *   reclaim.h   when does memory die?    Retired, retire, read_*
 *   world.h     who is running?          World, world_*
 *
 * The Makefile's -iquote gil or -iquote nogil decides whose headers these are.
 * A mode does not know Object: it sees a RefCount, the first 12 bytes of one.
 * Core does not know the mode: it has no #if about it. Below the includes stands
 * every function that a mode owes; a missing or mistyped one does not compile. */
#pragma once
#include "core/lent.h"

#include "refcount.h"
#include "lock.h"
#include "slot.h"
#include "reclaim.h"
#include "world.h"

#define OWED(function, ...)                                                                \
    _Static_assert(_Generic(&function, __VA_ARGS__ : 1, default : 0),                      \
                   #function " must be " #__VA_ARGS__)

/* refcount.h. A RefCount is 12 bytes: the count, the object's lock and owner, and the
 * byte `marks`, which the mode only carries for core.
 *   ref_init           one reference, owned by the calling thread; and core's marks
 *   ref_init_immortal  never counted, never written to, never last
 *   ref_add            by somebody who holds a reference
 *   ref_drop,          likewise. ref_drop is the short part: false, and all is done; true,
 *   ref_was_last       and the caller must ask ref_was_last at once, which ends the drop
 *                      and is true for the one who was last and must destroy the object
 *   ref_share          by somebody who holds a reference, before others may ref_try
 *   ref_try            count an object that may be dead: true if it was alive and is now
 *                      counted; false if dead, or alive but never shared
 *   ref_bury, ref_next a dead count is a link in a list of the dead (no memory needed)
 *   ref_clear          the block is free from here on: ref_try fails on it
 *   ref_merge_next     at a safepoint: merges what other threads dropped for this one;
 *                      returns an object that died of it, or NULL when there is no more
 *   ref_merge_found    the same for one object that core found by walking the heap, after
 *                      ref_merge_lost() said that a queue entry could not be allocated
 *   ref_merge_stopped  with the world stopped: merges what waits for any thread; what dies
 *                      of it is noted (object_died)
 *   ref_asks           at a safepoint: does the calling thread have a question about counts,
 *   ref_ask_stopped    to which it gets the answer with the world stopped?
 *   ref_settled        has it counted nothing for itself alone? Else, if it is to end, a
 *                      ref_merge_stopped takes that into account
 *   ref_trial_drop,    by the collector, with the world stopped: leave so many references out
 *   ref_trial_add      of the account, and take them in again. Nothing dies; not atomic
 *   ref_trial_held     is anything left in the account?
 *   ref_stays          of what a slot has just named: does it live until the caller's next
 *                      safepoint or drop, though the caller does not count it? May say no
 *                      although
 *   ref_is_sole        is the caller's reference, which it holds, the only one? If so nobody
 *                      can come by another but through the caller. May say no although
 *   ref_is_private     likewise, and others can come by one only with the lock of the object
 *                      that has this one in a slot
 *   ref_count          references now; exact for the owner alone or with the world stopped
 */
_Static_assert(sizeof(RefCount) == 12, "an object header is 16 bytes in both modes");
OWED(ref_init, void (*)(RefCount *, uint8_t));
OWED(ref_init_immortal, void (*)(RefCount *, uint8_t));
OWED(ref_is_immortal, bool (*)(const RefCount *));
OWED(ref_add, void (*)(RefCount *));
OWED(ref_drop, bool (*)(RefCount *));
OWED(ref_was_last, bool (*)(RefCount *));
OWED(ref_share, void (*)(RefCount *));
OWED(ref_try, bool (*)(RefCount *));
OWED(ref_bury, void (*)(RefCount *, RefCount *));
OWED(ref_next, RefCount *(*)(const RefCount *));
OWED(ref_clear, void (*)(RefCount *));
OWED(ref_merge_next, RefCount *(*)(void));
OWED(ref_merge_lost, bool (*)(void));
OWED(ref_merge_found, bool (*)(RefCount *));
OWED(ref_merge_stopped, void (*)(void));
OWED(ref_asks, bool (*)(void));
OWED(ref_ask_stopped, void (*)(void));
OWED(ref_settled, bool (*)(void));
OWED(ref_trial_drop, void (*)(RefCount *, size_t));
OWED(ref_trial_add, void (*)(RefCount *, size_t));
OWED(ref_trial_held, bool (*)(const RefCount *));
OWED(ref_stays, bool (*)(const RefCount *));
OWED(ref_is_sole, bool (*)(const RefCount *));
OWED(ref_is_private, bool (*)(const RefCount *));
OWED(ref_count, int64_t (*)(const RefCount *));
OWED(ref_policy, const char *(*)(void));

/* lock.h. Who holds an object's lock is the only one to write the object. Between take
 * and drop: no safepoint, no destruction, no foreign code, no other lock except by
 * lock_take_two, which takes two (or one, if they are the same) in address order. */
OWED(lock_take, void (*)(RefCount *));
OWED(lock_drop, void (*)(RefCount *));
OWED(lock_take_two, void (*)(RefCount *, RefCount *));
OWED(lock_drop_two, void (*)(RefCount *, RefCount *));

/* slot.h. A Slot is a place that holds one reference; a Link is a pointer to a backing
 * array that is replaced as a whole. Writers hold the lock of the object they are in.
 *   slot_init, link_init  before anybody else can see the place
 *   slot_peek, link_peek  by the writer: borrowed
 *   slot_put, link_put    publish; the caller now owns the reference that was there
 *   slot_seen, link_load  by a reader without the lock: what may be there
 *   slot_count            counts what slot_seen saw, if it is alive and still there
 *   slot_borrow           what is in a slot of the array that `link` holds, if it can be
 *                         used without counting until the next safepoint or drop; NULL:
 *                         it is empty, or must be counted
 *   slot_read             the whole protocol for a slot in the array that `link` holds:
 *                         READ_DONE, counted (or empty: NULL); READ_RETRY, it changed
 *                         meanwhile; READ_LOCKED, must take the lock, ref_share, ref_add */
OWED(slot_init, void (*)(Slot *, RefCount *));
OWED(slot_peek, RefCount *(*)(const Slot *));
OWED(slot_put, void (*)(Slot *, RefCount *));
OWED(slot_seen, RefCount *(*)(const Slot *));
OWED(slot_count, ReadResult (*)(const Slot *, RefCount *));
OWED(slot_borrow, RefCount *(*)(const Slot *, const Link *, const void *));
OWED(slot_read, ReadResult (*)(const Slot *, const Link *, const void *, RefCount **));
OWED(link_init, void (*)(Link *, void *));
OWED(link_peek, void *(*)(const Link *));
OWED(link_put, void (*)(Link *, void *));
OWED(link_load, void *(*)(const Link *));

/* reclaim.h. A block that a reader without the lock may still look at begins with a
 * Retired and dies through retire(): the mode calls memory_release() when no reader can
 * look any more. A read section (read_begin to read_end) keeps what it sees mapped; in
 * it: no safepoint, no lock, no drop. The memory of a dead object goes through
 * reclaim_object(): true, and the caller frees it now; false, and the mode will call
 * object_release() later.
 *   reclaim_flush      at a safepoint: waits for readers if too much waits, and frees
 *   reclaim_drain      waits for readers and frees all that this thread has retired */
OWED(read_begin, void (*)(void));
OWED(read_end, void (*)(void));
OWED(retire, void (*)(Retired *));
OWED(reclaim_object, bool (*)(RefCount *, size_t));
OWED(reclaim_flush, void (*)(void));
OWED(reclaim_drain, void (*)(void));
OWED(reclaim_policy, const char *(*)(void));

/* world.h. A World is the mode's part of a thread; world_self() is the caller's.
 *   world_start         once, before any thread; false if the mode cannot run here
 *   world_enter, _leave the calling thread takes a World (new, or of a thread that has
 *                       ended, with all that it owns) and is attached; detached again, it
 *                       gives the World back
 *   world_attach,       a thread touches objects only while attached; around whatever
 *   world_detach        blocks it detaches. Detached threads count as stopped.
 *                       world_detach is false if ref_merge_next has something to do:
 *                       who can, attaches again and does it first
 *   world_polled        does this thread have something to do at its safepoint?
 *   world_poll          the slow part of a safepoint
 *   world_poke          makes a thread, any thread, reach world_poll soon
 *   world_stop, _resume nobody else is attached in between; the caller must not detach
 *   world_is_attached   is the caller? Also asked by who is detached
 *   world_fork_begin,   by who has the world stopped, before and after a fork (`child`: in
 *   world_fork_end      which of the two): takes, and drops, what locks the mode has
 *   world_gone          in the child: the World's thread is not in this process. It is as
 *                       if it had detached, and no lock of an object is held by it
 *   world_switches      how often the right to run went from one thread to another */
OWED(world_start, bool (*)(void));
OWED(world_self, World *(*)(void));
OWED(world_enter, void (*)(World *, uint16_t));
OWED(world_leave, void (*)(World *));
OWED(world_attach, void (*)(void));
OWED(world_detach, bool (*)(void));
OWED(world_polled, bool (*)(void));
OWED(world_poll, void (*)(void));
OWED(world_poke, void (*)(World *));
OWED(world_stop, void (*)(void));
OWED(world_resume, void (*)(void));
OWED(world_is_attached, bool (*)(void));
OWED(world_fork_begin, void (*)(void));
OWED(world_fork_end, void (*)(bool));
OWED(world_gone, void (*)(World *));
OWED(world_switches, uint64_t (*)(void));
OWED(world_policy, const char *(*)(void));
OWED(world_mode, const char *(*)(void));
