/* io.c: the module io: the file types, and the names that programs ask for. */
#include "core/modules/module.h"
#include "core/types/file.h"

static const Native functions[] = {{FILE_OPEN_SIGNATURE, file_open}, {0}};

static bool put_type(Object *module, const char *name, uint32_t type) {
    return module_put(module, name, incref(&types[type].head));
}

static bool fill(Object *module) {
    return put_type(module, "StringIO", TYPE_STRING_IO) &&
           put_type(module, "BytesIO", TYPE_BYTES_IO) &&
           put_type(module, "TextIOWrapper", TYPE_TEXT_FILE) &&
           put_type(module, "BufferedReader", TYPE_BINARY_FILE) &&
           put_type(module, "BufferedWriter", TYPE_BINARY_FILE) &&
           put_type(module, "BufferedRandom", TYPE_BINARY_FILE) &&
           put_type(module, "FileIO", TYPE_BINARY_FILE) &&
           put_type(module, "UnsupportedOperation", TYPE_UNSUPPORTED_OPERATION) &&
           put_type(module, "BlockingIOError", TYPE_BLOCKING_IO_ERROR) &&
           module_put(module, "DEFAULT_BUFFER_SIZE", gilt_int(8192)) &&
           module_put(module, "SEEK_SET", gilt_int(0)) &&
           module_put(module, "SEEK_CUR", gilt_int(1)) &&
           module_put(module, "SEEK_END", gilt_int(2));
}

const ModuleSpec io_module = {"io", functions, fill};
