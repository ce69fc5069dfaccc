/* rcu_qsbr.h: RCU by quiescent states. An attached thread is online, a detached one is
 * offline; between two safepoints is one long read section. */
#pragma once
#include "world.h"
#include <urcu/urcu-qsbr.h>

/* A thread begins and ends offline: world_attach makes it online. */
static inline void rcu_thread_begin(void) {
    urcu_qsbr_register_thread();
    urcu_qsbr_thread_offline();
}
static inline void rcu_thread_end(void) { urcu_qsbr_unregister_thread(); }
static inline void rcu_online(void) { urcu_qsbr_thread_online(); }
static inline void rcu_offline(void) { urcu_qsbr_thread_offline(); }
static inline void rcu_quiescent(void) { urcu_qsbr_quiescent_state(); }
static inline void rcu_wait(void) { urcu_qsbr_synchronize_rcu(); }
static inline const char *rcu_policy(void) { return "qsbr"; }

static inline void rcu_read_begin(void) {}
static inline void rcu_read_end(void) {}
