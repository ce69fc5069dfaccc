/* rcu.h: liburcu behind a few words, so that its flavour is a file:
 *
 *   rcu_qsbr.h  a safepoint is a quiescent state; reading costs nothing (the default)
 *   rcu_memb.h  explicit read sections; what ThreadSanitizer checks best
 *
 * The library's own barriers are invisible to the memory model of C11 and to the
 * sanitizer. So each thread also counts its quiescent moments in World.quiescent (release),
 * and who has waited for a grace period reads all those counters (acquire): what a reader
 * did before the grace period then happens before the free, in the model too. */
#pragma once
#include RCU_POLICY
