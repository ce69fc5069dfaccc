/* kinds.c: all kinds of programs. */
#include "tests/stress/stress.h"

extern const Kind kind_churn, kind_list, kind_dict, kind_set, kind_weak;

const Kind *const stress_kinds[] = {&kind_churn, &kind_list, &kind_dict,
                                    &kind_set,   &kind_weak, NULL};
