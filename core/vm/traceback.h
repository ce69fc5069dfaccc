/* traceback.h: where an exception has come through, as a chain of objects.
 *
 * Each traceback names a place in a program and the next one, nearer to where the exception
 * was raised. The frame of a function that left through an exception is gone; a frame
 * object there is only what there is to know of it: no variables. */
#pragma once
#include "core/object/builtin.h"

/* A place, all borrowed. Lines count from 1, columns from 0 in code points; -1: unknown. */
typedef struct TracePlace {
    Object *filename, *name; /* strs; the name is the function's, or "<module>" */
    Object *code, *globals;  /* NULL: none */
    int line, end_line, column, end_column;
    unsigned instruction;
} TracePlace;

typedef struct Traceback {
    Object head;
    Slot next; /* may change, under the lock; the rest never */
    Slot filename, name, code, globals;
    int32_t line, end_line;
    int16_t column, end_column;
    uint32_t instruction;
} Traceback;

extern const TypeOps traceback_ops, frame_ops;

/* Puts the place in front of the exception's __traceback__. false: MemoryError is set
 * instead of what was, or the exception is immortal and stays as it is. */
bool traceback_add(Object *exception, const TracePlace *place);

/* The same with the exception that is set, which stays set whatever happens; if it is the
 * immortal MemoryError, one of its own takes its place. For the VM when it unwinds. */
void traceback_add_here(const TracePlace *place);

/* The next one: a new reference, or NULL. */
Traceback *traceback_next(Traceback *traceback);

/* frame_object.c: a frame object for the place. MemoryError. */
Object *frame_new(const TracePlace *place);
