/* instance.c: attributes that are read without a lock.
 *
 * Writers hold the instance's lock. The life of an instance's shape word only goes forward:
 * to a child (an attribute was added) and at last to the class's dictionary shape; it never
 * comes back, so a word that is still the same means that nothing has moved in between.
 *
 * Adding attribute i:  1. `more` is replaced if it has no room for i (link_put)
 *                      2. the value is put into its slot           (slot_put)
 *                      3. the shape that names it is put           (link_put)
 * A reader loads in the opposite order: shape, more, slot. Each put is a release and each
 * load an acquire, so who sees the shape sees an array with room and a value.
 *
 * Is a value that the reader finds alive? slot_read counts it, then checks that slot and
 * shape word are what they were. The value in a slot of the instance is dropped only
 * after the slot was changed. A slot of a replaced array stays as it was, but values that
 * have moved to the next array are dropped only under a later lock, after step 3. Memory
 * that was reused is counted by an acquire that pairs with the release of its new owner's
 * sharing, so a reader that counted a stranger then sees the changed slot or word.
 *
 * Turning to a dict (an attribute deleted, or too many): 0. the link to `more` gets a mark,
 * and from then on nobody writes: a writer that finds it helps to turn first. So the dict
 * can be filled without the lock, by several threads if it comes to that. 1. `more` becomes
 * an array with room 0 that holds the dict; 2. the shape becomes the dictionary shape; 3.
 * the instance's own slots are emptied. A reader with the old shape may find the new
 * `more`: it has no room, and the reader takes the lock. One with the dictionary shape
 * finds the dict, and counts it, since a program may give the instance another. An empty
 * slot, where the shape names an attribute, says that step 2 is done: look again. */
#include "core/types/instance.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/types/class.h"
#include "core/types/dict.h"

/* ---- The shape word ---- */

static Shape *word_shape(const void *word) {
    return (Shape *)((uintptr_t)word & ~(uintptr_t)7);
}

static void *word_make(const Shape *shape, unsigned inlined) {
    return (void *)((uintptr_t)shape | inlined);
}

#define INLINED_MAX 16 /* the largest word_room */

static bool is_dictionary(const Shape *shape) { return shape == shape->dictionary; }

/* ---- The array of further attributes ---- */

static size_t more_bytes(size_t room) {
    return sizeof(More) + (room ? room : 1) * sizeof(Slot);
}

/* The size of `more` for this many attributes. */
static size_t more_room(size_t count, unsigned inlined_room) {
    if (count <= inlined_room) return 0;
    size_t room = 4;
    while (room < count - inlined_room) room *= 2;
    return room;
}

static More *more_new(size_t room) {
    More *more = memory_new_array(more_bytes(room));
    if (!more) return (More *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    more->room = room;
    for (size_t i = 0; i < (room ? room : 1); i++) slot_init(&more->slots[i], NULL);
    return more;
}

static bool more_is_marked(const void *link) { return (uintptr_t)link & 1; }

static void *more_mark(const void *link) { return (void *)((uintptr_t)link | 1); }

/* Frees one that nobody else has seen. */
static void more_discard(More *more) {
    if (more) memory_free(more, more->retired.bytes);
}

/* Where attribute `number` is. NULL if `more` is no array any more. */
static Slot *slot_at(Tail *o, const void *word, More *more, unsigned number) {
    unsigned room = word_room(word);
    if (number < room) return &o->slots[number];
    return number - room < more->room ? &more->slots[number - room] : NULL;
}

/* Under the lock, with the word that the instance has. */
static Slot *slot_now(Tail *o, const void *word, unsigned number) {
    return slot_at(o, word, more_of(link_peek(&o->more)), number);
}

/* ---- Life ---- */

size_t tail_new_bytes(const Type *type, void **word) {
    const Shape *shape = type->shape;
    *word =
        word_make(shape, atomic_load_explicit(&shape->notes.inlined, memory_order_relaxed));
    return sizeof(Tail) + word_room(*word) * sizeof(Slot);
}

void tail_begin(Tail *tail, void *word) {
    unsigned room = word_room(word);
    link_init(&tail->shape, word);
    link_init(&tail->more, NULL);
    for (unsigned i = 0; i < room; i++) slot_init(&tail->slots[i], NULL);
}

Object *instance_new(Type *type) {
    if (unlikely(!type_has_tail(type))) return fixed_new(type);
    void *word;
    size_t bytes = sizeof(Object) + tail_new_bytes(type, &word);
    Object *o = object_new(type->handle, MEMORY_CONTAINER, bytes);
    if (likely(o != NULL)) tail_begin((Tail *)(o + 1), word);
    return o;
}

size_t tail_bytes(const Tail *tail) {
    return sizeof *tail + word_room(link_peek(&tail->shape)) * sizeof(Slot);
}

size_t instance_bytes(const Object *o) {
    return sizeof *o + tail_bytes((const Tail *)(o + 1));
}

static void slots_drop(Slot *slots, size_t count) {
    for (size_t i = 0; i < count; i++) decref_maybe(object_of(slot_peek(&slots[i])));
}

/* With what it holds. */
static void more_drop(More *more) {
    slots_drop(more->slots, more->room ? more->room : 1);
    retire(&more->retired);
}

void tail_destroy(Tail *tail) {
    More *more = more_of(link_peek(&tail->more));
    slots_drop(tail->slots, word_room(link_peek(&tail->shape)));
    if (more) more_drop(more);
}

void instance_destroy(Object *o) { tail_destroy((Tail *)(o + 1)); }

/* ---- Reading ---- */

/* The attribute, which the shape of `word` names: a new reference. NULL: the instance has
 * another shape now, or the value has just changed; look again from the start. */
static Object *attribute_at(Object *self, Tail *o, void *word, unsigned number) {
    RefCount *found = NULL;
    read_begin();
    Slot *slot = slot_at(o, word, more_of(link_load(&o->more)), number);
    ReadResult result = slot ? slot_read(slot, &o->shape, word, &found) : READ_LOCKED;
    read_end();
    if (likely(result == READ_DONE)) return object_of(found);
    if (result == READ_RETRY) return NULL;
    Object *taken = NULL;
    object_lock(self);
    if (link_peek(&o->shape) == word) taken = slot_take_locked(slot_now(o, word, number));
    object_unlock(self);
    return taken;
}

/* Shapes are never freed, so they need no read section. */
static void *word_load(Tail *o) {
    read_begin();
    void *word = link_load(&o->shape);
    read_end();
    return word;
}

/* The dict of an instance with the dictionary shape: a new reference. A program may put
 * another one in its place. */
static Object *dict_take(Object *self, Tail *o) {
    for (;;) {
        RefCount *found = NULL;
        read_begin();
        More *more = link_load(&o->more);
        ReadResult result = slot_read(&more->slots[0], &o->more, more, &found);
        read_end();
        if (likely(result == READ_DONE)) return object_of(found);
        if (result == READ_RETRY) continue;
        object_lock(self);
        more = more_of(link_peek(&o->more));
        Object *taken = slot_take_locked(&more->slots[0]);
        object_unlock(self);
        return taken;
    }
}

static NEVER_INLINE Object *find_in_dict(Object *self, Tail *o, Object *name) {
    Object *dict = dict_take(self, o), *found = dict_find_interned(dict, name);
    decref(dict);
    return found;
}

Object *instance_find(Object *self, Object *name) {
    Tail *o = tail_of(self);
    for (;;) {
        void *word = word_load(o);
        Shape *shape = word_shape(word);
        if (unlikely(is_dictionary(shape))) return find_in_dict(self, o, name);
        int number = shape_find(shape, name);
        if (number < 0) return NULL;
        Object *found = attribute_at(self, o, word, (unsigned)number);
        if (likely(found)) return found;
    }
}

/* ---- Turning to a dict ---- */

/* Marks the instance as one to become a dict. false: it has another shape. */
static bool dict_announce(Object *self, Tail *o, void *word) {
    object_lock(self);
    bool same = link_peek(&o->shape) == word;
    if (same) link_put(&o->more, more_mark(link_peek(&o->more)));
    object_unlock(self);
    return same;
}

typedef enum Outcome { FAILED, DONE, AGAIN } Outcome;

/* Copies the attributes of a marked instance, which do not change. AGAIN: somebody else was
 * faster and the instance has a dict. */
static Outcome dict_fill(Object *self, Tail *o, void *word, Object *dict) {
    const Shape *shape = word_shape(word);
    for (unsigned i = 0; i < shape->count; i++) {
        Object *value = attribute_at(self, o, word, i);
        if (!value) return AGAIN;
        bool well = gilt_dict_set(dict, shape->names[i], value);
        decref(value);
        if (!well) return FAILED;
    }
    return DONE;
}

/* Switches to `more`, which holds the dict. Returns how many references were in the slots
 * of the instance and are now the caller's, in values[]; *old is the array before. -1: the
 * instance has a dict already. */
static int dict_switch(Object *self, Tail *o, void *word, More *more, Object **values,
                       More **old) {
    int count = -1;
    object_lock(self);
    if (link_peek(&o->shape) == word) {
        unsigned all = word_shape(word)->count, room = word_room(word);
        count = (int)(all < room ? all : room);
        *old = more_of(link_peek(&o->more));
        link_put(&o->more, more);
        link_put(&o->shape, word_make(word_shape(word)->dictionary, word_inlined(word)));
        for (int i = 0; i < count; i++) {
            values[i] = object_of(slot_peek(&o->slots[i]));
            slot_put(&o->slots[i], NULL);
        }
    }
    object_unlock(self);
    return count;
}

/* Makes the instance keep its attributes in a dict, if its shape is still that of `word`.
 * false: MemoryError; then it stays marked, and the next writer tries again. */
static bool turn_to_dict(Object *self, Tail *o, void *word) {
    Object *values[INLINED_MAX];
    More *old = NULL, *more = more_new(0);
    Object *dict = more ? gilt_dict_new() : NULL;
    Outcome outcome = dict ? AGAIN : FAILED;
    int count = -1;
    if (dict && dict_announce(self, o, word)) outcome = dict_fill(self, o, word, dict);
    if (outcome == DONE) {
        slot_init(&more->slots[0], refs_of(dict));
        count = dict_switch(self, o, word, more, values, &old);
    }
    if (count < 0) {
        decref_maybe(dict);
        more_discard(more);
    }
    for (int i = 0; i < count; i++) decref(values[i]);
    if (old) more_drop(old);
    return outcome != FAILED;
}

/* ---- Writing ---- */

/* Under the lock: may the attributes of the instance be written, as `word` says? */
static bool is_open(Tail *o, void *word) {
    return link_peek(&o->shape) == word && !more_is_marked(link_peek(&o->more));
}

/* After is_open said no. */
static Outcome wait_open(Object *self, Tail *o, void *word) {
    return word_load(o) != word || turn_to_dict(self, o, word) ? AGAIN : FAILED;
}

static Outcome attribute_replace(Object *self, Tail *o, void *word, unsigned number,
                                 Object *value) {
    object_lock(self);
    if (!is_open(o, word)) {
        object_unlock(self);
        return wait_open(self, o, word);
    }
    Slot *slot = slot_now(o, word, number);
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, refs_of(incref(value)));
    object_unlock(self);
    decref(old);
    return DONE;
}

/* The class learns that its instances have an attribute of this number. Two threads may
 * overwrite each other: then it learns it from the next instance. */
static void class_learn(Shape *root, unsigned number) {
    unsigned wanted = number / 2 < 7 ? number / 2 : 7;
    if (atomic_load_explicit(&root->notes.inlined, memory_order_relaxed) < wanted)
        atomic_store_explicit(&root->notes.inlined, (uint8_t)wanted, memory_order_relaxed);
}

/* Under the lock: moves what `more` holds into the larger array, and returns the old one.
 */
static More *more_replace(Tail *o, More *grown) {
    More *old = link_peek(&o->more);
    for (size_t i = 0; old && i < old->room; i++)
        slot_init(&grown->slots[i], slot_peek(&old->slots[i]));
    link_put(&o->more, grown);
    return old;
}

static Outcome attribute_append(Object *self, Tail *o, void *word, Shape *next,
                                Object *value) {
    unsigned number = next->count - 1u, room = word_room(word);
    size_t need = more_room(next->count, room);
    More *grown = NULL, *old = NULL;
    if (need) class_learn(type_of(self)->shape, number);
    if (need != more_room(number, room) && !(grown = more_new(need))) return FAILED;
    object_lock(self);
    bool open = is_open(o, word);
    if (open) {
        if (grown) old = more_replace(o, grown);
        slot_put(slot_now(o, word, number), refs_of(incref(value)));
        link_put(&o->shape, word_make(next, word_inlined(word)));
    }
    object_unlock(self);
    if (!open) more_discard(grown);
    if (old) retire(&old->retired);
    return open ? DONE : wait_open(self, o, word);
}

static Outcome attribute_add(Object *self, Tail *o, void *word, Object *name,
                             Object *value) {
    Shape *next = shape_add(type_of(self)->shape, word_shape(word), name);
    if (!next) return FAILED;
    if (!is_dictionary(next)) return attribute_append(self, o, word, next, value);
    return turn_to_dict(self, o, word) ? AGAIN : FAILED;
}

static Outcome attribute_delete(Object *self, Tail *o, void *word, Object *name) {
    if (shape_find(word_shape(word), name) < 0)
        return attribute_absent(self, name) ? DONE : FAILED;
    return turn_to_dict(self, o, word) ? AGAIN : FAILED;
}

static NEVER_INLINE bool dict_change(Object *self, Tail *o, Object *name, Object *value) {
    Object *dict = dict_take(self, o);
    bool well =
        value ? gilt_dict_set(dict, name, value) : attribute_delete_in(dict, self, name);
    decref(dict);
    return well;
}

bool instance_set(Object *self, Object *name, Object *value) {
    Tail *o = tail_of(self);
    for (;;) {
        void *word = word_load(o);
        if (unlikely(is_dictionary(word_shape(word))))
            return dict_change(self, o, name, value);
        Outcome outcome;
        int number;
        if (unlikely(!value))
            outcome = attribute_delete(self, o, word, name);
        else if ((number = shape_find(word_shape(word), name)) >= 0)
            outcome = attribute_replace(self, o, word, (unsigned)number, value);
        else
            outcome = attribute_add(self, o, word, name, value);
        if (likely(outcome != AGAIN)) return outcome == DONE;
    }
}

/* ---- As a dict ---- */

Object *instance_dict(Object *self) {
    Tail *o = tail_of(self);
    for (;;) {
        void *word = word_load(o);
        if (is_dictionary(word_shape(word))) return dict_take(self, o);
        if (!turn_to_dict(self, o, word)) return NULL;
    }
}

bool instance_set_dict(Object *self, Object *dict) {
    Tail *o = tail_of(self);
    Object *old = instance_dict(self);
    More *more = old ? more_new(0) : NULL;
    decref_maybe(old);
    if (!more) return false;
    slot_init(&more->slots[0], refs_of(incref(dict)));
    object_lock(self);
    More *before = more_of(link_peek(&o->more));
    link_put(&o->more, more);
    object_unlock(self);
    more_drop(before);
    return true;
}

/* An instance keeps its attributes in a dict before it changes its class: that shape says
 * nothing of the class but where its attributes begin. */
bool instance_move(Object *self, Type *type) {
    Tail *o = tail_of(self);
    Object *dict = instance_dict(self);
    if (!dict) return false;
    decref(dict);
    object_lock(self);
    unsigned inlined = word_inlined(link_peek(&o->shape));
    link_put(&o->shape, word_make(type->shape->dictionary, inlined));
    __atomic_store_n(&self->type, type->handle, __ATOMIC_RELAXED);
    object_unlock(self);
    return true;
}
