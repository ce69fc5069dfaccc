/* vm_calls.h: what built-in functions ask of the virtual machine. Weak: a program in C that
 * links the library without it gets a RuntimeError from them. */
#pragma once
#include "core/object/object.h"

/* The dicts of the function of the program that runs: as vm.h has them. */
Object *vm_globals(void) __attribute__((weak));
Object *vm_locals(void) __attribute__((weak));
extern _Atomic unsigned vm_recursion_limit __attribute__((weak));

/* Runs code, or text as a program (or, with `want_value`, as an expression) with these
 * globals and locals (a mapping; NULL: the globals): a new reference to the value, or to
 * None. */
Object *vm_exec(Object *code_or_text, Object *globals, Object *locals, bool want_value)
    __attribute__((weak));

/* Compiles a str, or bytes, in mode "exec", "eval" or "single": a new code object. */
Object *vm_compile(Object *source, Object *filename, const char *mode)
    __attribute__((weak));

/* What __import__ does. globals and from_list may be NULL. */
Object *import_module(Object *name, Object *globals, Object *from_list, int level)
    __attribute__((weak));

/* The frame of the function that runs, or of one that called it: a new reference. */
Object *vm_frame(size_t depth) __attribute__((weak));

/* Of a generator: does it wait in a try or with? Its close(). */
bool vm_generator_waits(Object *generator) __attribute__((weak));
Object *vm_generator_close(Object *generator, Object *const *arguments, size_t count)
    __attribute__((weak));

/* The dicts again: new references. NULL, RuntimeError: there is no such function. */
Object *vm_call_locals(void);
Object *vm_call_globals(void);
