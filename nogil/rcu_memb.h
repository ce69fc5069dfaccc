/* rcu_memb.h: RCU by read sections, with the kernel's membarrier on the writer's side. */
#pragma once
#include "world.h"
#include <urcu/urcu-memb.h>
#include <urcu/static/urcu-memb.h>

/* It is in a shared library: not ours to reach as we reach our own (-ftls-model). */
extern DECLARE_URCU_TLS(struct urcu_reader, urcu_memb_reader)
    __attribute__((tls_model("initial-exec")));

static inline void rcu_thread_begin(World *me) {
    rcu_enter();
    urcu_memb_register_thread();
    me->reader = &URCU_TLS(urcu_memb_reader);
    rcu_leave();
}
static inline void rcu_thread_end(World *me) {
    rcu_enter();
    urcu_memb_unregister_thread();
    me->reader = NULL;
    rcu_leave();
}
static inline void rcu_gone(World *world) {
    struct urcu_reader *reader = world->reader;
    if (reader) cds_list_del(&reader->node);
    world->reader = NULL;
}
static inline void rcu_online(void) {}
static inline void rcu_offline(void) {}
static inline void rcu_quiescent(void) {}
static inline void rcu_wait(void) {
    rcu_enter();
    urcu_memb_synchronize_rcu();
    rcu_leave();
}
static inline const char *rcu_policy(void) { return "memb"; }

static inline void rcu_read_begin(void) { urcu_memb_read_lock(); }

/* The end of a read section is a quiescent moment: see rcu.h. */
static inline void rcu_read_end(void) {
    _Atomic uint64_t *quiescent = &world_current->quiescent;
    uint64_t now = atomic_load_explicit(quiescent, memory_order_relaxed);
    atomic_store_explicit(quiescent, now + 1, memory_order_release);
    urcu_memb_read_unlock();
}
