/* code.c: code as an object: where its instructions come from, and how it ends. */
#include "core/vm/code.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/types/list.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include <stdio.h>
#include <stdlib.h>

const CodePlace *code_place(const Code *code, uint32_t at) {
    uint32_t low = 0, high = code->place_count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (code->places[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return &code->places[low];
}

static const struct {
    const char *name;
    char layout[4];
    unsigned words;
} opcodes[] = {
#define O(NAME, layout, words) {#NAME, #layout, words},
    OPCODES_EACH
#undef O
};

unsigned code_length(const Word *word) {
    Opcode op = word_opcode(*word);
    unsigned length = 1 + opcodes[op].words, operands = 0;
    if (opcodes[op].layout[1] == 'L') operands = word_b(*word);
    if (opcodes[op].layout[2] == 'L') operands = word_c(*word);
    return length + (operands + 3) / 4;
}

/* What is immortal is never written to, so a hash that is kept in it is asked for now. */
static void immortalise(Object *o) {
    int64_t hash;
    if (!o || ref_is_immortal(&o->refs)) return;
    if (is_type(o, TYPE_CODE)) return code_immortalise((Code *)o);
    if (!gilt_hash(o, &hash)) gilt_error_clear();
    object_immortalise(o);
    if (!is_type(o, GILT_TUPLE)) return;
    const Tuple *tuple = (const Tuple *)o;
    for (size_t i = 0; i < tuple->size; i++) immortalise(tuple->items[i]);
}

void code_immortalise(Code *code) {
    if (ref_is_immortal(&code->head.refs)) return;
    code->flags |= CODE_FLAG_IMMORTAL;
    object_immortalise(&code->head);
    for (size_t i = 0, count = gilt_list_size(code->kept); i < count; i++) {
        Object *o = gilt_list_get(code->kept, (ssize_t)i);
        immortalise(o);
        decref_maybe(o);
    }
    Object *parts[] = {code->name, code->qualname, code->filename, code->doc};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) immortalise(parts[i]);
    object_immortalise(code->kept);
}

Object *code_text(const Code *code) {
    StrBuilder b;
    char line[160];
    builder_init(&b);
    for (uint32_t at = 0; at < code->word_count; at += code_length(&code->words[at])) {
        Word w = code->words[at];
        int length = snprintf(line, sizeof line, "%4d %5u %-24s %6u %6u %6d\n",
                              code_place(code, at)->line, at, opcodes[word_opcode(w)].name,
                              word_a(w), word_b(w), (int16_t)word_c(w));
        if (length > 0) builder_append_utf8(&b, line);
    }
    return builder_finish(&b);
}

/* ---- as an object ---- */

static size_t code_bytes(const Object *o) {
    (void)o;
    return sizeof(Code);
}

/* `name` to `doc`, and `kept`: what it counts. */
static unsigned code_spans(const Object *o, Span *spans) {
    const Code *code = (const Code *)o;
    spans[0] = (Span){(const Slot *)&code->name, 4, sizeof(Slot)};
    spans[1] = (Span){(const Slot *)&code->kept, 1, sizeof(Slot)};
    return 2;
}

static void code_destroy(Object *o) {
    Code *code = (Code *)o;
    free(code->words);
    free(code->constants);
    free(code->names);
    free(code->places);
    free(code->handlers);
    free(code->variables);
    decref_maybe(code->name);
    decref_maybe(code->qualname);
    decref_maybe(code->filename);
    decref_maybe(code->doc);
    decref_maybe(code->kept);
}

static Object *code_repr(Object *o) {
    Code *code = (Code *)o;
    char *name = gilt_str_utf8(code->name, NULL),
         *file = gilt_str_utf8(code->filename, NULL);
    Object *text = name && file
                       ? gilt_str_format("<code object %s at %p, file \"%s\", line %d>",
                                         name, (void *)o, file, code->first_line)
                       : NULL;
    free(name);
    free(file);
    return text;
}

static Object *variable_names(const Code *code) {
    return gilt_tuple_new(code->variables, code->variable_count - code->cell_count);
}

/* The text about it is the first. */
static Object *constants(const Code *code) {
    Object *list = gilt_list_slice(code->kept, 0, 1 << 30), *result = NULL;
    if (list && gilt_list_insert(list, 0, code->doc ? code->doc : gilt_none()))
        result = tuple_from_list(list);
    decref_maybe(list);
    return result;
}

static Object *code_get_attr(Object *o, Object *name) {
    Code *code = (Code *)o;
    if (name == gilt_intern("co_name")) return incref(code->name);
    if (name == gilt_intern("co_qualname")) return incref(code->qualname);
    if (name == gilt_intern("co_filename")) return incref(code->filename);
    if (name == gilt_intern("co_firstlineno")) return gilt_int(code->first_line);
    if (name == gilt_intern("co_argcount")) return gilt_int(code->positional);
    if (name == gilt_intern("co_posonlyargcount")) return gilt_int(code->positional_only);
    if (name == gilt_intern("co_kwonlyargcount")) return gilt_int(code->keyword_only);
    if (name == gilt_intern("co_varnames")) return variable_names(code);
    if (name == gilt_intern("co_freevars"))
        return gilt_tuple_new(code->cells, code->cell_count);
    if (name == gilt_intern("co_names"))
        return gilt_tuple_new(code->names, code->name_count);
    if (name == gilt_intern("co_consts")) return constants(code);
    if (name == gilt_intern("co_text")) return code_text(code); /* ours: for people */
    return attribute_get_plain(o, name);
}

const TypeOps code_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = code_bytes,
    .spans = code_spans,
    .destroy = code_destroy,
    .hash = hash_by_address,
    .repr = code_repr,
    .get_attr = code_get_attr,
};
