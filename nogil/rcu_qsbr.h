/* rcu_qsbr.h: RCU by quiescent states. An attached thread is online, a detached one is
 * offline; between two safepoints is one long read section. */
#pragma once
#include "world.h"
#include <urcu/urcu-qsbr.h>
#include <urcu/static/urcu-qsbr.h>

/* It is in a shared library: not ours to reach as we reach our own (-ftls-model). */
extern DECLARE_URCU_TLS(struct urcu_qsbr_reader, urcu_qsbr_reader)
    __attribute__((tls_model("initial-exec")));

/* A thread begins and ends offline: world_attach makes it online. */
static inline void rcu_thread_begin(World *me) {
    rcu_enter();
    urcu_qsbr_register_thread();
    urcu_qsbr_thread_offline();
    me->reader = &URCU_TLS(urcu_qsbr_reader);
    rcu_leave();
}
static inline void rcu_thread_end(World *me) {
    rcu_enter();
    urcu_qsbr_unregister_thread();
    me->reader = NULL;
    rcu_leave();
}
static inline void rcu_gone(World *world) {
    struct urcu_qsbr_reader *reader = world->reader;
    if (reader) cds_list_del(&reader->node);
    world->reader = NULL;
}
static inline void rcu_online(void) { urcu_qsbr_thread_online(); }
static inline void rcu_offline(void) { urcu_qsbr_thread_offline(); }
static inline void rcu_quiescent(void) { urcu_qsbr_quiescent_state(); }
static inline void rcu_wait(void) {
    rcu_enter();
    urcu_qsbr_synchronize_rcu();
    rcu_leave();
}
static inline const char *rcu_policy(void) { return "qsbr"; }

static inline void rcu_read_begin(void) {}
static inline void rcu_read_end(void) {}
