/* text.c: see text.h. */
#include "core/types/text.h"
#include "core/types/str.h"

Text str_text(Object *str) {
    Text text = {"?"};
    if (!str || !str_check(str)) return text;
    size_t at = 0;
    for (size_t i = 0; i < str_length(str) && at + 5 < sizeof text.bytes; i++) {
        uint32_t point = str_at(str, i);
        if (point - 0xD800 < 0x800) point = '?';
        at += utf8_put(point, (uint8_t *)text.bytes + at);
    }
    text.bytes[at] = 0;
    return text;
}
