/* special.c: see special.h.
 *
 * The array of a class holds what the classes in its order say, the first of them first,
 * from the class itself up to `object` (or `type`), which only have the defaults: their
 * places are empty, and so are those where a built-in type's own TypeOps act. An array is
 * filled before it is published, and then only replaced as a whole. Readers take no lock:
 * slot_read counts what they find and looks whether the array is still the class's. What a
 * replaced array held is dropped after that, the array itself when no reader can look.
 *
 * Two threads that change a class at once both fill an array, perhaps from different states
 * of the dicts. `renewals` tells: it is counted up after the dict has changed and before
 * the array is filled, and an array is only put if it is as it was before filling; so the
 * last to count also sees all changes, and puts, or somebody later does. */
#include "core/types/special.h"
#include "core/types/wrapper_call.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/intern.h"
#include "core/types/wrappers.h"

typedef struct Specials {
    Retired retired;
    Slot slots[SPECIALS];
} Specials;

Object *special_names[SPECIALS];
static _Atomic uint64_t renewals;

/* ---- Names ---- */

static const char *const texts[SPECIALS] = {
#define ROW(NAME, name)                                                                    \
    [SPECIAL_##NAME] = "__" #name "__", [SPECIAL_R##NAME] = "__r" #name "__",              \
    [SPECIAL_I##NAME] = "__i" #name "__",
    SPECIAL_OPERATORS(ROW)
#undef ROW
#define ROW(NAME, name) [SPECIAL_##NAME] = "__" #name "__",
        SPECIAL_OTHERS(ROW)
#undef ROW
};

/* Numbers + 1 by address of the name; at most half full. */
#define NUMBERS 512
static uint8_t numbers[NUMBERS];
_Static_assert(SPECIALS < 255 && SPECIALS * 2 < NUMBERS, "they have room");

static size_t place_of(const Object *name) {
    return (size_t)(((uintptr_t)name >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 40) % NUMBERS;
}

bool specials_start(void) {
    for (size_t i = 0; i < NUMBERS; i++) numbers[i] = 0;
    for (int i = 0; i < SPECIALS; i++) {
        if (!(special_names[i] = gilt_intern(texts[i]))) return false;
        size_t at = place_of(special_names[i]);
        while (numbers[at]) at = (at + 1) % NUMBERS;
        numbers[at] = (uint8_t)(i + 1);
    }
    return true;
}

int special_number(const Object *name) {
    for (size_t at = place_of(name);; at = (at + 1) % NUMBERS) {
        if (!numbers[at]) return -1;
        if (special_names[numbers[at] - 1] == name) return numbers[at] - 1;
    }
}

/* ---- The array ---- */

static bool has_defaults(const Type *type) {
    return type->handle == GILT_OBJECT || type->handle == GILT_TYPE;
}

/* What an array of `type` holds for what was found; NULL for what TypeOps do. A class may
 * also say __str__ = int.__repr__, or __repr__ = object.__repr__ though it inherits int.
 * Takes over. */
static Object *kept(Object *found, Special special, const Type *type) {
    if (!found || !wrapper_is(found)) return found;
    const Wrapper *wrapper = (const Wrapper *)found;
    if (wrapper->special != special) return found;
    if (wrapper->owner == GILT_OBJECT && type->native) return found;
    decref(found);
    return NULL;
}

/* Puts what this class says over what later ones in the order say. */
static void say(Specials *table, Type *type, const Type *of) {
    Object *attrs = class_attrs(type), *name, *value;
    for (size_t at = 0; attrs && gilt_dict_next(attrs, &at, &name, &value); decref(name)) {
        int number = is_type(name, GILT_STR) ? special_number(name) : -1;
        if (number < 0) {
            decref(value);
            continue;
        }
        decref_maybe(object_of(slot_peek(&table->slots[number])));
        slot_init(&table->slots[number], refs_of(kept(value, (Special)number, of)));
    }
}

static void say_from(Specials *table, Order order, const Type *of) {
    Type *type = order_next(&order);
    if (!type) return;
    say_from(table, order, of);
    if (!has_defaults(type)) say(table, type, of);
}

static void table_drop(Specials *table) {
    for (int i = 0; i < SPECIALS; i++) decref_maybe(object_of(slot_peek(&table->slots[i])));
    retire(&table->retired);
}

static Specials *table_new(Type *type) {
    Specials *table = memory_new_array(sizeof *table);
    if (!table) return NULL;
    for (int i = 0; i < SPECIALS; i++) slot_init(&table->slots[i], NULL);
    say_from(table, order_from(type), type);
    return table;
}

void specials_make(Type *type) {
    atomic_fetch_add(&renewals, 1);
    for (bool done = false; !done;) {
        uint64_t before = atomic_load(&renewals);
        Specials *table = table_new(type), *old = table;
        object_lock(&type->head);
        done = atomic_load(&renewals) == before;
        if (done) {
            old = link_peek(&type->specials);
            link_put(&type->specials, table);
        }
        object_unlock(&type->head);
        if (old) table_drop(old);
    }
}

void specials_drop(Type *type) {
    Specials *table = link_peek(&type->specials);
    link_put(&type->specials, NULL);
    if (table) table_drop(table);
}

unsigned specials_spans(const Type *type, Span *spans) {
    Specials *table = link_peek(&type->specials);
    if (!table) return 0;
    spans[0] = (Span){table->slots, SPECIALS, sizeof(Slot)};
    return 1;
}

/* ---- Asking ---- */

/* Without an array. */
static Object *search(Type *type, Special special) {
    Order order = order_from(type);
    for (Type *at; (at = order_next(&order)) && !has_defaults(at);) {
        Object *attrs = class_attrs(at);
        Object *found = attrs ? dict_find_interned(attrs, special_names[special]) : NULL;
        if (found) return found;
    }
    return NULL;
}

static Object *take_locked(Type *type, Special special) {
    object_lock(&type->head);
    Specials *table = link_peek(&type->specials);
    Object *found = table ? slot_take_locked(&table->slots[special]) : NULL;
    object_unlock(&type->head);
    return found;
}

Object *class_own_special(Type *type, Special special) {
    for (;;) {
        RefCount *found = NULL;
        read_begin();
        Specials *table = link_load(&type->specials);
        ReadResult result =
            table ? slot_read(&table->slots[special], &type->specials, table, &found)
                  : READ_DONE;
        read_end();
        if (unlikely(!table)) return kept(search(type, special), special, type);
        if (likely(result == READ_DONE)) return object_of(found);
        if (result == READ_LOCKED) return take_locked(type, special);
    }
}

bool class_has_special(Type *type, Special special) {
    read_begin();
    Specials *table = link_load(&type->specials);
    bool has = table && slot_seen(&table->slots[special]);
    read_end();
    if (likely(table != NULL)) return has;
    Object *found = kept(search(type, special), special, type);
    decref_maybe(found);
    return found;
}

Object *class_special(Type *type, Special special) {
    Object *found = class_own_special(type, special);
    bool defaults = type_is_program(type) && !type->native;
    return found || defaults ? found : search(type, special);
}
