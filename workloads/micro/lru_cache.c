/* lru-cache: what does a data structure of several parts cost under one lock?
 *
 * A cache of 128 results that all threads share: a dict from key to place, and lists that
 * hold for each place its key, its value and its neighbours in order of use. Place 0 is
 * where the ring of places begins: after it the newest, before it the oldest. Links are
 * numbers, so that no references go round in circles. Whether a look-up hits depends on
 * the other threads; what it answers does not. */
#include "workloads/micro/values.h"

enum { PLACES = 128, KEYS = 512, LOOKUPS = 4096 };

static GiltObject *lock, *places, *keys, *values, *newer, *older;

static int64_t slow_answer(int64_t key) { return key * key + 1000; }

static bool number(GiltObject *list, int64_t index, int64_t *value) {
    return take_int(gilt_list_get(list, index), value);
}

static bool link_places(int64_t new, int64_t old) {
    return put_item(older, new, gilt_int(old)) && put_item(newer, old, gilt_int(new));
}

static bool move_to_front(int64_t place) {
    int64_t after, before, first;
    return number(newer, place, &after) && number(older, place, &before) &&
           link_places(after, before) && number(older, 0, &first) &&
           link_places(place, first) && link_places(0, place);
}

/* A place gets a key and its value; the caller forgets what was there. */
static bool fill(int64_t place, int64_t key) {
    GiltObject *name = gilt_int(key);
    bool ok = name && gilt_list_set(keys, place, name) &&
              put_item(values, place, gilt_int(slow_answer(key))) &&
              put_key(places, name, gilt_int(place));
    gilt_decref(name);
    return ok;
}

static bool replace_oldest(int64_t key, int64_t *place) {
    if (!number(newer, 0, place)) return false;
    GiltObject *old = gilt_list_get(keys, *place);
    bool ok = old && gilt_dict_delete(places, old);
    gilt_decref(old);
    return ok && fill(*place, key);
}

static bool look_up(int64_t key, uint64_t *sum) {
    int64_t place;
    GiltObject *name = gilt_int(key), *found = name ? gilt_dict_get(places, name) : NULL;
    gilt_decref(name);
    if (!found && gilt_error()) return false;
    if (found ? !take_int(found, &place) : !replace_oldest(key, &place)) return false;
    return move_to_front(place) && mix_taken(sum, gilt_list_get(values, place));
}

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    GiltObject **parts[] = {&keys, &values, &newer, &older};
    if (!(lock = gilt_lock_new()) || !(places = gilt_dict_new())) return false;
    for (int i = 0; i < 4; i++) {
        if (!(*parts[i] = gilt_list_new(NULL, 0))) return false;
        for (int place = 0; place <= PLACES; place++)
            if (!put_last(*parts[i], gilt_int(0))) return false;
    }
    for (int place = 0; place <= PLACES; place++)
        if (!link_places((place + 1) % (PLACES + 1), place) ||
            (place && !fill(place, place)))
            return false;
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    uint32_t random = 1;
    for (int i = 0; i < LOOKUPS; i++) {
        random = random * UINT32_C(1664525) + UINT32_C(1013904223);
        int64_t a = random >> 23,
                b = (random >> 14) % KEYS; /* the product prefers low keys */
        if (!gilt_lock_acquire(lock)) return false;
        bool ok = look_up(a * b / KEYS, &sum);
        if (!gilt_lock_release(lock) || !ok) return false;
        gilt_safepoint();
    }
    *checksum = sum;
    return true;
}

static void teardown(void) {
    GiltObject **all[] = {&lock, &places, &keys, &values, &newer, &older};
    for (int i = 0; i < 6; i++) drop(all[i]);
}

WORKLOAD(lru_cache) = {
    .name = "lru-cache",
    .title = "all threads use one cache of recent results under a lock",
    .operations = LOOKUPS,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
