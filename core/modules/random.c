/* random.c: the module _random: the class Random on which random.py builds.
 *
 * The generator is the Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), seeded
 * from an array of words as they describe it (2002), so that the numbers are those that
 * everybody gets from the same seed. Invariant: the state is read and written under the
 * lock of the object, in pure C. */
#include "core/modules/module.h"
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/class.h"
#include "core/types/heir.h"
#include "core/types/int.h"
#include "core/types/slice.h"
#include <errno.h>
#include <sha512.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { WORDS = 624, MIDDLE = 397 };

typedef struct Twister {
    uint32_t words[WORDS];
    uint32_t used; /* of the words; WORDS: all */
} Twister;

typedef struct RandomObject {
    Object head;
    Twister twister;
} RandomObject;

static Twister *twister_of(Object *o) { return &((RandomObject *)o)->twister; }

/* ---- The generator --------------------------------------------------------------- */

static uint32_t twist(uint32_t high, uint32_t low) {
    uint32_t mixed = (high & 0x80000000) | (low & 0x7FFFFFFF);
    return mixed >> 1 ^ (mixed & 1 ? 0x9908B0DF : 0);
}

static void twister_turn(Twister *t) {
    uint32_t *w = t->words;
    int i = 0;
    for (; i < WORDS - MIDDLE; i++) w[i] = w[i + MIDDLE] ^ twist(w[i], w[i + 1]);
    for (; i < WORDS - 1; i++) w[i] = w[i + MIDDLE - WORDS] ^ twist(w[i], w[i + 1]);
    w[i] = w[MIDDLE - 1] ^ twist(w[i], w[0]);
    t->used = 0;
}

static inline uint32_t twister_next(Twister *t) {
    if (unlikely(t->used >= WORDS)) twister_turn(t);
    uint32_t y = t->words[t->used++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9D2C5680;
    y ^= y << 15 & 0xEFC60000;
    return y ^ y >> 18;
}

static void twister_begin(Twister *t, uint32_t seed) {
    t->words[0] = seed;
    for (uint32_t i = 1; i < WORDS; i++) {
        uint32_t last = t->words[i - 1];
        t->words[i] = 1812433253 * (last ^ last >> 30) + i;
    }
    t->used = WORDS;
}

/* What the words before and the key do to word i; afterwards i is the next. */
static uint32_t mixed(Twister *t, uint32_t *i, uint32_t factor) {
    uint32_t last = t->words[*i - 1];
    return t->words[*i] ^ (last ^ last >> 30) * factor;
}

static void next_word(Twister *t, uint32_t *i) {
    if (++*i < WORDS) return;
    t->words[0] = t->words[WORDS - 1];
    *i = 1;
}

static void twister_seed(Twister *t, const uint32_t *key, size_t count) {
    uint32_t i = 1;
    twister_begin(t, 19650218);
    size_t steps = count > WORDS ? count : WORDS;
    for (size_t step = 0, j = 0; step < steps; step++, j = (j + 1) % count) {
        t->words[i] = mixed(t, &i, 1664525) + key[j] + (uint32_t)j;
        next_word(t, &i);
    }
    for (int step = 0; step < WORDS - 1; step++) {
        t->words[i] = mixed(t, &i, 1566083941) - i;
        next_word(t, &i);
    }
    t->words[0] = 0x80000000;
}

/* ---- Seeds ----------------------------------------------------------------------- */

static void seed_with(Object *self, const uint32_t *key, size_t count) {
    object_lock(self);
    twister_seed(twister_of(self), key, count);
    object_unlock(self);
}

static bool entropy(void *to, size_t size) {
    for (size_t got = 0; got < size;) {
        ssize_t some = getrandom((char *)to + got, size - got, 0);
        if (some < 0 && errno != EINTR)
            return gilt_raise(GILT_OS_ERROR, "getrandom: %s", strerror(errno));
        if (some > 0) got += (size_t)some;
    }
    return true;
}

static bool seed_by_chance(Object *self) {
    uint32_t key[WORDS];
    if (!entropy(key, sizeof key)) return false;
    seed_with(self, key, WORDS);
    return true;
}

/* The magnitude in words of 32 bits, the lowest first, without zeros at the end. */
static bool seed_by_limbs(Object *self, const mp_limb_t *limbs, size_t size) {
    uint32_t *key = malloc(2 * size * sizeof *key);
    if (!key) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t count = 2 * size;
    for (size_t i = 0; i < count; i++) key[i] = (uint32_t)(limbs[i / 2] >> (i % 2 * 32));
    while (count > 1 && !key[count - 1]) count--;
    seed_with(self, key, count);
    free(key);
    return true;
}

/* None or nothing: by chance; an int: its magnitude; all else: the hash. */
static bool seed_by(Object *self, Object *seed) {
    IntView view;
    int64_t hash;
    if (!seed || is_type(seed, GILT_NONE)) return seed_by_chance(self);
    if (int_check(seed)) {
        int_view(seed, &view);
        return seed_by_limbs(self, view.limbs, view.size);
    }
    if (!gilt_hash(seed, &hash)) return false;
    mp_limb_t limb = (mp_limb_t)hash;
    return seed_by_limbs(self, &limb, 1);
}

static Object *random_seed(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return seed_by(self, arguments[0]) ? gilt_none() : NULL;
}

/* ---- Numbers --------------------------------------------------------------------- */

/* 53 bits, as a fraction. */
static Object *random_random(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    object_lock(self);
    uint64_t high = twister_next(twister_of(self)) >> 5;
    uint64_t low = twister_next(twister_of(self)) >> 6;
    object_unlock(self);
    return gilt_float((double)(high << 26 | low) * 0x1p-53);
}

/* Word by word, the lowest first; the last keeps its high bits. */
static void fill_bits(Twister *t, mp_limb_t *limbs, size_t size, uint64_t bits) {
    for (size_t i = 0; i < size; i++) limbs[i] = 0;
    for (size_t i = 0; bits; i++) {
        uint64_t word = twister_next(t);
        if (bits < 32) word >>= 32 - bits;
        bits -= bits < 32 ? bits : 32;
        limbs[i / 2] |= word << (i % 2 * 32);
    }
}

static Object *random_bits(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t bits;
    mp_limb_t limb;
    if (!int_argument(arguments[0], &bits)) return NULL;
    if (bits < 0)
        return gilt_raise(GILT_VALUE_ERROR, "number of bits must be non-negative");
    size_t size = ((size_t)bits + 63) / 64;
    BigInt *big = size > 1 ? int_big_new(size) : NULL;
    if (size > 1 && !big) return NULL;
    object_lock(self);
    fill_bits(twister_of(self), big ? big->limbs : &limb, size, (uint64_t)bits);
    object_unlock(self);
    if (big) return int_big_finish(big, size, false);
    return size ? int_of_unsigned(limb) : gilt_int(0);
}

/* ---- The state as a tuple -------------------------------------------------------- */

static Object *random_get_state(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *items[WORDS + 1], *state = NULL;
    size_t made = 0;
    object_lock(self);
    Twister copy = *twister_of(self);
    object_unlock(self);
    for (; made <= WORDS; made++)
        if (!(items[made] = gilt_int(made < WORDS ? copy.words[made] : copy.used))) break;
    if (made > WORDS) state = gilt_tuple_new(items, WORDS + 1);
    while (made) decref(items[--made]);
    return state;
}

static bool state_read(Twister *t, Object *state) {
    for (size_t i = 0; i <= WORDS; i++) {
        Object *item = gilt_tuple_get(state, (ssize_t)i);
        int64_t value = 0;
        bool well = item && gilt_int_value(item, &value);
        decref_maybe(item);
        if (!well) return false;
        if (value < 0)
            return gilt_raise(GILT_OVERFLOW_ERROR,
                              "can't convert negative value to unsigned int");
        if (i == WORDS && value > WORDS)
            return gilt_raise(GILT_VALUE_ERROR, "invalid state");
        *(i < WORDS ? &t->words[i] : &t->used) = (uint32_t)value;
    }
    return true;
}

static Object *random_set_state(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Twister fresh;
    if (!is_kind(arguments[0], GILT_TUPLE))
        return gilt_raise(GILT_TYPE_ERROR, "state vector must be a tuple");
    if (gilt_tuple_size(arguments[0]) != WORDS + 1)
        return gilt_raise(GILT_VALUE_ERROR, "state vector is the wrong size");
    if (!state_read(&fresh, arguments[0])) return NULL;
    object_lock(self);
    *twister_of(self) = fresh;
    object_unlock(self);
    return gilt_none();
}

/* ---- The class and the module ---------------------------------------------------- */

static size_t random_bytes(const Object *o) {
    (void)o;
    return sizeof(RandomObject);
}

static Object *random_make(Type *type, Object *const *arguments, size_t count,
                           Object *names) {
    (void)names;
    if (count > 1 && !type_is_heir(type))
        return gilt_raise(GILT_TYPE_ERROR, "Random() takes at most 1 argument (%zu given)",
                          count);
    Object *o = heir_or_native_new(type, MEMORY_LEAF, sizeof(RandomObject));
    if (o && !seed_by(o, count == 1 ? arguments[0] : NULL)) {
        decref(o);
        return NULL;
    }
    return o;
}

static const Native random_methods[] = {
    {"random()", random_random},
    {"seed(n=, /)", random_seed},
    {"getrandbits(k, /)", random_bits},
    {"getstate()", random_get_state},
    {"setstate(state, /)", random_set_state},
    {0},
};

static const TypeOps random_ops = {
    .kind = MEMORY_LEAF,
    .bytes = random_bytes,
    .make = random_make,
    .methods = random_methods,
};

static Object *function_sha512(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    uint8_t digest[SHA512_DIGEST_LENGTH];
    SHA2_CTX context;
    size_t size;
    const uint8_t *data = gilt_bytes_data(arguments[0], &size);
    if (!data) return NULL;
    SHA512Init(&context);
    SHA512Update(&context, data, size);
    SHA512Final(digest, &context);
    return gilt_bytes_new(digest, sizeof digest);
}

static Object *function_entropy(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ssize_t size;
    if (!object_index(arguments[0], &size)) return NULL;
    if (size < 0) return gilt_raise(GILT_VALUE_ERROR, "negative argument not allowed");
    void *data = malloc((size_t)size + 1);
    if (!data) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *bytes = entropy(data, (size_t)size) ? gilt_bytes_new(data, (size_t)size) : NULL;
    free(data);
    return bytes;
}

static const Native functions[] = {
    {"sha512(data, /)", function_sha512},
    {"entropy(size, /)", function_entropy},
    {0},
};

static bool fill(Object *module) {
    Type *type = type_builtin_new("_random.Random", &random_ops, &types[GILT_OBJECT], 0);
    return type && module_put(module, "Random", &type->head);
}

const ModuleSpec _random_module = {"_random", functions, fill};
