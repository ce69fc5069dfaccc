/* churn_crowd.c: the nodes: how they are made and die, and what is noted of it.
 *
 * Each node's finaliser must run exactly once before its memory goes, and each callback of
 * a weak reference that lives to the end exactly once. A node that can be found must not
 * have been finalised, except in programs in which finalisers bring nodes back. */
#include "tests/stress/churn.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Churn churn;

/* ---- What is wrong ---- */

void churn_wrong(const char *format, ...) {
    char text[COMPLAINT];
    va_list arguments;
    if (atomic_exchange(&churn.complained, true)) return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (churn.in_child) /* the page of the complaint is the parent's */
        dprintf(STDERR_FILENO, "in a forked child: %s\n", text);
    else
        strcpy(churn.complaint, text);
}

static void wrong_exception(void) {
    GiltObject *error = gilt_error_take(), *text = error ? gilt_str(error) : NULL;
    char *utf8 = text ? gilt_str_utf8(text, NULL) : NULL;
    churn_wrong("an exception: %s: %s", error ? gilt_type_name(error) : "none is set",
                utf8 ? utf8 : "");
    free(utf8);
    gilt_decref(text);
    gilt_decref(error);
}

GiltObject *churn_some(GiltObject *o) {
    if (!o) wrong_exception();
    return o;
}

bool churn_done(bool well) {
    if (!well) wrong_exception();
    return well;
}

/* ---- Nodes ---- */

int churn_node_number(GiltObject *o) {
    int64_t number = -1;
    if (!gilt_is_instance(o, churn.plain) && !gilt_is_instance(o, churn.slotted)) {
        churn_wrong("a %s is where a node should be", gilt_type_name(o));
        return -1;
    }
    GiltObject *n = churn_some(gilt_get_attr(o, churn.number));
    if (!n || !churn_done(gilt_int_value(n, &number))) return -1;
    gilt_decref(n);
    if (number < 0 || number >= churn_given(&churn.nodes, NODES)) {
        churn_wrong("a node has the number %lld, which was never given", (long long)number);
        return -1;
    }
    if (!churn.revives && churn_marks(&churn.finalized[number]))
        churn_wrong("node %lld was found after its finaliser had run", (long long)number);
    return (int)number;
}

static bool set_new(GiltObject *o, GiltObject *name, GiltObject *value) {
    bool well = value && gilt_set_attr(o, name, value);
    gilt_decref(value);
    return churn_done(well);
}

/* The attributes always come in the same order, or there would be more layouts. */
GiltObject *churn_node_new(GiltObject *class, bool revives) {
    int number = churn_next(&churn.nodes, NODES);
    if (number < 0) return NULL;
    GiltObject *o = churn_some(gilt_instance_new(class));
    if (!o) return NULL;
    if (revives) churn_mark(&churn.lives[number]);
    bool well = set_new(o, churn.number, gilt_int(number)) &&
                set_new(o, churn.left, gilt_none()) &&
                set_new(o, churn.right, gilt_none()) && set_new(o, churn.box, gilt_none());
    return well ? o : NULL;
}

static GiltObject *finalize(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    bool revives = churn.revives;
    int64_t number = -1;
    GiltObject *n = count == 1 ? gilt_get_attr(arguments[0], churn.number) : NULL;
    if (!churn_some(n) || !churn_done(gilt_int_value(n, &number))) return gilt_none();
    gilt_decref(n);
    if (number < 0 || number >= churn_given(&churn.nodes, NODES)) {
        churn_wrong("a finaliser got a node with the number %lld", (long long)number);
        return gilt_none();
    }
    if (churn_mark(&churn.finalized[number]))
        churn_wrong("the finaliser of node %lld ran twice", (long long)number);
    gilt_safepoint();
    if (revives && churn_marks(&churn.lives[number]))
        churn_done(gilt_list_append(churn.graveyard, arguments[0]));
    return gilt_none();
}

GiltObject *churn_at(int place) {
    GiltObject *o = churn_some(gilt_list_get(churn.places, (unsigned)place % PLACES));
    if (o == gilt_none()) return NULL;
    if (!o || churn_node_number(o) < 0) return NULL;
    return o;
}

void churn_put(int place, GiltObject *node) {
    churn_done(gilt_list_set(churn.places, (unsigned)place % PLACES, node));
}

/* ---- Weak references: a tuple of one, its node's number, its callback's number or -1 ----
 */

/* A closure that captured its number. */
static GiltObject *called(GiltObject *captured, GiltObject *const *arguments,
                          size_t count) {
    int64_t number = -1;
    if (!churn_done(gilt_int_value(captured, &number))) return gilt_none();
    if (count != 1 || !gilt_is(arguments[0], GILT_WEAKREF))
        churn_wrong("callback %lld did not get its weak reference", (long long)number);
    else if (gilt_weakref_get(arguments[0]))
        churn_wrong("callback %lld was called for a living node", (long long)number);
    else if (churn_mark(&churn.called[number]))
        churn_wrong("callback %lld was called twice", (long long)number);
    return gilt_none();
}

static GiltObject *callback_new(int number) {
    GiltObject *captured = gilt_int(number);
    GiltObject *callback = gilt_closure_new("called", called, captured);
    gilt_decref(captured);
    return churn_some(callback);
}

static GiltObject *weak_new(GiltObject *node, int number, int callback_number) {
    GiltObject *callback = callback_number >= 0 ? callback_new(callback_number) : NULL;
    GiltObject *items[] = {churn_some(gilt_weakref_new(node, callback)), gilt_int(number),
                           gilt_int(callback_number)};
    GiltObject *weak = items[0] ? churn_some(gilt_tuple_new(items, 3)) : NULL;
    for (int i = 0; i < 3; i++) gilt_decref(items[i]);
    gilt_decref(callback);
    return weak;
}

/* The node at a gets a weak reference in b, with a callback if c is odd. */
void churn_weak(const Op *op) {
    GiltObject *node = churn_at(op->a);
    int number = node ? churn_node_number(node) : -1;
    int callback = op->c & 1 ? churn_next(&churn.callbacks, CALLBACKS) : -1;
    GiltObject *weak = number >= 0 ? weak_new(node, number, callback) : NULL;
    if (weak) churn_done(gilt_list_set(churn.weaks, (unsigned)op->b % WEAKS, weak));
    gilt_decref(weak);
    gilt_decref(node);
}

static int64_t number_in(GiltObject *tuple, int index) {
    int64_t number = -1;
    GiltObject *n = churn_some(gilt_tuple_get(tuple, index));
    if (n) churn_done(gilt_int_value(n, &number));
    gilt_decref(n);
    return number;
}

/* A weak reference gives its own node or nothing. */
void churn_ask(const Op *op) {
    GiltObject *weak = churn_some(gilt_list_get(churn.weaks, (unsigned)op->a % WEAKS));
    if (weak && weak != gilt_none()) {
        GiltObject *ref = churn_some(gilt_tuple_get(weak, 0));
        GiltObject *node = ref ? gilt_weakref_get(ref) : NULL;
        int64_t number = node ? churn_node_number(node) : -1, own = number_in(weak, 1);
        if (node && number >= 0 && number != own)
            churn_wrong("a weak reference to node %lld gave node %lld", (long long)own,
                        (long long)number);
        if (node && op->b & 1) churn_put(op->c, node);
        gilt_decref(node);
        gilt_decref(ref);
    }
    gilt_decref(weak);
}

/* ---- The crowd ---- */

static GiltObject *class_new(const char *name, const char *const *slots) {
    GiltObject *class = churn_some(gilt_class_new(name, NULL, slots));
    GiltObject *del = churn_some(gilt_function_new("__del__", finalize, NULL));
    if (class && del) churn_done(gilt_set_attr(class, gilt_intern("__del__"), del));
    gilt_decref(del);
    return class;
}

static GiltObject *list_of_nones(int count) {
    GiltObject *items[32];
    for (int i = 0; i < count; i++) items[i] = gilt_none();
    return churn_some(gilt_list_new(items, (size_t)count));
}

static void make_names(void) {
    churn.number = gilt_intern("number");
    churn.left = gilt_intern("left");
    churn.right = gilt_intern("right");
    churn.box = gilt_intern("box");
    churn.item = gilt_intern("item");
}

bool churn_make_crowd(void) {
    static const char *const slots[] = {"number", "left", "right", "box", NULL};
    make_names();
    churn.plain = class_new("Plain", NULL);
    churn.slotted = class_new("Slotted", slots);
    churn.places = list_of_nones(PLACES);
    churn.weaks = list_of_nones(WEAKS);
    churn.values = list_of_nones(VALUES);
    churn.graveyard = list_of_nones(0);
    churn.stores[STORE_LIST] = list_of_nones(0);
    churn.stores[STORE_DICT] = churn_some(gilt_dict_new());
    churn.stores[STORE_SET] = churn_some(gilt_set_new(NULL, 0));
    churn.lock = churn_some(gilt_lock_new());
    churn.changed = churn_some(gilt_condition_new(churn.lock));
    if (!churn_is_over()) gilt_decref(churn_node_new(churn.plain, false));
    return !churn_is_over();
}

/* ---- In the end ---- */

static void check_weak(GiltObject *weak) {
    int64_t callback = number_in(weak, 2);
    GiltObject *ref = gilt_tuple_get(weak, 0), *left = gilt_weakref_get(ref);
    if (left)
        churn_wrong("node %lld is still there in the end", (long long)number_in(weak, 1));
    if (callback >= 0 && churn_marks(&churn.called[callback]) != 1)
        churn_wrong("callback %lld was called %d times, its node %lld is gone",
                    (long long)callback, churn_marks(&churn.called[callback]),
                    (long long)number_in(weak, 1));
    gilt_decref(left);
    gilt_decref(ref);
}

void churn_check_fates(void) {
    int nodes = churn_given(&churn.nodes, NODES);
    for (int i = 0; i < nodes; i++)
        if (churn_marks(&churn.finalized[i]) != 1)
            churn_wrong("node %d is gone, its finaliser ran %d times", i,
                        churn_marks(&churn.finalized[i]));
    for (int i = 0; i < WEAKS; i++) {
        GiltObject *weak = gilt_list_get(churn.weaks, i);
        if (weak != gilt_none()) check_weak(weak);
        gilt_decref(weak);
    }
}
