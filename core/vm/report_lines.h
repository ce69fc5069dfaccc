/* report_lines.h: the text of a report, and the lines of source in it. */
#pragma once
#include "core/object/object.h"
#include "core/types/fields.h"
#include "core/types/str.h"
#include "core/vm/lines.h"
#include <stdio.h>

typedef struct Report {
    FILE *stream; /* into text */
    char *text;
    size_t bytes;
    Lines lines;
    Object **seen; /* malloc; owned */
    size_t seen_count, seen_room;
    int depth;   /* of exception groups: each line has a margin */
    bool plus;   /* the next margin is a + */
    bool open;   /* the frame of a group is to be closed */
    bool inside; /* a line */
} Report;

/* false: no memory. Every report ends with finish (a str, or NULL with MemoryError) or
 * print (on stderr). */
bool report_begin(Report *r);
Object *report_finish(Report *r);
void report_print(Report *r);

void report_put(Report *r, const char *text);
void report_format(Report *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Remembers the exception, whose reference it takes over. false: no memory. */
bool report_see(Report *r, Object *exception);

/* A line of a group's frame. */
void report_rule(Report *r, const char *before, const char *title);

/* The line of the file with marks under the columns, if there is such a line. */
void report_source_line(Report *r, const char *filename, int line, int end_line, int column,
                        int end_column);

/* The text of a SyntaxError with marks; the offsets count from 1, -1 for none. */
void report_syntax_line(Report *r, const char *text, int offset, int end_offset);
