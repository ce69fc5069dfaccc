/* text.h: the text of a str on the C stack, for messages. */
#pragma once
#include "core/object/object.h"

/* As UTF-8, cut to what fits; what is no str, or has a lone surrogate, shows as "?". */
typedef struct Text {
    char bytes[200];
} Text;
Text str_text(Object *str);
