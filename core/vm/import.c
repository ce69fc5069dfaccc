/* import.c: import: built-in modules, those of the library, and the program's own.
 *
 * sys.modules has what was imported. A module in Python is looked for along sys.path, as
 * NAME.py or as the package NAME/__init__.py; the library's directory is the last entry. A
 * module is in sys.modules while its code runs, so that modules may import each other; if
 * it fails it is taken out again. The code of modules is immortal. */
#include "core/types/str.h"
#include "core/types/exception.h"
#include "core/modules/module.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/types/dict.h"
#include "core/types/list.h"
#include "core/types/tuple.h"
#include "core/vm/vm.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- files ---- */

static char *read_file(const char *path, size_t *bytes) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    size_t room = 4096, used = 0;
    char *text = malloc(room);
    for (size_t got; text && (got = fread(text + used, 1, room - used, file)) > 0;) {
        used += got;
        if (used < room) continue;
        char *more = realloc(text, room *= 2);
        if (!more) free(text);
        text = more;
    }
    fclose(file);
    *bytes = used;
    return text;
}

static bool is_file(const char *path) {
    struct stat about;
    return !stat(path, &about) && S_ISREG(about.st_mode);
}

/* Where the module is in this directory: a path to be freed. */
static char *find_in(const char *directory, const char *name, bool *package) {
    size_t room = strlen(directory) + strlen(name) + 16;
    char *path = malloc(room);
    if (!path) return NULL;
    const char *slash = *directory ? "/" : "";
    snprintf(path, room, "%s%s%s/__init__.py", directory, slash, name);
    *package = is_file(path);
    if (*package) return path;
    snprintf(path, room, "%s%s%s.py", directory, slash, name);
    if (is_file(path)) return path;
    free(path);
    return NULL;
}

/* Along a list of directories. */
static char *find_along(Object *path, const char *name, bool *package) {
    char *found = NULL;
    size_t count = path && is_type(path, GILT_LIST) ? gilt_list_size(path) : 0;
    for (size_t i = 0; i < count && !found; i++) {
        Object *entry = list_at(path, i);
        char *directory =
            entry && is_type(entry, GILT_STR) ? gilt_str_utf8(entry, NULL) : NULL;
        if (directory) found = find_in(directory, name, package);
        free(directory);
        decref_maybe(entry);
    }
    return found;
}

/* ---- loading ---- */

static bool put(Object *dict, const char *name, Object *value) {
    bool well = value && gilt_dict_set(dict, gilt_intern(name), value);
    decref_maybe(value);
    return well;
}

static Object *directory_list(const char *path) {
    const char *slash = strrchr(path, '/');
    Object *directory =
        slash ? gilt_str_new(path, (size_t)(slash - path)) : gilt_str_from("");
    Object *list = directory ? gilt_list_new(&directory, 1) : NULL;
    decref_maybe(directory);
    return list;
}

static Object *parent_name(const char *name, bool package) {
    const char *dot = strrchr(name, '.');
    if (package) return gilt_str_from(name);
    return gilt_str_new(name, dot ? (size_t)(dot - name) : 0);
}

static bool run_file(Object *module, const char *path) {
    size_t bytes;
    Object *dict = module_dict(module), *filename = gilt_str_from(path), *done = NULL;
    char *text = read_file(path, &bytes);
    if (!text) gilt_raise(GILT_IMPORT_ERROR, "cannot read %s", path);
    Code *code = text && filename ? compile(text, bytes, filename, PARSE_FILE, NULL) : NULL;
    free(text);
    decref_maybe(filename);
    if (!code) return false;
    code_immortalise(code);
    done = vm_run(code, dict, dict);
    decref_maybe(done);
    return done;
}

static Object *load(Object *name, const char *text, const char *path, bool package) {
    Object *module = module_new_object(name), *modules = modules_dict();
    if (!module || !modules) return NULL;
    Object *dict = module_dict(module);
    if (!put(dict, "__file__", gilt_str_from(path)) ||
        !put(dict, "__package__", parent_name(text, package)) ||
        !put(dict, "__builtins__", incref(builtins_dict())) ||
        (package && !put(dict, "__path__", directory_list(path))) ||
        !gilt_dict_set(modules, name, module))
        return NULL;
    if (run_file(module, path)) return module;
    Object *error = gilt_error_take();
    if (!gilt_dict_delete(modules, name)) gilt_error_clear();
    error_set(error);
    return NULL;
}

/* ---- finding ---- */

static Object *sys_path(void) {
    Object *sys = module_import_builtin("sys");
    return sys ? dict_find_interned(module_dict(sys), gilt_intern("path")) : NULL;
}

/* The module of this whole name, whose parent (NULL: none) is imported. */
/* The ImportError knows which module it is about, and its file. */
static void tell_import(Object *name, Object *path) {
    Object *error = gilt_error();
    if (!error || !is_kind(error, GILT_IMPORT_ERROR)) return;
    exception_put(error, EXCEPTION_NAME, name);
    exception_put(error, EXCEPTION_PATH, path);
}

static Object *import_one(Object *name, Object *parent) {
    Object *known = gilt_dict_get(modules_dict(), name);
    if (known || gilt_error()) return known;
    char *text = gilt_str_utf8(name, NULL);
    if (!text) return NULL;
    Object *module = module_import_builtin(text);
    if (!module && !gilt_error()) {
        const char *last = strrchr(text, '.');
        Object *path =
            parent ? attribute_get_maybe(parent, gilt_intern("__path__")) : sys_path();
        bool package = false;
        char *file = path ? find_along(path, last ? last + 1 : text, &package) : NULL;
        if (file)
            module = load(name, text, file, package);
        else if (parent && !path && !gilt_error())
            gilt_raise(GILT_MODULE_NOT_FOUND_ERROR,
                       "No module named '%s'; '%.*s' is not a package", text,
                       (int)(last - text), text);
        else if (!gilt_error())
            gilt_raise(GILT_MODULE_NOT_FOUND_ERROR, "No module named '%s'", text);
        if (!module && !file) tell_import(name, NULL);
        decref_maybe(path);
        free(file);
    }
    if (module && parent) {
        const char *last = strrchr(text, '.');
        Object *attribute = gilt_intern(last + 1);
        if (!attribute || !gilt_dict_set(module_dict(parent), attribute, module)) {
            decref(module);
            module = NULL;
        }
    }
    free(text);
    return module;
}

/* All of a.b.c; *first (NULL: not wanted) is a, the result c. */
static Object *import_dotted(Object *name, Object **first) {
    char *text = gilt_str_utf8(name, NULL), *at = text;
    Object *module = NULL;
    while (at) {
        char *dot = strchr(at, '.');
        Object *part = dot ? gilt_str_new(text, (size_t)(dot - text)) : incref(name);
        Object *next = part ? import_one(part, module) : NULL;
        decref_maybe(part);
        if (next && !module && first) *first = incref(next);
        decref_maybe(module);
        module = next;
        at = dot && module ? dot + 1 : NULL;
    }
    free(text);
    return module;
}

/* ---- relative names ---- */

static Object *absolute_name(Object *name, Object *globals, int level) {
    Object *package = gilt_dict_get(globals, gilt_intern("__package__"));
    char *base =
        package && is_type(package, GILT_STR) ? gilt_str_utf8(package, NULL) : NULL;
    char *text = gilt_str_utf8(name, NULL);
    Object *result = NULL;
    decref_maybe(package);
    if (!base || !*base) {
        if (text)
            gilt_raise(GILT_IMPORT_ERROR,
                       "attempted relative import with no known parent package");
    } else if (text) {
        for (; level > 1; level--) {
            char *dot = strrchr(base, '.');
            if (!dot) break;
            *dot = 0;
        }
        if (level > 1)
            gilt_raise(GILT_IMPORT_ERROR,
                       "attempted relative import beyond top-level package");
        else
            result = gilt_str_format(*text ? "%s.%s" : "%s", base, text);
    }
    free(base);
    free(text);
    return result;
}

/* `from package import x` imports the module package.x if the package has no such name. */
static bool import_listed(Object *module, Object *name, Object *from_list) {
    Object *path = attribute_get_maybe(module, gilt_intern("__path__"));
    if (!path) return !gilt_error();
    decref(path);
    const Tuple *tuple = (const Tuple *)from_list;
    for (size_t i = 0; i < tuple->size; i++) {
        Object *found = attribute_get_maybe(module, tuple->items[i]);
        decref_maybe(found);
        if (found) continue;
        char *a = gilt_str_utf8(name, NULL), *b = gilt_str_utf8(tuple->items[i], NULL);
        Object *whole = a && b && strcmp(b, "*") ? gilt_str_format("%s.%s", a, b) : NULL;
        Object *got = whole ? import_one(whole, module) : NULL;
        free(a);
        free(b);
        decref_maybe(whole);
        decref_maybe(got);
        if (!got && gilt_error_is(GILT_MODULE_NOT_FOUND_ERROR)) gilt_error_clear();
        if (gilt_error()) return false;
    }
    return true;
}

Object *import_module(Object *name, Object *globals, Object *from_list, int level) {
    if (!is_kind(name, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "module name must be a string");
    if (!level && !str_length(name))
        return gilt_raise(GILT_VALUE_ERROR, "Empty module name");
    Object *whole = level ? absolute_name(name, globals, level) : incref(name);
    if (!whole) return NULL;
    bool listed = from_list && is_type(from_list, GILT_TUPLE) && gilt_tuple_size(from_list);
    Object *first = NULL, *module = import_dotted(whole, &first);
    if (module && listed && !import_listed(module, whole, from_list)) {
        decref(module);
        module = NULL;
    }
    decref(whole);
    if (listed || !module) {
        decref_maybe(first);
        return module;
    }
    decref(module);
    return first;
}

static void cannot_import(Object *module, Object *own, const char *a, const char *b) {
    Object *file = attribute_get_maybe(module, gilt_intern("__file__"));
    bool known = file && is_type(file, GILT_STR);
    char *where = known ? gilt_str_utf8(file, NULL) : NULL;
    gilt_raise(GILT_IMPORT_ERROR, "cannot import name '%s' from '%s' (%s)", b,
               a ? a : "<unknown module name>", where ? where : "unknown location");
    tell_import(a ? own : NULL, known ? file : NULL);
    free(where);
    decref_maybe(file);
}

Object *import_from(Object *module, Object *name) {
    Object *found = attribute_get_maybe(module, name);
    if (found || gilt_error()) return found;
    Object *own = attribute_get_maybe(module, gilt_intern("__name__"));
    char *a = own && is_type(own, GILT_STR) ? gilt_str_utf8(own, NULL) : NULL;
    char *b = gilt_str_utf8(name, NULL);
    Object *whole = a && b ? gilt_str_format("%s.%s", a, b) : NULL;
    if (whole) found = gilt_dict_get(modules_dict(), whole);
    if (!found && b) cannot_import(module, own, a, b);
    free(a);
    free(b);
    decref_maybe(own);
    decref_maybe(whole);
    return found;
}

bool import_star(Object *module, Object *into) {
    Object *dict = attribute_get(module, gilt_intern("__dict__"));
    Object *all = dict ? attribute_get_maybe(module, gilt_intern("__all__")) : NULL;
    Object *names = all ? all : dict ? gilt_dict_keys(module_dict(module)) : NULL;
    bool well = names;
    ssize_t count = well ? gilt_len(names) : 0;
    for (ssize_t i = 0; well && i < count; i++) {
        Object *index = gilt_int(i), *name = index ? gilt_get_item(names, index) : NULL;
        char *text = name && is_type(name, GILT_STR) ? gilt_str_utf8(name, NULL) : NULL;
        if (text && (all || *text != '_')) {
            Object *value = attribute_get(module, name);
            well = value && gilt_set_item(into, name, value);
            decref_maybe(value);
        }
        free(text);
        decref_maybe(index);
        decref_maybe(name);
    }
    decref_maybe(names);
    decref_maybe(dict);
    return well && !gilt_error();
}
