/* nogil/lock.c: ending a bias, and the lock byte. The argument stands in lock.h. */
#include "core/mode.h"
#include "core/threads/parking.h"
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define INTRUSIONS_MAX 32
#define PATIENCE (1u << 20)
#define SPINS 60 /* a lock is held for some tens of instructions */

bool lock_has_bias;

static bool makes_biased(void) { return !(birth_word & LOCK_UNBIASED << 16); }

/* At a safepoint: strangers have ended many biases of this thread's objects. */
void lock_expect_strangers(World *me) {
    if (!makes_biased() || atomic_load(&me->intrusions) < INTRUSIONS_MAX) return;
    birth_word |= LOCK_UNBIASED << 16;
    me->patience = PATIENCE;
}

/* At the lock of an object of one's own that has no bias. */
static void lose_patience(World *me) {
    if (makes_biased() || !lock_has_bias || --me->patience) return;
    birth_word = owner_self;
    atomic_store_explicit(&me->intrusions, 0, memory_order_relaxed);
}

static bool owner_holds(World *owner, RefCount *r) {
    return atomic_load_explicit(&owner->held[0], memory_order_acquire) == r ||
           atomic_load_explicit(&owner->held[1], memory_order_acquire) == r;
}

/* The owner is inside for tens of instructions, unless it is not running. */
static void wait_for_owner(World *owner, RefCount *r) {
    for (int spin = 0; owner_holds(owner, r); spin++) {
        if (spin < SPINS) {
            cpu_relax();
            continue;
        }
        world_detach();
        nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
        world_attach();
    }
}

/* The owner learns of it at its next safepoint. */
static void count_intrusion(World *owner) {
    uint32_t before = atomic_fetch_add(&owner->intrusions, 1);
    if (before + 1 == INTRUSIONS_MAX) world_poke(owner);
}

/* [1], [2]. The owner itself may come here when a stranger has begun: it is not inside. */
static void end_bias(RefCount *r) {
    uint16_t owner = ref_owner(r);
    atomic_fetch_or_explicit(&r->lock, LOCK_REVOKING, memory_order_seq_cst);
    chaos(CHAOS_REVOKE);
    if (owner != OWNER_NONE && owner != OWNER_IMMORTAL) {
        if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
            die("membarrier failed after it was registered");
        wait_for_owner(world_of(owner), r);
        count_intrusion(world_of(owner));
    }
    atomic_fetch_or_explicit(&r->lock, LOCK_UNBIASED, memory_order_acq_rel);
}

static bool try_byte(RefCount *r, uint8_t byte) {
    return !(byte & LOCK_HELD) && atomic_compare_exchange_weak_explicit(
                                      &r->lock, &byte, byte | LOCK_HELD,
                                      memory_order_acquire, memory_order_relaxed);
}

static bool must_wait(void *refs) {
    uint8_t byte = atomic_load_explicit(&((RefCount *)refs)->lock, memory_order_relaxed);
    return (byte & LOCK_HELD) && (byte & LOCK_PARKED);
}

/* Announces a waiter, and waits if the lock is still held then. */
static void wait_for_byte(RefCount *r, uint8_t byte) {
    if ((byte & LOCK_PARKED) ||
        atomic_compare_exchange_weak_explicit(&r->lock, &byte, byte | LOCK_PARKED,
                                              memory_order_relaxed, memory_order_relaxed))
        park(&r->lock, must_wait, r);
}

void lock_take_byte(RefCount *r) {
    if (ref_owner(r) == owner_self) lose_patience(world_current);
    for (int spin = 0;; spin++) {
        uint8_t byte = atomic_load_explicit(&r->lock, memory_order_relaxed);
        if (unlikely(!(byte & LOCK_UNBIASED)))
            end_bias(r);
        else if (try_byte(r, byte))
            return;
        else if (spin < SPINS)
            cpu_relax();
        else if (byte & LOCK_HELD)
            wait_for_byte(r, byte);
    }
}

static void keep_parked(void *address, bool woken, bool more) {
    (void)woken;
    if (!more)
        atomic_fetch_and_explicit((_Atomic uint8_t *)address, (uint8_t)~LOCK_PARKED,
                                  memory_order_relaxed);
}

void lock_drop_byte(RefCount *r) {
    uint8_t before =
        atomic_fetch_and_explicit(&r->lock, (uint8_t)~LOCK_HELD, memory_order_release);
    assert((before & LOCK_HELD) && "this object is not locked");
    if (unlikely(before & LOCK_PARKED)) unpark_one(&r->lock, keep_parked);
}

/* Its thread is not in this process. Whoever wants in next ends what it had begun. */
void lock_gone(World *world) {
    atomic_store(&world->held[0], NULL);
    atomic_store(&world->held[1], NULL);
    if (world->waits_with) atomic_fetch_and(&world->waits_with->lock, (uint8_t)~LOCK_HELD);
    world->waits_with = NULL;
}

/* In order of address, so that two threads that want the same two cannot wait for each
 * other. Waiting for the second detaches with the first held: nothing has been written
 * yet, so a world that is stopped at that moment is consistent. What is held then is noted,
 * in `held` or in `waits_with`, because after a fork somebody else must drop it. */
void lock_take_two(RefCount *a, RefCount *b) {
    World *me = world_current;
    RefCount *first = a < b ? a : b, *second = a < b ? b : a;
    bool biased = lock_take_biased(me, first, 0);
    if (!biased) lock_take_byte(first);
    if (first == second || lock_take_biased(me, second, 1)) return;
    me->waits_with = biased ? NULL : first;
    lock_take_byte(second);
    me->waits_with = NULL;
    chaos(CHAOS_LOCK);
}

void lock_drop_two(RefCount *a, RefCount *b) {
    World *me = world_current;
    RefCount *first = a < b ? a : b, *second = a < b ? b : a;
    if (first != second && !lock_drop_biased(me, second, 1)) lock_drop_byte(second);
    if (!lock_drop_biased(me, first, 0)) lock_drop_byte(first);
}
