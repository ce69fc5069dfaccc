/* sys_constants.c: what sys says about this runtime, its numbers and its machine. It says
 * that it is Python 3.12, because that is the language that it runs; `implementation` says
 * that it is gilt. */
#include "core/modules/record.h"
#include "core/modules/sys_internal.h"
#include <float.h>
#include <unistd.h>

#define MAJOR 3
#define MINOR 12
#define HEX_VERSION (MAJOR << 24 | MINOR << 16 | 0xF0)

#define ITEMS(...) ((Object *const[]){__VA_ARGS__})

static const char *const version_fields[] = {"major", "minor", "micro", "releaselevel",
                                             "serial"};
static const RecordSpec version_spec = {"sys.version_info", version_fields, 5};

static Object *version_info(void) {
    return record_new(&version_spec, ITEMS(gilt_int(MAJOR), gilt_int(MINOR), gilt_int(0),
                                           gilt_str_from("final"), gilt_int(0)));
}

static const char *const float_fields[] = {
    "max", "max_exp",  "max_10_exp", "min",   "min_exp", "min_10_exp",
    "dig", "mant_dig", "epsilon",    "radix", "rounds"};
static const RecordSpec float_spec = {"sys.float_info", float_fields, 11};

static Object *float_info(void) {
    return record_new(&float_spec,
                      ITEMS(gilt_float(DBL_MAX), gilt_int(DBL_MAX_EXP),
                            gilt_int(DBL_MAX_10_EXP), gilt_float(DBL_MIN),
                            gilt_int(DBL_MIN_EXP), gilt_int(DBL_MIN_10_EXP),
                            gilt_int(DBL_DIG), gilt_int(DBL_MANT_DIG),
                            gilt_float(DBL_EPSILON), gilt_int(FLT_RADIX), gilt_int(1)));
}

static const char *const int_fields[] = {"bits_per_digit", "sizeof_digit",
                                         "default_max_str_digits",
                                         "str_digits_check_threshold"};
static const RecordSpec int_spec = {"sys.int_info", int_fields, 4};

static Object *int_info(void) {
    return record_new(&int_spec,
                      ITEMS(gilt_int(64), gilt_int(8), gilt_int(4300), gilt_int(640)));
}

static const char *const hash_fields[] = {"width",     "modulus",   "inf",
                                          "nan",       "imag",      "algorithm",
                                          "hash_bits", "seed_bits", "cutoff"};
static const RecordSpec hash_spec = {"sys.hash_info", hash_fields, 9};

static Object *hash_info(void) {
    return record_new(&hash_spec, ITEMS(gilt_int(64), gilt_int((INT64_C(1) << 61) - 1),
                                        gilt_int(314159), gilt_int(0), gilt_int(1000003),
                                        gilt_str_from("siphash13"), gilt_int(64),
                                        gilt_int(128), gilt_int(0)));
}

static const char *const flag_fields[] = {"debug",
                                          "inspect",
                                          "interactive",
                                          "optimize",
                                          "dont_write_bytecode",
                                          "no_user_site",
                                          "no_site",
                                          "ignore_environment",
                                          "verbose",
                                          "bytes_warning",
                                          "quiet",
                                          "hash_randomization",
                                          "isolated",
                                          "dev_mode",
                                          "utf8_mode",
                                          "warn_default_encoding",
                                          "safe_path",
                                          "int_max_str_digits"};
static const RecordSpec flag_spec = {"sys.flags", flag_fields, 18};

static Object *flags(void) {
    Object *items[18];
    for (size_t i = 0; i < 18; i++) items[i] = gilt_int(0);
    items[4] = gilt_int(1);
    items[13] = gilt_bool(false);
    items[14] = gilt_int(1);
    items[16] = gilt_bool(false);
    items[17] = gilt_int(4300);
    return record_new(&flag_spec, items);
}

static const char *const implementation_fields[] = {"name", "cache_tag", "version",
                                                    "hexversion", "_multiarch"};
static const RecordSpec implementation_spec = {"sys.implementation", implementation_fields,
                                               5};

static Object *implementation(void) {
    return record_new(&implementation_spec,
                      ITEMS(gilt_str_from("gilt"), gilt_none(), version_info(),
                            gilt_int(HEX_VERSION), gilt_str_from("x86_64-linux-gnu")));
}

static const char *const thread_fields[] = {"name", "lock", "version"};
static const RecordSpec thread_spec = {"sys.thread_info", thread_fields, 3};

static Object *thread_info(void) {
    return record_new(&thread_spec,
                      ITEMS(gilt_str_from("pthread"), gilt_str_from("gilt"), gilt_none()));
}

/* The path of this program, as the system tells. */
static Object *executable(void) {
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    return gilt_str_new(path, length > 0 ? (size_t)length : 0);
}

static bool fill_records(Object *m) {
    return module_put(m, "version_info", version_info()) &&
           module_put(m, "float_info", float_info()) &&
           module_put(m, "int_info", int_info()) &&
           module_put(m, "hash_info", hash_info()) && module_put(m, "flags", flags()) &&
           module_put(m, "implementation", implementation()) &&
           module_put(m, "thread_info", thread_info());
}

static bool fill_numbers(Object *m) {
    return module_put(m, "maxsize", gilt_int(INT64_MAX)) &&
           module_put(m, "maxunicode", gilt_int(0x10FFFF)) &&
           module_put(m, "hexversion", gilt_int(HEX_VERSION)) &&
           module_put(m, "api_version", gilt_int(1013)) &&
           module_put(m, "dont_write_bytecode", gilt_bool(true));
}

static bool fill_texts(Object *m) {
    static const char *const texts[][2] = {{"platform", "linux"},
                                           {"byteorder", "little"},
                                           {"prefix", "/usr/local"},
                                           {"base_prefix", "/usr/local"},
                                           {"exec_prefix", "/usr/local"},
                                           {"base_exec_prefix", "/usr/local"},
                                           {"platlibdir", "lib"},
                                           {"float_repr_style", "short"},
                                           {"abiflags", ""},
                                           {"copyright", "gilt: see the file LICENSE"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!module_put(m, texts[i][0], gilt_str_from(texts[i][1]))) return false;
    Object *version = gilt_str_format("%d.%d.0 (gilt, %s) [%s]", MAJOR, MINOR, gilt_mode(),
                                      BUILD_COMPILER);
    return module_put(m, "version", version) && module_put(m, "executable", executable());
}

static bool fill_containers(Object *m) {
    static const char *const lists[] = {"path",        "meta_path", "path_hooks",
                                        "warnoptions", "argv",      "orig_argv"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!module_put(m, lists[i], gilt_list_new(NULL, 0))) return false;
    Object *modules = modules_dict();
    return modules && module_put(m, "modules", incref(modules)) &&
           module_put(m, "path_importer_cache", gilt_dict_new()) &&
           module_put(m, "_xoptions", gilt_dict_new()) &&
           module_put(m, "builtin_module_names", module_builtin_names());
}

bool sys_fill_constants(Object *module) {
    return fill_records(module) && fill_numbers(module) && fill_texts(module) &&
           fill_containers(module);
}
