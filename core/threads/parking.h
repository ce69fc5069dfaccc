/* parking.h: threads that wait for the value at an address to change.
 *
 * A lock needs only a bit for 'somebody waits'; who waits, and for what address, stands in
 * a table of queues here (WebKit's ParkingLot; Pizlo, 'Locking in WebKit', 2016). */
#pragma once
#include "core/threads/fork.h"
#include <time.h>

/* Waits, detached, until unparked. `must_wait(data)` is asked first, with the address's
 * queue locked, so that no wake-up is lost between the caller's look and its sleep; if it
 * says no, returns false at once. Returns attached. Runs no foreign code and destroys
 * nothing, so it may be called while holding another lock. */
bool park(const void *address, bool (*must_wait)(void *data), void *data);

/* The same for who is detached already, and stays so. Waits that may be long use this after
 * blocking_begin, which leaves nothing undone that others wait for. */
bool park_detached(const void *address, bool (*must_wait)(void *data), void *data);

/* The same, but no longer than until this time of CLOCK_MONOTONIC; NULL: for ever. */
bool park_detached_until(const void *address, bool (*must_wait)(void *data), void *data,
                         const struct timespec *deadline);

/* Wakes the longest waiter; false if there is none. `before(address, woken, more)` is
 * called with the queue locked, so that it can clear the bit when nobody is left. May be
 * NULL. */
bool unpark_one(const void *address, void (*before)(void *address, bool woken, bool more));

void parking_fork(ForkStep step);
