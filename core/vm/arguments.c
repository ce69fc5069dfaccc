/* arguments.c: from what a call passes to what a function's parameters are.
 *
 * The values come in an array: positional ones, then those of the keywords in `names`. Each
 * is moved to a register, into the tuple of *rest or the dict of **keywords, or dropped
 * with a TypeError in Python's words. */
#include "core/object/builtin.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include "core/vm/frame.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct Binding {
    Callee *function;
    const Code *code;
    Value *registers;
    Object *more; /* the dict of **keywords */
} Binding;

static char *function_name(const Binding *b) {
    return gilt_str_utf8(object_of(slot_peek(&b->function->qualname)), NULL);
}

/* Raises with the function's name and the text of a str. */
static bool wrong(const Binding *b, const char *format, Object *name) {
    char *function = function_name(b), *text = name ? gilt_str_utf8(name, NULL) : NULL;
    if (function && (text || !name)) gilt_raise(GILT_TYPE_ERROR, format, function, text);
    free(function);
    free(text);
    return false;
}

static unsigned named_count(const Code *code) {
    return code->positional + code->keyword_only;
}

/* ---- keywords ---- */

static int parameter_find(const Code *code, Object *name, unsigned from, unsigned to) {
    for (unsigned i = from; i < to; i++)
        if (code->variables[i] == name) return (int)i;
    return -1;
}

static bool keyword_more(Binding *b, Object *name, Value value) {
    Object *o = value_box(value);
    bool well = o && gilt_dict_set(b->more, name, o);
    decref_maybe(o);
    return well;
}

/* Some of these names are of parameters that have none for the caller. */
static bool positional_only_named(const Binding *b, Object *names) {
    StrBuilder text;
    bool any = false;
    builder_init(&text);
    for (unsigned i = 0; i < b->code->positional_only; i++) {
        if (!gilt_contains(names, b->code->variables[i])) continue;
        if (any) builder_append_utf8(&text, ", ");
        builder_append_str(&text, b->code->variables[i]);
        any = true;
    }
    Object *list = builder_finish(&text);
    if (list)
        wrong(b,
              "%s() got some positional-only arguments passed as keyword arguments: '%s'",
              list);
    decref_maybe(list);
    return false;
}

/* The value stays the caller's if this fails. */
static bool keyword(Binding *b, Object *name, Value *value, Object *all) {
    const Code *code = b->code;
    int at = parameter_find(code, name, code->positional_only, named_count(code));
    if (at >= 0) {
        if (b->registers[at])
            return wrong(b, "%s() got multiple values for argument '%s'", name);
        b->registers[at] = *value;
        *value = EMPTY;
        return true;
    }
    if (b->more) return keyword_more(b, name, *value);
    if (parameter_find(code, name, 0, code->positional_only) >= 0)
        return positional_only_named(b, all);
    return wrong(b, "%s() got an unexpected keyword argument '%s'", name);
}

static bool keywords(Binding *b, Value *values, Object *names) {
    const Tuple *tuple = (const Tuple *)names;
    for (size_t i = 0; i < tuple->size; i++)
        if (!keyword(b, tuple->items[i], &values[i], names)) return false;
    return true;
}

/* ---- too many, too few ---- */

static bool too_many(const Binding *b, size_t given, size_t defaults) {
    size_t most = b->code->positional, least = most - defaults;
    char *name = function_name(b);
    size_t named = 0; /* keyword-only ones that were given */
    for (unsigned i = 0; i < b->code->keyword_only; i++)
        named += b->registers[most + i] != 0;
    char range[60], also[100] = "";
    if (defaults)
        snprintf(range, sizeof range, "from %zu to %zu", least, most);
    else
        snprintf(range, sizeof range, "%zu", most);
    bool plural = defaults ? true : most != 1;
    if (named)
        snprintf(also, sizeof also,
                 " positional argument%s (and %zu keyword-only argument%s)",
                 given == 1 ? "" : "s", named, named == 1 ? "" : "s");
    if (name)
        gilt_raise(GILT_TYPE_ERROR,
                   "%s() takes %s positional argument%s but %zu%s %s given", name, range,
                   plural ? "s" : "", given, also, given == 1 && !named ? "was" : "were");
    free(name);
    return false;
}

/* "'a', 'b', and 'c'" of the registers that are empty. */
static Object *missing_names(const Binding *b, unsigned from, unsigned to, unsigned count) {
    StrBuilder text;
    unsigned done = 0;
    builder_init(&text);
    for (unsigned i = from; i < to; i++) {
        if (b->registers[i]) continue;
        if (done)
            builder_append_utf8(&text, count == 2          ? " and "
                                       : done + 1 == count ? ", and "
                                                           : ", ");
        builder_append_utf8(&text, "'");
        builder_append_str(&text, b->code->variables[i]);
        builder_append_utf8(&text, "'");
        done++;
    }
    return builder_finish(&text);
}

static bool missing(const Binding *b, unsigned from, unsigned to, const char *kind) {
    unsigned count = 0;
    for (unsigned i = from; i < to; i++) count += !b->registers[i];
    if (!count) return true;
    Object *names = missing_names(b, from, to, count);
    char *text = names ? gilt_str_utf8(names, NULL) : NULL, *function = function_name(b);
    if (text && function)
        gilt_raise(GILT_TYPE_ERROR, "%s() missing %u required %s argument%s: %s", function,
                   count, kind, count == 1 ? "" : "s", text);
    free(text);
    free(function);
    decref_maybe(names);
    return false;
}

static bool fill_defaults(Binding *b) {
    const Code *code = b->code;
    const Tuple *defaults = (const Tuple *)object_of(slot_peek(&b->function->defaults));
    size_t count = defaults ? defaults->size : 0, first = code->positional - count;
    for (size_t i = 0; i < count && count <= code->positional; i++)
        if (!b->registers[first + i])
            b->registers[first + i] = value_owned(incref(defaults->items[i]));
    if (!missing(b, 0, code->positional, "positional")) return false;
    Object *named = object_of(slot_peek(&b->function->keyword_defaults));
    for (unsigned i = code->positional; named && i < named_count(code); i++)
        if (!b->registers[i])
            b->registers[i] = value_owned(gilt_dict_get(named, code->variables[i]));
    return missing(b, code->positional, named_count(code), "keyword-only");
}

/* ---- all of it ---- */

static bool rest(Binding *b, Value *values, size_t count) {
    Object *few[16], **items = count <= 16 ? few : malloc(count * sizeof *items);
    if (!items) return gilt_raise(GILT_MEMORY_ERROR, NULL), false;
    size_t boxed = 0;
    while (boxed < count && (items[boxed] = value_box(values[boxed]))) boxed++;
    Object *tuple = boxed == count ? gilt_tuple_new(items, count) : NULL;
    for (size_t i = 0; i < boxed; i++) decref(items[i]);
    if (items != few) free(items);
    b->registers[named_count(b->code)] = value_owned(tuple);
    return tuple;
}

static bool bind(Binding *b, Value *arguments, size_t count, Object *names) {
    const Code *code = b->code;
    size_t direct = count < code->positional ? count : code->positional;
    for (size_t i = 0; i < direct; i++) {
        b->registers[i] = arguments[i];
        arguments[i] = EMPTY;
    }
    bool takes_rest = code->flags & CODE_FLAG_REST;
    if (code->flags & CODE_FLAG_KEYWORDS) {
        if (!(b->more = gilt_dict_new())) return false;
        b->registers[named_count(code) + takes_rest] = value_owned(b->more);
    }
    if (names && !keywords(b, arguments + count, names)) return false;
    if (takes_rest && !rest(b, arguments + direct, count - direct)) return false;
    if (!takes_rest && count > code->positional) {
        const Tuple *defaults = (const Tuple *)object_of(slot_peek(&b->function->defaults));
        return too_many(b, count, defaults ? defaults->size : 0);
    }
    return fill_defaults(b);
}

bool arguments_bind(Callee *function, Value *arguments, size_t count, Object *names,
                    Value *registers) {
    Binding binding = {function, callee_code(function), registers, NULL};
    size_t all = count + (names ? ((const Tuple *)names)->size : 0);
    bool well = bind(&binding, arguments, count, names);
    for (size_t i = 0; i < all; i++) value_drop(arguments[i]);
    return well;
}
