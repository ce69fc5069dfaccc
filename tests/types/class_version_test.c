/* class_version_test.c: what caches may rely on: a class has the same version as long as
 * each name that is a method, or absent, means the same in it; and what special methods
 * mean follows at once. */
#include "core/object/attributes.h"
#include "core/types/class.h"
#include "tests/types/kept.h"

static Object *answer(void *data, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_incref(data);
}

static Type *class(const char *name, Type *base) {
    return (Type *)gilt_class_new(name, (GiltObject *)base, NULL);
}

static void define(Type *type, const char *name, const char *what) {
    GiltObject *function = gilt_function_new(name, answer, gilt_intern(what));
    assert_true(gilt_set_attr(&type->head, gilt_intern(name), function));
    gilt_decref(function);
}

TEST(version_changes_with_each_method_of_the_class_or_its_bases) {
    Type *A = class("A", NULL), *B = class("B", A), *C = class("C", B), *D = class("D", A);
    uint32_t c = class_version(C), d = class_version(D);
    assert_true(c && d && c != d && class_version(C) == c);
    define(B, "method", "B");
    uint32_t again = class_version(C);
    assert_true(again != c && class_version(D) == d);
    assert_true(gilt_del_attr(&B->head, gilt_intern("method")));
    assert_true(class_version(C) != again);
    define(A, "method", "A");
    assert_true(class_version(D) != d);
    testing_blocks = gilt_memory().blocks;
}

TEST(version_stays_when_one_plain_value_takes_the_place_of_another) {
    Type *A = class("A", NULL), *B = class("B", A);
    GiltObject *count = gilt_intern("count"), *n = gilt_int(1000);
    uint32_t before = class_version(B);
    assert_true(gilt_set_attr(&A->head, count, n));
    uint32_t with = class_version(B);
    assert_true(with != before);
    for (int i = 0; i < 3; i++) assert_true(gilt_set_attr(&A->head, count, count));
    assert_true(class_version(B) == with);
    define(A, "count", "a method now");
    uint32_t method = class_version(B);
    assert_true(method != with);
    assert_true(gilt_set_attr(&A->head, count, n));
    assert_true(class_version(B) != method);
    gilt_decref(n);
    testing_blocks = gilt_memory().blocks;
}

static void assert_special(Type *type, Special special, const char *shown) {
    Object *found = class_special(type, special);
    if (!shown) return assert_null(found);
    assert_non_null(found);
    assert_repr(gilt_call(found, NULL, 0), shown);
    gilt_decref(found);
}

TEST(special_methods_are_those_of_the_nearest_class) {
    Type *A = class("A", NULL), *B = class("B", A), *C = class("C", B);
    assert_special(C, SPECIAL_LEN, NULL);
    assert_special(C, SPECIAL_REPR, NULL); /* object's own is the default */
    define(A, "__len__", "A");
    assert_special(C, SPECIAL_LEN, "'A'");
    define(B, "__len__", "B");
    assert_special(C, SPECIAL_LEN, "'B'");
    assert_special(A, SPECIAL_LEN, "'A'");
    assert_true(gilt_del_attr(&B->head, gilt_intern("__len__")));
    assert_special(C, SPECIAL_LEN, "'A'");
    assert_true(gilt_del_attr(&A->head, gilt_intern("__len__")));
    assert_special(C, SPECIAL_LEN, NULL);
    testing_blocks = gilt_memory().blocks;
}

TEST(heir_of_a_built_in_type_falls_back_to_it) {
    Type *L = class("L", &types[GILT_LIST]);
    Object *own = class_own_special(L, SPECIAL_LEN), *any = class_special(L, SPECIAL_LEN);
    assert_null(own);
    assert_non_null(any);
    gilt_decref(any);
    GiltObject *l = gilt_call(&L->head, NULL, 0), *n = gilt_int(1000);
    assert_true(l && gilt_list_append(l, n) && gilt_len(l) == 1);
    assert_true(gilt_set_attr(l, gilt_intern("name"), n));
    assert_repr(gilt_get_attr(l, gilt_intern("name")), "1000");
    define(L, "__repr__", "mine");
    assert_repr(l, "mine");
    gilt_decref(n);
    testing_blocks = gilt_memory().blocks;
}

TESTS(test(version_changes_with_each_method_of_the_class_or_its_bases),
      test(version_stays_when_one_plain_value_takes_the_place_of_another),
      test(special_methods_are_those_of_the_nearest_class),
      test(heir_of_a_built_in_type_falls_back_to_it))
