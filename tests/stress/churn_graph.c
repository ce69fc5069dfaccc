/* churn_graph.c: operations that make nodes, link them into cycles, put them into boxes of
 * all types, drop them, and follow what links there are. */
#include "tests/stress/churn.h"

static GiltObject *class_for(int choice) {
    return choice & 1 ? churn.slotted : churn.plain;
}

void churn_node(const Op *op) {
    GiltObject *node = churn_node_new(class_for(op->b), false);
    if (node) churn_put(op->a, node);
    gilt_decref(node);
}

/* One that its finaliser brings back. */
void churn_revive(const Op *op) {
    GiltObject *node = churn_node_new(class_for(op->b), true);
    if (node && op->c & 1) churn_done(gilt_set_attr(node, churn.left, node));
    if (node) churn_put(op->a, node);
    gilt_decref(node);
}

static void link_to(GiltObject *from, int choice, GiltObject *to) {
    churn_done(gilt_set_attr(from, choice & 1 ? churn.right : churn.left, to));
}

/* A ring of two to five nodes, both ways round; the first goes to a place, or nowhere. */
void churn_ring(const Op *op) {
    GiltObject *first = churn_node_new(class_for(op->b), false);
    GiltObject *last = gilt_incref(first);
    for (int i = 0; last && i < 1 + (op->b >> 1) % 4; i++) {
        GiltObject *next = churn_node_new(class_for(op->b >> i), false);
        if (!next) break;
        link_to(last, 0, next);
        link_to(next, 1, last);
        gilt_decref(last);
        last = next;
    }
    if (first && last) {
        link_to(last, 0, first);
        link_to(first, 1, last);
        if (op->c & 1) churn_put(op->a, first);
    }
    gilt_decref(last);
    gilt_decref(first);
}

void churn_link(const Op *op) {
    GiltObject *from = churn_at(op->a), *to = churn_at(op->b);
    if (from && to) link_to(from, op->c, to);
    gilt_decref(to);
    gilt_decref(from);
}

/* If two do it, one finds that it has been done. A node that lost an attribute has its
 * attributes in a dict from then on, if it has no slots. */
void churn_unlink(const Op *op) {
    GiltObject *node = churn_at(op->a);
    GiltObject *name = op->c & 1 ? churn.right : churn.left;
    if (node && op->b & 1) {
        if (!gilt_del_attr(node, name) && gilt_error_is(GILT_ATTRIBUTE_ERROR))
            gilt_error_clear();
    } else if (node) {
        churn_done(gilt_set_attr(node, name, gilt_none()));
    }
    gilt_decref(node);
}

void churn_drop(const Op *op) { churn_put(op->a, gilt_none()); }

void churn_move(const Op *op) {
    GiltObject *node = churn_at(op->a);
    if (node) churn_put(op->b, node);
    if (node && op->c & 1) churn_put(op->a, gilt_none());
    gilt_decref(node);
}

/* ---- Boxes ---- */

/* A closure gives back what it has captured. */
static GiltObject *give_back(GiltObject *captured, GiltObject *const *arguments,
                             size_t count) {
    (void)arguments, (void)count;
    return gilt_incref(captured);
}

static GiltObject *dict_with(GiltObject *node) {
    GiltObject *dict = churn_some(gilt_dict_new());
    if (!dict) return NULL;
    churn_done(gilt_dict_set(dict, churn.item, node));
    churn_done(gilt_dict_set(dict, node, churn.item));
    return dict;
}

static GiltObject *box_new(int type, GiltObject *node) {
    switch ((unsigned)type % 5) {
    case 0:
        return churn_some(gilt_list_new(&node, 1));
    case 1:
        return dict_with(node);
    case 2:
        return churn_some(gilt_tuple_new(&node, 1));
    case 3:
        return churn_some(gilt_set_new(&node, 1));
    default:
        return churn_some(gilt_closure_new("give_back", give_back, node));
    }
}

/* The attribute, or NULL if it is None or has been deleted. */
static GiltObject *attribute(GiltObject *node, GiltObject *name) {
    GiltObject *o = gilt_get_attr(node, name);
    if (o == gilt_none()) return NULL;
    if (!o && gilt_error_is(GILT_ATTRIBUTE_ERROR))
        gilt_error_clear();
    else
        churn_some(o);
    return o;
}

void churn_box(const Op *op) {
    GiltObject *node = churn_at(op->a), *inside = churn_at(op->b);
    GiltObject *box = node && inside ? box_new(op->c, inside) : NULL;
    if (box) churn_done(gilt_set_attr(node, churn.box, box));
    gilt_decref(box);
    gilt_decref(inside);
    gilt_decref(node);
}

/* The first item, or NULL: others take out and put in. */
static GiltObject *first_in_list(GiltObject *list) {
    GiltObject *o = gilt_list_get(list, 0);
    if (o || !gilt_error_is(GILT_INDEX_ERROR)) return churn_some(o);
    gilt_error_clear();
    return NULL;
}

static GiltObject *first_in_dict(GiltObject *dict) {
    GiltObject *o = gilt_dict_get(dict, churn.item);
    if (!o && gilt_error()) churn_some(o);
    return o;
}

static GiltObject *first_in_set(GiltObject *set) {
    GiltObject *o = NULL;
    size_t position = 0;
    return gilt_set_next(set, &position, &o) ? o : NULL;
}

static GiltObject *first_in(GiltObject *box) {
    if (gilt_is(box, GILT_LIST)) return first_in_list(box);
    if (gilt_is(box, GILT_DICT)) return first_in_dict(box);
    if (gilt_is(box, GILT_TUPLE)) return churn_some(gilt_tuple_get(box, 0));
    if (gilt_is(box, GILT_SET)) return first_in_set(box);
    if (gilt_is(box, GILT_CLOSURE)) return churn_some(gilt_call(box, NULL, 0));
    churn_wrong("a %s is where a box should be", gilt_type_name(box));
    return NULL;
}

/* ---- Changing boxes that others have, too ---- */

static void stir_list(GiltObject *list, GiltObject *node, int choice) {
    GiltObject *part;
    switch ((unsigned)choice % 4) {
    case 0:
        gilt_decref(part = gilt_list_pop(list, 0));
        if (!part && gilt_error_is(GILT_INDEX_ERROR)) gilt_error_clear();
        break;
    case 1:
        part = churn_some(gilt_list_slice(list, 0, 8));
        if (part) churn_done(gilt_list_extend(list, part));
        gilt_decref(part);
        break;
    default:
        churn_done(gilt_list_append(list, node));
    }
    if (gilt_list_size(list) > 32) gilt_list_clear(list);
}

static void stir_dict(GiltObject *dict, GiltObject *node, int choice) {
    if (choice % 4 == 0) {
        GiltObject *was = gilt_dict_pop(dict, churn.item);
        if (was) churn_node_number(was);
        if (!was && gilt_error_is(GILT_KEY_ERROR)) gilt_error_clear();
        gilt_decref(was);
    } else if (choice % 4 == 1) {
        GiltObject *there = churn_some(gilt_dict_set_default(dict, churn.item, node));
        if (there) churn_node_number(there);
        gilt_decref(there);
    } else {
        churn_done(gilt_dict_set(dict, choice & 1 ? node : churn.item, node));
    }
    if (gilt_dict_size(dict) > 32) gilt_dict_clear(dict);
}

static void stir_set(GiltObject *set, GiltObject *node, int choice) {
    if (choice % 3 == 0)
        churn_done(gilt_set_discard(set, node) >= 0);
    else
        churn_done(gilt_set_add(set, node));
    churn_done(gilt_set_contains(set, node) >= 0);
    if (gilt_set_size(set) > 32) gilt_set_clear(set);
}

/* The node at b goes into the box of the node at a, or comes out. */
void churn_stir(const Op *op) {
    GiltObject *node = churn_at(op->a), *other = churn_at(op->b);
    GiltObject *box = node && other ? attribute(node, churn.box) : NULL;
    if (box && gilt_is(box, GILT_LIST)) stir_list(box, other, op->c);
    if (box && gilt_is(box, GILT_DICT)) stir_dict(box, other, op->c);
    if (box && gilt_is(box, GILT_SET)) stir_set(box, other, op->c);
    gilt_decref(box);
    gilt_decref(other);
    gilt_decref(node);
}

/* ---- Finding ---- */

/* The next node on the way, left, right or through the box; NULL at the end of it. */
static GiltObject *follow(GiltObject *node, int choice) {
    if (choice % 3 == 0) return attribute(node, churn.left);
    if (choice % 3 == 1) return attribute(node, churn.right);
    GiltObject *box = attribute(node, churn.box);
    GiltObject *next = box ? first_in(box) : NULL;
    gilt_decref(box);
    return next;
}

/* Whatever is found must be a node. */
void churn_walk(const Op *op) {
    GiltObject *node = churn_at(op->a);
    Random random = {(uint64_t)op->c};
    for (int i = 0; node && i < (op->b & 15); i++) {
        GiltObject *next = follow(node, random_below(&random, 3));
        gilt_decref(node);
        node = next && churn_node_number(next) >= 0 ? next : NULL;
        if (i % 4 == 0) gilt_safepoint();
    }
    gilt_decref(node);
}

/* Takes one that was brought back, for a place or to be dropped. */
void churn_rescue(const Op *op) {
    GiltObject *node = gilt_list_pop(churn.graveyard, op->b & 1 ? 0 : -1);
    if (!node && gilt_error_is(GILT_INDEX_ERROR)) {
        gilt_error_clear();
        return;
    }
    if (!churn_some(node) || churn_node_number(node) < 0) return;
    if (op->c & 1) churn_put(op->a, node);
    gilt_decref(node);
}

/* ---- Classes ---- */

/* What stays of a class whose instances have four attributes: its name, its root, that of
 * instances with a dict, and a layout for each attribute. */
enum { STAYS = 7, STAYS_WITHOUT = 3 };

/* Makes a class that lives as long as the one node of it. */
void churn_class(const Op *op) {
    GiltObject *class = churn_some(gilt_class_new("Passing", churn.plain, NULL));
    if (!class) return;
    if (op->c & 1) churn_done(gilt_set_attr(class, churn.item, churn.places));
    GiltObject *node = churn_node_new(class, false);
    atomic_fetch_add_explicit(&stress_stays, node ? STAYS : STAYS_WITHOUT,
                              memory_order_relaxed);
    if (node) churn_put(op->a, node);
    gilt_decref(node);
    gilt_decref(class);
}
