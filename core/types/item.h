/* item.h: items of C's types, as array.array and memoryview have them: one letter says
 * what an item is. */
#pragma once
#include "core/object/object.h"

typedef enum ItemKind {
    ITEM_SIGNED,
    ITEM_UNSIGNED,
    ITEM_FLOAT,
    ITEM_BOOL,
    ITEM_BYTE, /* a bytes object of one byte */
    ITEM_POINT /* a str of one character */
} ItemKind;

typedef struct ItemCode {
    char code;
    uint8_t shift; /* an item has 1 << shift bytes */
    uint8_t kind;
    bool in_array; /* array.array has it, too */
} ItemCode;

/* What the letter means, or NULL. */
const ItemCode *item_code(uint32_t letter);

/* The item as an object: a new reference. */
Object *item_object(const ItemCode *code, const void *item);

/* The object as an item, as array.array takes it: TypeError, OverflowError. */
bool item_of(const ItemCode *code, Object *o, void *item);
