/* classes.h: classes in a search.
 *
 * The reference of an instance to its class is not counted: it is the number in the header.
 * In the place of all instances of a class the table of types holds one reference, in
 * Type.kept (types/class.h). A search leaves that out of the account of each class that is
 * a candidate, and the first instance that is reached claims it: it is traced like a
 * reference in that instance. So a class whose account is empty, and that no reached
 * instance claimed, is garbage; and the account of each that is reached is whole again.
 *
 * An instance that the search does not look at claims, too, before anything is traced; its
 * class then looks held from outside. Which are these?
 *   - in any search, the dead in Thread.dead, whose finalisers have not run;
 *   - in a search among garbage, the second one, instances that are no part of it: its
 *     finalisers had the class and may have made some. Only a walk over the heap finds
 *     them, which is done if there are classes among the garbage.
 * Not frozen ones: what freezes an object freezes all classes. Nor what else is dead: it
 * only asks its class for its size.
 *
 * Invariant: outside of searches no class is claimed. */
#pragma once
#include "core/gc/search.h"

/* Takes the right to trace `kept`: true once in a search, if the class takes part in it.
 * Several threads may try; nothing else depends on the order in which they are seen. */
static inline bool class_claim(Type *class, unsigned involved) {
    if (likely(atomic_load_explicit(&class->claimed, memory_order_relaxed))) return false;
    if (!gc_in(involved, marks_load(&class->head))) return false;
    return !atomic_exchange_explicit(&class->claimed, true, memory_order_relaxed);
}

/* Before and after subtracting and tracing, if the search includes classes. */
void classes_leave_out(const Search *search);
void classes_take_in(const Search *search);

/* Calls visit for each class in one of `states`, dead ones left out. */
void classes_each(unsigned states, void (*visit)(Object *, void *data), void *data);
