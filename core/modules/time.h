/* time.h: the two parts of the module time: see time.c. */
#pragma once
#include "core/modules/module.h"
#include "core/modules/record.h"

extern const Native time_calendar[];

/* struct_time, tzname, timezone, altzone, daylight. */
bool time_fill_zone(Object *module);
