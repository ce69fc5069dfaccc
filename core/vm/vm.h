/* vm.h: running code, as the rest of core asks for it. */
#pragma once
#include "core/compiler/compiler.h"
#include "core/vm/frame.h"

/* Calls a function of the program; as object_call. */
Object *vm_call(Callee *function, Object *const *arguments, size_t count, Object *names);

/* Runs the code of a module, exec or eval with these dicts: its result. */
Object *vm_run(Code *code, Object *globals, Object *names);

/* The globals and the names of the function of the program that is running on this thread:
 * borrowed; NULL: there is none. vm_locals makes a new dict in functions. */
Object *vm_globals(void);
Object *vm_locals(void);
Object *vm_locals_of(Frame *frame);

/* exec and eval: `what` is code, a str or bytes. */
Object *vm_exec(Object *what, Object *globals, Object *locals, bool want_value);
Object *vm_compile(Object *source, Object *filename, const char *mode);

/* How deep calls may go: sys.setrecursionlimit. Of all threads. */
extern _Atomic unsigned vm_recursion_limit;

/* import.c: modules. import_module is __import__; import_start puts the directory of the
 * program and that of the library in sys.path. */
Object *import_module(Object *name, Object *globals, Object *from_list, int level);
Object *import_from(Object *module, Object *name);
bool import_star(Object *module, Object *into);
