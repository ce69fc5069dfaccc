/* tool.h: the few words that every file of the runner uses.
 *
 * The runner is an ordinary program: it links no runtime, and out of memory it stops. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { EXIT_FINE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

/* "bench: MESSAGE" on stderr. complain returns EXIT_USAGE, so that it can be returned. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Zeroed memory, a bigger block, a copy, a formatted text; never NULL. */
void *make(size_t count, size_t size);
void *grow(void *block, size_t count, size_t size);
char *copy_text(const char *text);
char *format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Lists of texts end with NULL; a list that is NULL is empty, too, for list_add. */
void list_add(char ***list, char *text);
int list_length(char *const *list);

/* From here on Ctrl-C and friends only set a flag; interrupted() tells. */
void interrupts_begin(void);
bool interrupted(void);

/* Waits until `fd` can be read: 1; 0 after the time; -1 when interrupted. */
int wait_readable(int fd, double seconds);

/* In a forked child: signals as they were at the start. */
void interrupts_reset(void);

double now_seconds(void);

/* The line on stderr that says what is being done; only on a terminal. */
void progress(const char *format, ...) __attribute__((format(printf, 1, 2)));
void progress_clear(void);

/* A file that comes to be at once and as a whole, or not at all. begin gives NULL, commit
 * false, after a complaint. */
typedef struct NewFile {
    FILE *file;
    const char *path;
    char *temporary;
} NewFile;
bool new_file_begin(NewFile *new_file, const char *path);
bool new_file_commit(NewFile *new_file);
void new_file_abandon(NewFile *new_file);

/* Could such a file be made? Complains if not. */
bool new_file_possible(const char *path);
