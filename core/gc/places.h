/* places.h: where the references in an object stand; the two kinds of object that there
 * are most of are asked without a call. */
#pragma once
#include "core/types/instance.h"
#include "core/types/list.h"

/* If all references of the object stand side by side: from *at up to *end. */
static ALWAYS_INLINE bool gc_dense(const Object *o, const Slot **at, const Slot **end) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops == &instance_ops) {
        const Instance *instance = (const Instance *)o;
        *at = instance->slots;
        *end = *at + word_room(link_peek(&instance->shape));
        return !link_peek(&instance->more);
    }
    if (ops != &list_ops) return false;
    const ListArray *array = link_peek(&((const List *)o)->array);
    *at = *end = NULL;
    if (unlikely(!array)) return true;
    *at = array->slots;
    *end = *at + atomic_load_explicit(&((const List *)o)->size, memory_order_relaxed);
    return true;
}

/* In general: how many spans, at most SPANS_MAX. */
static inline unsigned gc_spans(const Object *o, Span *spans) {
    return type_of(o)->ops->spans(o, spans);
}

/* The next reference of a span that is not at its end. */
static ALWAYS_INLINE Object *span_next(Span *span) {
    Object *o = span_held(span->first);
    span->first = (const Slot *)((const char *)span->first + span->stride);
    span->count--;
    return o;
}
