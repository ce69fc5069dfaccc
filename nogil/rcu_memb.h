/* rcu_memb.h: RCU by read sections, with the kernel's membarrier on the writer's side. */
#pragma once
#include "world.h"
#include <urcu/urcu-memb.h>

static inline void rcu_thread_begin(void) { urcu_memb_register_thread(); }
static inline void rcu_thread_end(void) { urcu_memb_unregister_thread(); }
static inline void rcu_online(void) {}
static inline void rcu_offline(void) {}
static inline void rcu_quiescent(void) {}
static inline void rcu_wait(void) { urcu_memb_synchronize_rcu(); }
static inline const char *rcu_policy(void) { return "memb"; }

static inline void rcu_read_begin(void) { urcu_memb_read_lock(); }

/* The end of a read section is a quiescent moment: see rcu.h. */
static inline void rcu_read_end(void) {
    _Atomic uint64_t *quiescent = &world_current->quiescent;
    uint64_t now = atomic_load_explicit(quiescent, memory_order_relaxed);
    atomic_store_explicit(quiescent, now + 1, memory_order_release);
    urcu_memb_read_unlock();
}
