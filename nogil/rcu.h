/* rcu.h: liburcu behind a few words, so that its flavour is a file:
 *
 *   rcu_qsbr.h  a safepoint is a quiescent state; reading costs nothing (the default)
 *   rcu_memb.h  explicit read sections; what ThreadSanitizer checks best
 *
 * The library's own barriers are invisible to the memory model of C11 and to the
 * sanitizer. So each thread also counts its quiescent moments in World.quiescent (release),
 * and who has waited for a grace period reads all those counters (acquire): what a reader
 * did before the grace period then happens before the free, in the model too.
 *
 * Forks. liburcu keeps a list of threads, whose nodes are thread-local variables, and knows
 * nothing of forks. In the child the nodes of the other threads are still in the list, but
 * the C library gives their stacks, with the nodes, to new threads, or back to the system.
 * So each World notes where its thread's node is, and the child takes those of the others
 * out (rcu_gone). For that the list must be in order: who forks waits at a gate until
 * nobody is inside of liburcu with a mutex of it (rcu_enter, rcu_leave: world.c), which
 * also leaves those mutexes free in the child. The layout of a node is in liburcu's static
 * headers; none of their code is used. */
#pragma once
#include "core/lent.h"

void rcu_enter(void);
void rcu_leave(void);

#include RCU_POLICY
