/* _abc.c: the module _abc: classes that cannot be instantiated because methods of theirs
 * are abstract. Which those are, core/lib/abc.py finds out. */
#include "core/modules/module.h"
#include "core/types/class.h"

/* _set_abstract(cls, flag): abc.py has put the names into cls.__abstractmethods__. */
static Object *set_abstract(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    if (!is_class(arguments[0]) || !type_is_program((Type *)arguments[0]))
        return gilt_raise(GILT_TYPE_ERROR, "a class is expected");
    Type *type = (Type *)arguments[0];
    int flag = gilt_true(arguments[1]);
    if (flag < 0) return NULL;
    if (flag)
        __atomic_fetch_or(&type->flags, TYPE_ABSTRACT, __ATOMIC_RELAXED);
    else
        __atomic_fetch_and(&type->flags, ~(uint32_t)TYPE_ABSTRACT, __ATOMIC_RELAXED);
    return gilt_none();
}

static const Native functions[] = {
    {"_set_abstract(cls, flag, /)", set_abstract},
    {0},
};

const ModuleSpec _abc_module = {"_abc", functions, NULL};
