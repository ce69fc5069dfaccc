/* history.c: keeping and showing what was answered, and when. */
#include "tests/stress/history.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE = 64 };

Log *log_new(size_t calls) {
    size_t bytes = sizeof(Log) + calls * sizeof(Call);
    bytes = (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    Log *log = aligned_alloc(CACHE_LINE, bytes);
    return log ? memset(log, 0, bytes) : NULL;
}

/* Sorts by beginning; calls that begin at the same time stay as they are, so that those of
 * one thread keep their order even if the clock saw no time pass. */
static void insert(History *history, const Call *call) {
    size_t at = history->count++;
    for (; at && history->calls[at - 1].begin > call->begin; at--)
        history->calls[at] = history->calls[at - 1];
    history->calls[at] = *call;
}

bool history_gather(History *history, Log *const *logs, size_t count) {
    history->count = 0;
    for (size_t i = 0; i < count; i++) {
        if (logs[i]->count > HISTORY_CALLS - history->count) return false;
        for (size_t k = 0; k < logs[i]->count; k++) insert(history, &logs[i]->calls[k]);
    }
    return true;
}

/* ---- showing ---- */

void text_add(Text *text, const char *format, ...) {
    if (text->length + 1 >= text->room) return;
    va_list arguments;
    va_start(arguments, format);
    size_t left = text->room - text->length;
    int wanted = vsnprintf(text->start + text->length, left, format, arguments);
    va_end(arguments);
    if (wanted < 0) return;
    text->length += (size_t)wanted < left ? (size_t)wanted : left - 1;
    if ((size_t)wanted >= left && text->room > 4)
        memcpy(text->start + text->room - 4, "...", 4);
}

static const char *error_name(int type) {
    switch (type) {
    case GILT_INDEX_ERROR:
        return "IndexError";
    case GILT_KEY_ERROR:
        return "KeyError";
    case GILT_VALUE_ERROR:
        return "ValueError";
    default:
        return "another exception";
    }
}

static void answer_show(const Answer *answer, Text *text) {
    switch (answer->kind) {
    case ANSWER_DONE:
        text_add(text, "done");
        break;
    case ANSWER_NUMBER:
        text_add(text, "%d", answer->number);
        break;
    case ANSWER_NOTHING:
        text_add(text, "nothing");
        break;
    case ANSWER_ERROR:
        text_add(text, "%s", error_name(answer->number));
        break;
    case ANSWER_VALUE:
        if (answer->number < 0)
            text_add(text, "an object of nobody's");
        else
            text_add(text, "object %d", answer->number);
        break;
    case ANSWER_LIST:
        for (int i = 0; i < answer->number; i++)
            text_add(text, "%s%d", i ? " " : "[", answer->items[i]);
        text_add(text, answer->number ? "]" : "[]");
        break;
    }
}

static void op_show(const Op *op, const OpForm *form, Text *text) {
    int numbers[] = {op->a, op->b, op->c};
    char shown[64];
    Text one = {shown, 0, sizeof shown};
    text_add(&one, "%s", form->name);
    for (int i = 0; i < form->numbers; i++) text_add(&one, " %d", numbers[i]);
    text_add(text, "%-16s", shown);
}

static uint64_t last_end(const History *history) {
    uint64_t last = 0;
    for (size_t i = 0; i < history->count; i++)
        if (history->calls[i].end > last) last = history->calls[i].end;
    return last;
}

void history_show(const History *history, const OpForm *forms, Text *text) {
    if (!history->count) return;
    uint64_t start = history->calls[0].begin;
    int width = snprintf(NULL, 0, "%llu", (unsigned long long)(last_end(history) - start));
    for (size_t i = 0; i < history->count; i++) {
        const Call *call = &history->calls[i];
        text_add(text, "%4zu  thread %d  %*llu to %*llu ns  ", i + 1, call->thread, width,
                 (unsigned long long)(call->begin - start), width,
                 (unsigned long long)(call->end - start));
        op_show(&call->op, &forms[call->op.code], text);
        text_add(text, " ");
        answer_show(&call->answer, text);
        text_add(text, "\n");
    }
}
