/* builtins_internal.h: the built-in functions, by topic. Each table is of one file. */
#pragma once
#include "core/modules/module.h"

extern const Native builtins_attributes[]; /* builtins_attributes.c */
extern const Native builtins_numbers[];    /* builtins_numbers.c */
extern const Native builtins_items[];      /* builtins_items.c */
extern const Native builtins_text[];       /* builtins_text.c */
extern const Native builtins_run[];        /* builtins_run.c */
