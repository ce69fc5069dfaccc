/* gen_emit.c: words, constants, labels and places of a code in the making.
 *
 * A jump is emitted with an empty distance and noted; gen_patch fills it in. If a distance
 * does not fit the 16 bits of a short jump, the whole code is generated again with
 * `long_jumps`, where every short jump jumps over a long one. */
#include "core/compiler/gen.h"
#include "core/compiler/syntax_error.h"
#include "core/types/intern.h"
#include <stdlib.h>
#include <string.h>

void gen_fail(Gen *g) { g->failed = true; }

bool gen_wrong(Gen *g, Place place, const char *message) {
    if (g->failed) return false;
    g->failed = true;
    Object *text = gilt_str_from(message);
    syntax_error_raise_at(g->ast->filename, place, text);
    decref_maybe(text);
    return false;
}

/* Makes room for one more item of an array. */
static bool grow(Gen *g, void *array, size_t item, uint32_t count, uint32_t *room) {
    if (count < *room) return true;
    uint32_t more = *room ? 2 * *room : 32;
    void *bigger = realloc(*(void **)array, item * more);
    if (!bigger) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        g->failed = true;
        return false;
    }
    *(void **)array = bigger;
    *room = more;
    return true;
}

void emit_word(Gen *g, Word word) {
    Code *code = g->code;
    if (g->failed || !grow(g, &code->words, sizeof word, code->word_count, &g->word_room))
        return;
    code->words[code->word_count++] = word;
}

static int16_t column(int value) { return value < 0 || value > INT16_MAX ? -1 : (int16_t)value; }

static void note_place(Gen *g) {
    Code *code = g->code;
    Place p = g->place;
    CodePlace place = {code->word_count, p.line, p.end_line, column(p.column),
                       column(p.end_column)};
    if (code->place_count) {
        CodePlace *last = &code->places[code->place_count - 1];
        if (last->line == place.line && last->end_line == place.end_line &&
            last->column == place.column && last->end_column == place.end_column)
            return;
    }
    if (grow(g, &code->places, sizeof place, code->place_count, &g->place_room))
        code->places[code->place_count++] = place;
}

static const uint8_t extra_words[] = {
#define O(NAME, layout, words) words,
    OPCODES_EACH
#undef O
};


uint32_t emit(Gen *g, Opcode op, int a, int b, int c) {
    if (g->failed) return 0;
    note_place(g);
    uint32_t at = g->code->word_count;
    emit_word(g, word_make(op, (unsigned)a, (unsigned)b, (unsigned)c));
    bool caches = op == CODE_LOAD_GLOBAL || op == CODE_LOAD_ATTRIBUTE ||
                  op == CODE_STORE_ATTRIBUTE || op == CODE_LOAD_ATTRIBUTE_NUMBER;
    for (unsigned i = 0; caches && i < extra_words[op]; i++) emit_word(g, 0);
    return at;
}

void emit_operands(Gen *g, const int *operands, size_t count) {
    for (size_t i = 0; i < count; i += 4) {
        Word word = 0;
        for (size_t j = 0; j < 4 && i + j < count; j++)
            word |= (Word)(uint16_t)operands[i + j] << 16 * j;
        emit_word(g, word);
    }
}

/* ---- constants and names ---- */

/* Equal constants of one code are one object, but 1, 1.0 and True differ, as do 0.0 and
 * -0.0. What tells them apart: the type and, for floats, the bits. */
static Object *constant_key(Object *value) {
    Object *type = gilt_int(value->type), *what;
    if (is_type(value, GILT_FLOAT)) {
        int64_t bits;
        double d = float_value(value);
        memcpy(&bits, &d, sizeof bits);
        what = gilt_int(bits);
    } else {
        what = incref(value);
    }
    Object *pair[] = {type, what};
    Object *key = type && what ? gilt_tuple_new(pair, 2) : NULL;
    decref_maybe(type);
    decref_maybe(what);
    return key;
}

static int constant_add(Gen *g, Value value) {
    Code *code = g->code;
    if (code->constant_count >= NONE) {
        gen_wrong(g, g->place, "too many constants");
        return 0;
    }
    if (!grow(g, &code->constants, sizeof value, code->constant_count, &g->constant_room))
        return 0;
    code->constants[code->constant_count] = value;
    return (int)code->constant_count++;
}

static Value as_number(Object *value) {
    if (is_type(value, GILT_INT) && !int_is_big(value) && int_fits_value(int_small(value)))
        return value_of_int(int_small(value));
    return is_type(value, GILT_FLOAT) ? value_try_float(float_value(value)) : EMPTY;
}

static int number_constant(Gen *g, Value number) {
    Code *code = g->code;
    for (uint32_t i = 0; i < code->constant_count && i < 64; i++)
        if (code->constants[i] == number) return (int)i;
    return constant_add(g, number);
}

static bool has_key(const Object *value) {
    return !is_type(value, GILT_TUPLE) && value->type < GILT_TYPE_COUNT;
}

static int object_constant(Gen *g, Object *value) {
    Object *key = has_key(value) ? constant_key(value) : NULL;
    Object *known = key ? gilt_dict_get(g->constant_numbers, key) : NULL;
    int number = -1;
    if (known) {
        number = (int)int_small(known);
        decref(known);
    } else if (gilt_error() || !gilt_list_append(g->code->kept, value)) {
        g->failed = true;
    } else {
        number = constant_add(g, value_borrowed(value));
        Object *as_int = key && !g->failed ? gilt_int(number) : NULL;
        if (as_int && !gilt_dict_set(g->constant_numbers, key, as_int)) g->failed = true;
        decref_maybe(as_int);
    }
    decref_maybe(key);
    return number;
}

/* Strs that could be names are interned, since they are keys and attributes mostly. */
static bool could_be_name(Object *value) {
    if (!is_type(value, GILT_STR) || str_kind(value) != STR_ASCII) return false;
    size_t length = str_length(value);
    for (size_t i = 0; i < length; i++) {
        uint32_t c = str_at(value, i);
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!letter && c != '_' && !(c >= '0' && c <= '9')) return false;
    }
    return length <= 64;
}

int constant(Gen *g, Object *value, bool number) {
    if (g->failed) return 0;
    if (could_be_name(value) && !(value = intern(value))) return g->failed = true, 0;
    Value v = as_number(value);
    bool small = value_is_int(v) && value_int(v) >= -5 && value_int(v) <= 256;
    return v && (number || small) ? number_constant(g, v) : object_constant(g, value);
}

int name_number(Gen *g, Object *name) {
    if (g->failed || !name) return g->failed = true, 0;
    Code *code = g->code;
    Object *known = gilt_dict_get(g->name_numbers, name);
    if (known) {
        int number = (int)int_small(known);
        decref(known);
        return number;
    }
    Object *number = gilt_int(code->name_count);
    bool well = number && gilt_dict_set(g->name_numbers, name, number) &&
                grow(g, &code->names, sizeof name, code->name_count, &g->name_room);
    decref_maybe(number);
    if (!well) return g->failed = true, 0;
    if (code->name_count >= NONE) return gen_wrong(g, g->place, "too many names"), 0;
    code->names[code->name_count] = name;
    return (int)code->name_count++;
}

/* ---- registers ---- */

int temporary(Gen *g) {
    int reg = g->top++;
    if (g->top > g->code->registers) {
        if (g->top > 60000)
            gen_wrong(g, g->place, "too many values at once");
        else
            g->code->registers = (uint16_t)g->top;
    }
    return g->failed ? 0 : reg;
}

int result_in(Gen *g, int target) { return target == ANY ? temporary(g) : target; }

/* ---- labels and jumps ---- */

Label label_new(Gen *g) {
    if (g->label_count == g->label_room) {
        size_t room = g->label_room ? 2 * g->label_room : 32;
        uint32_t *labels = realloc(g->labels, room * sizeof *labels);
        if (!labels) return gilt_raise(GILT_MEMORY_ERROR, NULL), gen_fail(g), 0;
        g->labels = labels;
        g->label_room = room;
    }
    g->labels[g->label_count] = UINT32_MAX;
    return (Label)g->label_count++;
}

void label_here(Gen *g, Label label) {
    if (!g->failed) g->labels[label] = g->code->word_count;
}

static void fixup(Gen *g, uint32_t at, Label label) {
    if (g->failed) return;
    if (g->fixup_count == g->fixup_room) {
        size_t room = g->fixup_room ? 2 * g->fixup_room : 32;
        Fixup *fixups = realloc(g->fixups, room * sizeof *fixups);
        if (!fixups) {
            gilt_raise(GILT_MEMORY_ERROR, NULL);
            g->failed = true;
            return;
        }
        g->fixups = fixups;
        g->fixup_room = room;
    }
    g->fixups[g->fixup_count++] = (Fixup){at, label};
}

void jump(Gen *g, Label label) { fixup(g, emit(g, CODE_JUMP, 0, 0, 0), label); }
void loop_to(Gen *g, Label label) { fixup(g, emit(g, CODE_LOOP, 0, 0, 0), label); }

void jump_if(Gen *g, Opcode op, int a, Label label) {
    fixup(g, emit(g, op, a, 0, 0), label);
}

/* Short: [op -> label]. Long: [op -> +1] [jump +1] [jump label]. */
static void jump_short(Gen *g, Opcode op, int a, int b, Label label) {
    uint32_t at = emit(g, op, a, b, g->long_jumps ? 1 : 0);
    if (!g->long_jumps) {
        fixup(g, at, label);
        return;
    }
    Label over = label_new(g);
    jump(g, over);
    jump(g, label);
    label_here(g, over);
}

void jump_compare(Gen *g, Opcode op, int a, int b, Label label) {
    jump_short(g, op, a, b, label);
}

void next_for(Gen *g, int dst, int iterator, Label end) {
    jump_short(g, CODE_NEXT_FOR, dst, iterator, end);
}

static const char layouts[][4] = {
#define O(NAME, layout, words) #layout,
    OPCODES_EACH
#undef O
};

static bool patch(Gen *g, Fixup fix) {
    Word *word = &g->code->words[fix.at];
    int64_t distance = (int64_t)g->labels[fix.label] - (int64_t)fix.at - 1;
    const char *layout = layouts[word_opcode(*word)];
    if (layout[0] == 'W') {
        *word |= (Word)distance << 16;
    } else if (layout[1] == 'W') {
        *word |= (Word)(uint32_t)(int32_t)distance << 32;
    } else {
        if (distance != (int16_t)distance) return false;
        *word |= (Word)(uint16_t)(int16_t)distance << 48;
    }
    return true;
}

bool gen_patch(Gen *g) {
    for (size_t i = 0; i < g->fixup_count; i++)
        if (!patch(g, g->fixups[i])) return false;
    for (uint32_t i = 0; i < g->code->handler_count; i++)
        g->code->handlers[i].target = g->labels[g->code->handlers[i].target];
    return true;
}

void handler_add(Gen *g, uint32_t from, Label target, int exception, int depth) {
    Code *code = g->code;
    if (g->failed || from == code->word_count ||
        !grow(g, &code->handlers, sizeof *code->handlers, code->handler_count,
              &g->handler_room))
        return;
    code->handlers[code->handler_count++] = (CodeHandler){
        from, code->word_count, (uint32_t)target, (uint16_t)exception, (uint16_t)depth};
}
