/* native_bind.c: see native_bind.h. The messages are those of CPython, which has two ways
 * to take arguments: functions whose parameters all go by position say 'f expected at least
 * 2 arguments, got 1'; those with keywords name the parameter that is missing or unknown.
 */
#include "core/object/native_bind.h"
#include "core/modules/module.h"
#include "core/types/class.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading signatures ---- */

/* The next parameter at *at, or false at the ')'. A lone '/' or '*' is one, too. */
static bool parameter_next(const char **at, const char **name, size_t *bytes) {
    const char *text = *at;
    while (*text == ' ' || *text == ',') text++;
    const char *end = text;
    while (*end && *end != ',' && *end != ')') end++;
    *name = text;
    *bytes = (size_t)(end - text);
    *at = end;
    return end > text;
}

static uint8_t kind_read(const char **text) {
    static const struct {
        const char *word;
        uint8_t flag;
    } kinds[] = {{"get ", NATIVE_GET},
                 {"set ", NATIVE_SET},
                 {"static ", NATIVE_STATIC},
                 {"class ", NATIVE_CLASS}};
    for (size_t i = 0; i < 4; i++) {
        size_t bytes = strlen(kinds[i].word);
        if (strncmp(*text, kinds[i].word, bytes)) continue;
        *text += bytes;
        return kinds[i].flag;
    }
    return 0;
}

static void parameter_note(Signature *s, const char *name, size_t bytes, bool *keywords) {
    if (*name == '/') {
        s->only = s->named;
    } else if (*name == '*') {
        *keywords = true;
        if (bytes > 1) s->flags |= name[1] == '*' ? NATIVE_MORE : NATIVE_REST;
    } else {
        bool optional = name[bytes - 1] == '=';
        s->named++;
        if (!*keywords) s->positional++;
        if (!*keywords && !optional) s->least++;
        if (*keywords && !optional) s->flags |= NATIVE_ASKS;
    }
}

Signature signature_read(const char *text) {
    Signature s = {0};
    const char *at = text, *name;
    size_t bytes;
    bool keywords = false;
    s.flags = kind_read(&at);
    s.name = (uint8_t)(at - text);
    s.name_bytes = (uint8_t)strcspn(at, "(");
    at += s.name_bytes;
    if (*at == '(') at++;
    s.parameters = (uint8_t)(at - text);
    while (parameter_next(&at, &name, &bytes)) parameter_note(&s, name, bytes, &keywords);
    return s;
}

/* The name of the parameter with this number, as far as its '='. */
static const char *parameter_name(const NativeObject *n, size_t number, size_t *bytes,
                                  bool *optional) {
    const char *at = n->row->signature + n->signature.parameters, *name;
    for (size_t i = 0; parameter_next(&at, &name, bytes);) {
        if (*name == '/' || *name == '*' || i++ != number) continue;
        *optional = name[*bytes - 1] == '=';
        *bytes -= *optional;
        return name;
    }
    return "";
}

/* The number of the parameter that can be given with this keyword, or -1. */
static int parameter_find(const NativeObject *n, Object *keyword) {
    const Str *str = (const Str *)keyword;
    size_t length = str_length(keyword), bytes;
    bool optional;
    if (str_kind(keyword) != STR_ASCII) return -1;
    for (unsigned i = n->signature.only; i < n->signature.named; i++) {
        const char *name = parameter_name(n, i, &bytes, &optional);
        if (bytes == length && !memcmp(name, str->data, bytes)) return (int)i;
    }
    return -1;
}

/* ---- Complaints ---- */

typedef struct Title {
    char text[120]; /* as in "list.append" */
} Title;

static Title title_of(const NativeObject *n) {
    Title title;
    const char *name = n->row->signature + n->signature.name;
    const char *owner = !n->owner                      ? NULL
                        : is_class(n->owner) ? class_short_name((Type *)n->owner)
                                                       : module_name(n->owner);
    if (owner && !strcmp(owner, "builtins")) owner = NULL;
    snprintf(title.text, sizeof title.text, "%.60s%s%.*s", owner ? owner : "",
             owner ? "." : "", n->signature.name_bytes, name);
    return title;
}

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

static bool is_plain(const Signature *s) {
    return s->only == s->named && !(s->flags & NATIVE_MORE);
}

/* Of a function with parameters that all go by position. */
static void complain_plain(const NativeObject *n, size_t count) {
    const Signature *s = &n->signature;
    const char *name = n->row->signature + s->name;
    bool rest = s->flags & NATIVE_REST;
    if (!s->named)
        gilt_raise(GILT_TYPE_ERROR, "%s() takes no arguments (%zu given)", title_of(n).text,
                   count);
    else if (s->named == 1 && s->least == 1 && !rest)
        gilt_raise(GILT_TYPE_ERROR, "%s() takes exactly one argument (%zu given)",
                   title_of(n).text, count);
    else
        gilt_raise(GILT_TYPE_ERROR, "%.*s expected %s%d argument%s, got %zu", s->name_bytes,
                   name,
                   s->least == s->positional && !rest ? ""
                   : count < s->least                 ? "at least "
                                                      : "at most ",
                   count < s->least ? s->least : s->positional,
                   plural(count < s->least ? s->least : s->positional), count);
}

/* Too many arguments for a function that knows keywords. */
static void complain_many(const NativeObject *n, size_t count, size_t keywords) {
    const Signature *s = &n->signature;
    const char *name = n->row->signature + s->name, *bound;
    if (count + keywords > s->named) {
        bound = s->least == s->named ? "exactly" : "at most";
        gilt_raise(GILT_TYPE_ERROR, "%.*s() takes %s %d %sargument%s (%zu given)",
                   s->name_bytes, name, bound, s->named, count ? "" : "keyword ",
                   plural(s->named), count + keywords);
    } else if (!s->positional) {
        gilt_raise(GILT_TYPE_ERROR, "%.*s() takes no positional arguments", s->name_bytes,
                   name);
    } else {
        bound = s->least < s->positional ? "at most" : "exactly";
        gilt_raise(GILT_TYPE_ERROR, "%.*s() takes %s %d positional argument%s (%zu given)",
                   s->name_bytes, name, bound, s->positional, plural(s->positional), count);
    }
}

static void complain_missing(const NativeObject *n, size_t count, size_t number) {
    const Signature *s = &n->signature;
    const char *name = n->row->signature + s->name;
    if (number < s->only) {
        unsigned least = s->only < s->least ? s->only : s->least;
        gilt_raise(GILT_TYPE_ERROR, "%.*s() takes %s %u positional argument%s (%zu given)",
                   s->name_bytes, name, least < s->positional ? "at least" : "exactly",
                   least, plural(least), count);
        return;
    }
    size_t bytes;
    bool optional;
    const char *parameter = parameter_name(n, number, &bytes, &optional);
    gilt_raise(GILT_TYPE_ERROR, "%.*s() missing required argument '%.*s' (pos %zu)",
               s->name_bytes, name, (int)bytes, parameter, number + 1);
}

static void complain_keyword(const NativeObject *n, Object *keyword, int number) {
    char *utf8 = gilt_str_utf8(keyword, NULL);
    const char *name = n->row->signature + n->signature.name;
    int bytes = n->signature.name_bytes;
    if (utf8 && number >= 0)
        gilt_raise(GILT_TYPE_ERROR,
                   "argument for %.*s() given by name ('%s') and position (%d)", bytes,
                   name, utf8, number + 1);
    else if (utf8)
        gilt_raise(GILT_TYPE_ERROR, "'%s' is an invalid keyword argument for %.*s()", utf8,
                   bytes, name);
    free(utf8);
}

/* ---- Binding ---- */

/* One call: what was given, and where it goes. */
typedef struct Binding {
    const NativeObject *native;
    Object *const *arguments;
    size_t count;
    Object *names;
    Object *more; /* the dict of further keywords, or NULL */
    Object **slots;
} Binding;

static size_t keyword_count(const Binding *b) {
    return b->names ? ((Tuple *)b->names)->size : 0;
}

/* A keyword that no parameter has; `unknown` keeps the first of those that nobody takes. */
static bool keyword_further(Binding *b, Object *name, Object *value, Object **unknown) {
    if (!(b->native->signature.flags & NATIVE_MORE)) {
        if (!*unknown) *unknown = name;
        return true;
    }
    if (!b->more && !(b->more = gilt_dict_new())) return false;
    return gilt_dict_set(b->more, name, value);
}

static bool keywords_place(Binding *b, Object **unknown) {
    for (size_t i = 0; i < keyword_count(b); i++) {
        Object *name = ((Tuple *)b->names)->items[i], *value = b->arguments[b->count + i];
        int number = parameter_find(b->native, name);
        if (number >= 0 && b->slots[number])
            return complain_keyword(b->native, name, number), false;
        if (number >= 0)
            b->slots[number] = value;
        else if (!keyword_further(b, name, value, unknown))
            return false;
    }
    return true;
}

static bool required_are_there(const Binding *b) {
    const Signature *s = &b->native->signature;
    for (unsigned i = 0; i < s->least; i++)
        if (!b->slots[i]) return complain_missing(b->native, b->count, i), false;
    for (unsigned i = s->positional; i < s->named && s->flags & NATIVE_ASKS; i++) {
        size_t bytes;
        bool optional;
        parameter_name(b->native, i, &bytes, &optional);
        if (!optional && !b->slots[i])
            return complain_missing(b->native, b->count, i), false;
    }
    return true;
}

/* Looks at the numbers alone. */
static bool counts_fit(const Binding *b) {
    const Signature *s = &b->native->signature;
    size_t keywords = keyword_count(b);
    bool rest = s->flags & NATIVE_REST;
    if (is_plain(s)) {
        if (keywords)
            gilt_raise(GILT_TYPE_ERROR, "%s() takes no keyword arguments",
                       title_of(b->native).text);
        else if (b->count < s->least || (b->count > s->positional && !rest))
            complain_plain(b->native, b->count);
        else
            return true;
        return false;
    }
    bool many = b->count > s->positional && !rest;
    if (!rest && !(s->flags & NATIVE_MORE)) many |= b->count + keywords > s->named;
    if (many) complain_many(b->native, b->count, keywords);
    return !many;
}

static bool bind(Binding *b) {
    const Signature *s = &b->native->signature;
    Object *unknown = NULL;
    for (unsigned i = 0; i < s->named; i++)
        b->slots[i] = i < s->positional && i < b->count ? b->arguments[i] : NULL;
    if (keyword_count(b) && !keywords_place(b, &unknown)) return false;
    if (!required_are_there(b)) return false;
    if (unknown) complain_keyword(b->native, unknown, -1);
    return !unknown;
}

#define FEW 24

/* Slots for the named parameters, the dict, and the rest. */
static Object *call_bound(Binding *b, Object *self, size_t rest) {
    const Signature *s = &b->native->signature;
    size_t more = s->flags & NATIVE_MORE ? 1 : 0, size = s->named + more + rest;
    Object *few[FEW], *result = NULL;
    b->slots = size <= FEW ? few : malloc(size * sizeof *b->slots);
    if (!b->slots) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    if (bind(b)) {
        if (more) b->slots[s->named] = b->more;
        for (size_t i = 0; i < rest; i++)
            b->slots[s->named + more + i] = b->arguments[s->positional + i];
        result = b->native->row->call(self, b->slots, size);
    }
    if (b->slots != few) free(b->slots);
    decref_maybe(b->more);
    return result;
}

Object *native_call_general(const NativeObject *n, Object *self, Object *const *arguments,
                            size_t count, Object *names) {
    Binding binding = {n, arguments, count, names, NULL, NULL};
    const Signature *s = &n->signature;
    if (!counts_fit(&binding)) return NULL;
    if (!s->named && !(s->flags & NATIVE_MORE)) return n->row->call(self, arguments, count);
    return call_bound(&binding, self, count > s->positional ? count - s->positional : 0);
}
