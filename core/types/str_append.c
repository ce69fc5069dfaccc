/* str_append.c: text += more, in place where nobody can see it.
 *
 * Who holds the one reference to a str, and was never asked to share it, may write behind
 * its text: no other thread can come by the str (ref_is_sole), and late readers look at its
 * header only (nogil/slot.h). The text stays where it is as long as its block has room. */
#include "core/types/str.h"

/* How many bytes the block of an object has, those behind the object too. */
static size_t block_room(const Object *o) {
    const Page *page = page_of(o);
    return page->block_bytes ? page->block_bytes : page->retired.bytes - PAGE_FIRST;
}

/* `extra` is of no wider kind. */
static void append_within(Str *s, size_t length, Object *extra) {
    StrKind kind = str_kind(&s->head);
    points_copy(s->data + (length << kind_shift(kind)), kind, ((Str *)extra)->data,
                str_kind(extra), str_length(extra));
    s->shape = (length + str_length(extra)) << 2 | kind;
    atomic_store_explicit(&s->hash, 0, memory_order_relaxed);
}

/* A copy of the left text with the right one behind it, in a block with a quarter more than
 * they need: so n code points are copied about 4 n times until the text is complete. The
 * block is freed by the size of the text in it, which must be on the same side of
 * MEMORY_SMALL as that of the block (memory.h); within a page of blocks it does not matter,
 * since they go back to the page as they are. */
static Object *append_with_room(Object *left, Object *right, size_t bytes) {
    size_t room = bytes < 256 ? bytes : bytes + bytes / 4;
    if (bytes <= MEMORY_SMALL && room > MEMORY_SMALL) room = MEMORY_SMALL;
    if (room > STR_POINTS_MAX) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Str *s = (Str *)object_new(GILT_STR, MEMORY_LEAF, room);
    if (!s) return NULL;
    s->shape = ((Str *)left)->shape;
    memcpy(s->data, ((Str *)left)->data, str_data_bytes(left));
    atomic_init(&s->hash, 0);
    append_within(s, str_length(left), right);
    return &s->head;
}

Object *str_append_owned(Object *left, Object *right) {
    Object *sum;
    bool grows = is_type(left, GILT_STR) && is_type(right, GILT_STR) &&
                 str_kind(right) <= str_kind(left) && ref_is_sole(&left->refs) &&
                 str_length(right) && str_length(left);
    if (grows) {
        size_t points = str_length(left) + str_length(right);
        size_t bytes = sizeof(Str) + (points << kind_shift(str_kind(left)));
        if (bytes <= block_room(left)) {
            watched_take(left, bytes);
            append_within((Str *)left, str_length(left), right);
            return left;
        }
        sum = append_with_room(left, right, bytes);
    } else {
        sum = gilt_add(left, right);
    }
    decref(left);
    return sum;
}
