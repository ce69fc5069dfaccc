/* builtin.h: the numbers of the built-in types that gilt.h does not name.
 *
 * One row each: T(number, Python's name, its TypeOps, base, flags). The numbers follow
 * those of GiltType; types.c makes the types from these rows. */
#pragma once
#include "core/object/object.h"

/* The exceptions that C code seldom raises: a number, a name and what they inherit. */
#define EXCEPTION_TYPES_EACH(X)                                                            \
    X(TYPE_UNICODE_TRANSLATE_ERROR, "UnicodeTranslateError", GILT_UNICODE_ERROR)           \
    X(TYPE_BLOCKING_IO_ERROR, "BlockingIOError", GILT_OS_ERROR)                            \
    X(TYPE_CHILD_PROCESS_ERROR, "ChildProcessError", GILT_OS_ERROR)                        \
    X(TYPE_CONNECTION_ERROR, "ConnectionError", GILT_OS_ERROR)                             \
    X(TYPE_BROKEN_PIPE_ERROR, "BrokenPipeError", TYPE_CONNECTION_ERROR)                    \
    X(TYPE_CONNECTION_ABORTED_ERROR, "ConnectionAbortedError", TYPE_CONNECTION_ERROR)      \
    X(TYPE_CONNECTION_REFUSED_ERROR, "ConnectionRefusedError", TYPE_CONNECTION_ERROR)      \
    X(TYPE_CONNECTION_RESET_ERROR, "ConnectionResetError", TYPE_CONNECTION_ERROR)          \
    X(TYPE_FILE_EXISTS_ERROR, "FileExistsError", GILT_OS_ERROR)                            \
    X(TYPE_FILE_NOT_FOUND_ERROR, "FileNotFoundError", GILT_OS_ERROR)                       \
    X(TYPE_INTERRUPTED_ERROR, "InterruptedError", GILT_OS_ERROR)                           \
    X(TYPE_IS_A_DIRECTORY_ERROR, "IsADirectoryError", GILT_OS_ERROR)                       \
    X(TYPE_NOT_A_DIRECTORY_ERROR, "NotADirectoryError", GILT_OS_ERROR)                     \
    X(TYPE_PERMISSION_ERROR, "PermissionError", GILT_OS_ERROR)                             \
    X(TYPE_PROCESS_LOOKUP_ERROR, "ProcessLookupError", GILT_OS_ERROR)                      \
    X(TYPE_TIMEOUT_ERROR, "TimeoutError", GILT_OS_ERROR)                                   \
    X(TYPE_UNSUPPORTED_OPERATION, "io.UnsupportedOperation", GILT_OS_ERROR)                \
    X(TYPE_BASE_EXCEPTION_GROUP, "BaseExceptionGroup", GILT_BASE_EXCEPTION)                \
    X(TYPE_EXCEPTION_GROUP, "ExceptionGroup", TYPE_BASE_EXCEPTION_GROUP)                   \
    X(TYPE_BYTES_WARNING, "BytesWarning", GILT_WARNING)                                    \
    X(TYPE_DEPRECATION_WARNING, "DeprecationWarning", GILT_WARNING)                        \
    X(TYPE_ENCODING_WARNING, "EncodingWarning", GILT_WARNING)                              \
    X(TYPE_FUTURE_WARNING, "FutureWarning", GILT_WARNING)                                  \
    X(TYPE_IMPORT_WARNING, "ImportWarning", GILT_WARNING)                                  \
    X(TYPE_PENDING_DEPRECATION_WARNING, "PendingDeprecationWarning", GILT_WARNING)         \
    X(TYPE_RESOURCE_WARNING, "ResourceWarning", GILT_WARNING)                              \
    X(TYPE_RUNTIME_WARNING, "RuntimeWarning", GILT_WARNING)                                \
    X(TYPE_SYNTAX_WARNING, "SyntaxWarning", GILT_WARNING)                                  \
    X(TYPE_UNICODE_WARNING, "UnicodeWarning", GILT_WARNING)                                \
    X(TYPE_USER_WARNING, "UserWarning", GILT_WARNING)

#define BUILTIN_TYPES_EACH(T)                                                              \
    T(TYPE_COMPLEX, "complex", complex_ops, GILT_OBJECT, 0)                                \
    T(TYPE_BYTEARRAY, "bytearray", bytearray_ops, GILT_OBJECT, 0)                          \
    T(TYPE_ARRAY, "array.array", array_ops, GILT_OBJECT, TYPE_WEAKLY)                      \
    T(TYPE_MEMORY_VIEW, "memoryview", memory_view_ops, GILT_OBJECT,                        \
      TYPE_WEAKLY | TYPE_FINAL)                                                            \
    T(TYPE_FROZENSET, "frozenset", frozenset_ops, GILT_OBJECT, TYPE_WEAKLY)                \
    T(TYPE_RANGE, "range", range_ops, GILT_OBJECT, TYPE_FINAL)                             \
    T(TYPE_SLICE, "slice", slice_ops, GILT_OBJECT, TYPE_FINAL)                             \
    T(TYPE_ELLIPSIS, "ellipsis", ellipsis_ops, GILT_OBJECT, TYPE_FINAL)                    \
    T(TYPE_NOT_IMPLEMENTED, "NotImplementedType", not_implemented_ops, GILT_OBJECT,        \
      TYPE_FINAL)                                                                          \
    T(TYPE_MODULE, "module", module_ops, GILT_OBJECT, TYPE_WEAKLY)                         \
    T(TYPE_CODE, "code", code_ops, GILT_OBJECT, TYPE_WEAKLY | TYPE_FINAL)                  \
    T(TYPE_CALLEE, "function", callee_ops, GILT_OBJECT, TYPE_WEAKLY | TYPE_FINAL)          \
    T(TYPE_METHOD, "method", bound_method_ops, GILT_OBJECT, TYPE_WEAKLY | TYPE_FINAL)      \
    T(TYPE_NATIVE, "builtin_function_or_method", native_ops, GILT_OBJECT,                  \
      TYPE_WEAKLY | TYPE_FINAL)                                                            \
    T(TYPE_BOUND_NATIVE, "builtin_function_or_method", bound_native_ops, GILT_OBJECT,      \
      TYPE_WEAKLY | TYPE_FINAL)                                                            \
    T(TYPE_NATIVE_METHOD, "method_descriptor", native_method_ops, GILT_OBJECT, TYPE_FINAL) \
    T(TYPE_NATIVE_CLASS, "classmethod_descriptor", native_class_ops, GILT_OBJECT,          \
      TYPE_FINAL)                                                                          \
    T(TYPE_WRAPPER, "wrapper_descriptor", wrapper_ops, GILT_OBJECT, TYPE_FINAL)            \
    T(TYPE_GETSET, "getset_descriptor", getset_ops, GILT_OBJECT, TYPE_FINAL)               \
    T(TYPE_MEMBER, "member_descriptor", member_ops, GILT_OBJECT, TYPE_FINAL)               \
    T(TYPE_PROPERTY, "property", property_ops, GILT_OBJECT, 0)                             \
    T(TYPE_CLASS_METHOD, "classmethod", class_method_ops, GILT_OBJECT, 0)                  \
    T(TYPE_STATIC_METHOD, "staticmethod", static_method_ops, GILT_OBJECT, 0)               \
    T(TYPE_SUPER, "super", super_ops, GILT_OBJECT, 0)                                      \
    T(TYPE_ALIAS, "types.GenericAlias", alias_ops, GILT_OBJECT, 0)                         \
    T(TYPE_UNION, "types.UnionType", union_ops, GILT_OBJECT, TYPE_FINAL)                   \
    T(TYPE_MAPPING_PROXY, "mappingproxy", mapping_proxy_ops, GILT_OBJECT, TYPE_FINAL)      \
    T(TYPE_GENERATOR, "generator", generator_ops, GILT_OBJECT, TYPE_WEAKLY | TYPE_FINAL)   \
    T(TYPE_CELL, "cell", cell_ops, GILT_OBJECT, TYPE_FINAL)                                \
    T(TYPE_FRAME, "frame", frame_ops, GILT_OBJECT, TYPE_FINAL)                             \
    T(TYPE_TRACEBACK, "traceback", traceback_ops, GILT_OBJECT, TYPE_FINAL)                 \
    T(TYPE_LIST_ITERATOR, "list_iterator", list_iterator_ops, GILT_OBJECT, TYPE_FINAL)     \
    T(TYPE_LIST_REVERSE, "list_reverseiterator", list_reverse_ops, GILT_OBJECT,            \
      TYPE_FINAL)                                                                          \
    T(TYPE_TUPLE_ITERATOR, "tuple_iterator", tuple_iterator_ops, GILT_OBJECT, TYPE_FINAL)  \
    T(TYPE_STR_ITERATOR, "str_iterator", str_iterator_ops, GILT_OBJECT, TYPE_FINAL)        \
    T(TYPE_BYTES_ITERATOR, "bytes_iterator", bytes_iterator_ops, GILT_OBJECT, TYPE_FINAL)  \
    T(TYPE_BYTEARRAY_ITERATOR, "bytearray_iterator", bytearray_iterator_ops, GILT_OBJECT,  \
      TYPE_FINAL)                                                                          \
    T(TYPE_ARRAY_ITERATOR, "array.arrayiterator", array_iterator_ops, GILT_OBJECT,         \
      TYPE_FINAL)                                                                          \
    T(TYPE_MEMORY_ITERATOR, "memory_iterator", memory_iterator_ops, GILT_OBJECT,           \
      TYPE_FINAL)                                                                          \
    T(TYPE_RANGE_ITERATOR, "range_iterator", range_iterator_ops, GILT_OBJECT, TYPE_FINAL)  \
    T(TYPE_SET_ITERATOR, "set_iterator", set_iterator_ops, GILT_OBJECT, TYPE_FINAL)        \
    T(TYPE_DICT_KEYS, "dict_keys", dict_keys_ops, GILT_OBJECT, TYPE_FINAL)                 \
    T(TYPE_DICT_VALUES, "dict_values", dict_values_ops, GILT_OBJECT, TYPE_FINAL)           \
    T(TYPE_DICT_ITEMS, "dict_items", dict_items_ops, GILT_OBJECT, TYPE_FINAL)              \
    T(TYPE_DICT_KEY_ITERATOR, "dict_keyiterator", dict_key_iterator_ops, GILT_OBJECT,      \
      TYPE_FINAL)                                                                          \
    T(TYPE_DICT_VALUE_ITERATOR, "dict_valueiterator", dict_value_iterator_ops,             \
      GILT_OBJECT, TYPE_FINAL)                                                             \
    T(TYPE_DICT_ITEM_ITERATOR, "dict_itemiterator", dict_item_iterator_ops, GILT_OBJECT,   \
      TYPE_FINAL)                                                                          \
    T(TYPE_DICT_REVERSE, "dict_reversekeyiterator", dict_reverse_ops, GILT_OBJECT,         \
      TYPE_FINAL)                                                                          \
    T(TYPE_DICT_REVERSE_VALUES, "dict_reversevalueiterator", dict_reverse_values_ops,      \
      GILT_OBJECT, TYPE_FINAL)                                                             \
    T(TYPE_DICT_REVERSE_ITEMS, "dict_reverseitemiterator", dict_reverse_items_ops,         \
      GILT_OBJECT, TYPE_FINAL)                                                             \
    T(TYPE_SEQUENCE_ITERATOR, "iterator", sequence_iterator_ops, GILT_OBJECT, TYPE_FINAL)  \
    T(TYPE_CALLABLE_ITERATOR, "callable_iterator", callable_iterator_ops, GILT_OBJECT,     \
      TYPE_FINAL)                                                                          \
    T(TYPE_REVERSED, "reversed", reversed_ops, GILT_OBJECT, 0)                             \
    T(TYPE_ENUMERATE, "enumerate", enumerate_ops, GILT_OBJECT, 0)                          \
    T(TYPE_ZIP, "zip", zip_ops, GILT_OBJECT, 0)                                            \
    T(TYPE_MAP, "map", map_ops, GILT_OBJECT, 0)                                            \
    T(TYPE_FILTER, "filter", filter_ops, GILT_OBJECT, 0)                                   \
    T(TYPE_TEXT_FILE, "_io.TextIOWrapper", text_file_ops, GILT_OBJECT, TYPE_WEAKLY)        \
    T(TYPE_BINARY_FILE, "_io.BufferedReader", binary_file_ops, GILT_OBJECT, TYPE_WEAKLY)   \
    T(TYPE_STRING_IO, "_io.StringIO", string_io_ops, GILT_OBJECT, TYPE_WEAKLY)             \
    T(TYPE_BYTES_IO, "_io.BytesIO", bytes_io_ops, GILT_OBJECT, TYPE_WEAKLY)

enum {
    TYPE_BEFORE = GILT_TYPE_COUNT - 1,
#define T(number, name, ops, base, flags) number,
    BUILTIN_TYPES_EACH(T)
#undef T
#define X(number, name, base) number,
        EXCEPTION_TYPES_EACH(X)
#undef X
            BUILTIN_TYPES
};

#define T(number, name, ops, base, flags) extern const TypeOps ops __attribute__((weak));
BUILTIN_TYPES_EACH(T)
#undef T

/* A further built-in type, of a module in C; immortal. NULL, MemoryError. */
Type *type_builtin_new(const char *name, const TypeOps *ops, Type *base, uint32_t flags);
