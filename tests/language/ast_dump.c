/* ast_dump.c: prints syntax trees as Python's ast.dump() does, for comparison with it.
 *
 *   ast_dump [-a] [-e | -s] FILE...    a line for each file; -a: with lineno and the like
 *   ast_dump [-a] [-e | -s] -0         the texts are on stdin, each ends with a NUL
 *
 * -e parses an expression, -s what is typed at a prompt. For a text that is no program the
 * line is the repr of the exception. Columns count code points (ast's count bytes). */
#include "tests/language/ast_dump.h"

static void program_dump(const Ast *ast, ParseMode mode) {
    if (mode == PARSE_EVAL) {
        begin("Expression");
        node_field("body", ((Node *)ast->body.items[0])->value.value);
    } else {
        begin(mode == PARSE_FILE ? "Module" : "Interactive");
        nodes_field("body", &ast->body);
        if (mode == PARSE_FILE) fputs(", type_ignores=[]", dump_out);
    }
    end(NULL);
}

static void text_dump(const char *text, size_t bytes, const char *name, ParseMode mode) {
    bool incomplete = false;
    Object *filename = gilt_str_from(name);
    Ast *ast = filename ? parse(text, bytes, filename, mode, &incomplete) : NULL;
    if (ast)
        program_dump(ast, mode);
    else {
        Object *error = gilt_error_take();
        repr_print(error);
        gilt_decref(error);
    }
    if (incomplete && mode == PARSE_SINGLE) fputs(" ...", stdout);
    putchar('\n');
    ast_free(ast);
    if (filename) gilt_decref(filename);
}

static char *stream_read(FILE *stream, size_t *bytes) {
    size_t room = 1 << 16;
    char *text = malloc(room);
    for (*bytes = 0; text && !feof(stream);) {
        *bytes += fread(text + *bytes, 1, room - *bytes, stream);
        if (*bytes == room) text = realloc(text, room *= 2);
    }
    return text;
}

static void file_dump(const char *name, ParseMode mode) {
    FILE *file = fopen(name, "rb");
    size_t bytes;
    char *text = file ? stream_read(file, &bytes) : NULL;
    if (text)
        text_dump(text, bytes, name, mode);
    else
        perror(name);
    free(text);
    if (file) fclose(file);
}

static void records_dump(ParseMode mode) {
    size_t bytes;
    char *text = stream_read(stdin, &bytes), *at = text, *next;
    for (; text && (next = memchr(at, 0, bytes - (size_t)(at - text))); at = next + 1)
        text_dump(at, (size_t)(next - at), "f", mode);
    free(text);
}

int main(int count, char **args) {
    dump_out = stdout;
    ParseMode mode = PARSE_FILE;
    const char *wrong = gilt_start(NULL, 0);
    if (wrong) {
        fprintf(stderr, "ast_dump: %s\n", wrong);
        return 1;
    }
    for (int i = 1; i < count; i++) {
        if (!strcmp(args[i], "-a"))
            with_places = true;
        else if (!strcmp(args[i], "-e"))
            mode = PARSE_EVAL;
        else if (!strcmp(args[i], "-s"))
            mode = PARSE_SINGLE;
        else if (!strcmp(args[i], "-0"))
            records_dump(mode);
        else
            file_dump(args[i], mode);
    }
    gilt_finish();
    return 0;
}
