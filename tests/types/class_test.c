/* class_test.c: classes, instances with attributes and with fixed slots. */
#include "tests/types/kept.h"

static GiltObject *class(const char *name, GiltObject *base) {
    GiltObject *made = gilt_class_new(name, base, NULL);
    assert_non_null(made);
    return made;
}

static GiltObject *slotted(const char *name, GiltObject *base, const char *const *slots) {
    GiltObject *made = gilt_class_new(name, base, slots);
    assert_non_null(made);
    return made;
}

static const char *const xy[] = {"x", "y", NULL};

static size_t bytes_of_one(GiltObject *class, const char *const *names) {
    size_t before = gilt_memory().block_bytes;
    GiltObject *o = make(class);
    for (; *names; names++) assert_true(set(o, *names, gilt_int(1)));
    size_t bytes = gilt_memory().block_bytes - before;
    gilt_decref(o);
    return bytes;
}

/* ---- attributes ---- */

TEST(instance_has_the_attributes_that_were_set) {
    GiltObject *Point = class("Point", NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *p = make(Point);
        assert_true(set(p, "x", gilt_int(1000)));
        assert_true(set(p, "y", gilt_str_from("why")));
        assert_true(set(p, "x", gilt_int(2000)));
        assert_repr(get(p, "x"), "2000");
        assert_repr(get(p, "y"), "'why'");
        gilt_decref(p);
    }
}

TEST(attribute_that_is_not_there_is_an_error) {
    GiltObject *p = make(class("Point", NULL));
    set(p, "x", gilt_int(1));
    assert_null(get(p, "y"));
    assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'y'");
    assert_false(del(p, "y"));
    assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'y'");
    testing_blocks = gilt_memory().blocks - 1;
    gilt_decref(p);
}

TEST(name_of_an_attribute_must_be_a_str) {
    GiltObject *p = make(class("Point", NULL)), *three = gilt_int(3);
    assert_null(gilt_get_attr(p, three));
    assert_raised_text(GILT_TYPE_ERROR, "attribute name must be string, not 'int'");
    assert_false(gilt_set_attr(p, three, three));
    assert_raised(GILT_TYPE_ERROR);
    assert_false(gilt_del_attr(p, three));
    assert_raised(GILT_TYPE_ERROR);
    testing_blocks = gilt_memory().blocks - 1;
    gilt_decref(p);
}

TEST(names_are_equal_by_text_not_by_object) {
    GiltObject *Point = class("Point", NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *p = make(Point);
        GiltObject *name = gilt_str_format("%s_%d", "coordinate", 1);
        assert_true(gilt_set_attr(p, name, name));
        assert_repr(get(p, "coordinate_1"), "'coordinate_1'");
        gilt_decref(name);
        gilt_decref(p);
    }
}

TEST(instance_keeps_any_number_of_attributes) {
    GiltObject *Many = class("Many", NULL);
    CHECKED_FOR_LEAKS {
        for (int count = 0; count <= 150; count += 10) {
            GiltObject *o = make(Many);
            char name[16];
            for (int i = 0; i < count; i++) {
                snprintf(name, sizeof name, "a%d", i);
                assert_true(set(o, name, gilt_int(1000 + i)));
                if (i % 7 == 0) assert_true(set(o, name, gilt_int(5000 + i)));
            }
            for (int i = 0; i < count; i++) {
                char shown[16];
                snprintf(name, sizeof name, "a%d", i);
                snprintf(shown, sizeof shown, "%d", (i % 7 ? 1000 : 5000) + i);
                assert_repr(get(o, name), shown);
            }
            gilt_decref(o);
        }
    }
}

TEST(deleted_attribute_is_gone_and_the_others_stay) {
    GiltObject *Point = class("Point", NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *p = make(Point);
        for (const char *name = "abcdefgh"; *name; name++)
            set(p, (char[]){*name, 0}, gilt_int(1000 + *name));
        assert_true(del(p, "c"));
        assert_null(get(p, "c"));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'c'");
        assert_false(del(p, "c"));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'c'");
        assert_repr(get(p, "a"), "1097");
        assert_repr(get(p, "b"), "1098");
        assert_repr(get(p, "h"), "1104");
        gilt_decref(p);
    }
}

TEST(deleted_attribute_can_be_set_again) {
    GiltObject *Point = class("Point", NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *p = make(Point);
        set(p, "x", gilt_int(1001));
        for (int i = 0; i < 10; i++) {
            assert_true(del(p, "x"));
            assert_true(set(p, "x", gilt_int(2000 + i)));
            assert_true(set(p, "y", gilt_int(3000 + i)));
        }
        assert_repr(get(p, "x"), "2009");
        assert_repr(get(p, "y"), "3009");
        gilt_decref(p);
    }
}

/* Each instance adds the same eleven names in another order. */
TEST(instances_of_many_orders_find_their_own_attributes) {
    GiltObject *Mixed = class("Mixed", NULL);
    CHECKED_FOR_LEAKS {
        for (int step = 1; step < 11; step++) {
            GiltObject *o = make(Mixed);
            for (int i = 0; i < 11; i++) {
                char name[] = {(char)('a' + i * step % 11), 0};
                assert_true(set(o, name, gilt_int(1000 + name[0])));
            }
            for (char c = 'a'; c < 'a' + 11; c++) {
                char shown[16];
                snprintf(shown, sizeof shown, "%d", 1000 + c);
                assert_repr(get(o, (char[]){c, 0}), shown);
            }
            gilt_decref(o);
        }
    }
}

/* Names that differ with each instance must not make shapes without end. */
TEST(class_with_thousands_of_names_stays_usable) {
    GiltObject *Bag = class("Bag", NULL);
    size_t blocks = 0;
    for (int i = 0; i < 6000; i++) {
        GiltObject *o = make(Bag);
        char name[16];
        snprintf(name, sizeof name, "n%d", i);
        assert_true(set(o, name, gilt_int(i)));
        GiltObject *value = get(o, name);
        int64_t n;
        assert_true(gilt_int_value(value, &n) && n == i);
        gilt_decref(value);
        gilt_decref(o);
        if (i == 4999) blocks = gilt_memory().blocks;
    }
    assert_true(gilt_memory().blocks <= blocks + 1000); /* the names themselves */
    testing_blocks = gilt_memory().blocks;
}

TEST(two_attributes_take_48_bytes_and_more_are_learned) {
    GiltObject *Point = class("Point", NULL), *Wide = class("Wide", NULL);
    const char *const six[] = {"a", "b", "c", "d", "e", "f", NULL};
    bytes_of_one(Point, xy);
    CHECKED_FOR_LEAKS { assert_int_equal(bytes_of_one(Point, xy), 48); }
    bytes_of_one(Wide, six);
    CHECKED_FOR_LEAKS { assert_int_equal(bytes_of_one(Wide, six), 32 + 6 * 8); }
}

/* ---- classes ---- */

TEST(attributes_are_looked_for_in_the_instance_then_the_class_then_its_bases) {
    GiltObject *A = class("A", NULL), *B = class("B", A), *C = class("C", B);
    set(A, "where", gilt_str_from("A"));
    CHECKED_FOR_LEAKS {
        GiltObject *o = make(C);
        assert_repr(get(o, "where"), "'A'");
        set(B, "where", gilt_str_from("B"));
        assert_repr(get(o, "where"), "'B'");
        set(o, "where", gilt_str_from("o"));
        assert_repr(get(o, "where"), "'o'");
        assert_repr(get(C, "where"), "'B'");
        assert_true(del(o, "where"));
        assert_true(del(B, "where"));
        assert_repr(get(o, "where"), "'A'");
        gilt_decref(o);
    }
}

TEST(class_knows_its_name_and_instances_their_class) {
    GiltObject *Point = class("P\303\266int", NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *p = make(Point);
        assert_repr(get(p, "__class__"), "<class 'P\303\266int'>");
        assert_repr(get(Point, "__name__"), "'P\303\266int'");
        assert_repr(get(Point, "__class__"), "<class 'type'>");
        assert_true(gilt_is_instance(p, Point));
        assert_true(gilt_is_instance(p, gilt_type(GILT_OBJECT)));
        assert_repr(gilt_incref(p), "<P\303\266int object>");
        assert_false(set(p, "__class__", gilt_int(1)));
        assert_raised(GILT_TYPE_ERROR);
        gilt_decref(p);
        assert_repr(get(gilt_type(GILT_INT), "__name__"), "'int'");
    }
}

TEST(class_reports_what_it_does_not_have) {
    GiltObject *Point = class("Point", NULL);
    CHECKED_FOR_LEAKS {
        assert_null(get(Point, "x"));
        assert_raised_text(GILT_ATTRIBUTE_ERROR,
                           "type object 'Point' has no attribute 'x'");
        assert_false(del(Point, "x"));
        assert_raised_text(GILT_ATTRIBUTE_ERROR,
                           "type object 'Point' has no attribute 'x'");
    }
}

TEST(built_in_types_and_their_objects_cannot_be_changed) {
    CHECKED_FOR_LEAKS {
        GiltObject *n = gilt_int(1);
        assert_false(set(gilt_type(GILT_INT), "x", gilt_int(1)));
        assert_raised_text(GILT_TYPE_ERROR,
                           "cannot set 'x' attribute of immutable type 'int'");
        assert_null(get(n, "x"));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'int' object has no attribute 'x'");
        assert_false(set(n, "x", gilt_int(1)));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'int' object has no attribute 'x'");
        GiltObject *o = make(gilt_type(GILT_OBJECT));
        assert_false(set(o, "x", gilt_int(1)));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'object' object has no attribute 'x'");
        gilt_decref(o);
    }
}

TEST(base_must_be_a_class) {
    GiltObject *n = gilt_int(1);
    assert_null(gilt_class_new("A", n, NULL));
    assert_raised(GILT_TYPE_ERROR);
    assert_null(gilt_class_new("A", gilt_type(GILT_BOOL), NULL));
    assert_raised_text(GILT_TYPE_ERROR, "type 'bool' is not an acceptable base type");
    assert_null(gilt_class_new("\377", NULL, NULL));
    assert_raised(GILT_UNICODE_ERROR);
}

TEST(only_classes_make_instances) {
    GiltObject *n = gilt_int(1);
    assert_null(gilt_instance_new(n));
    assert_raised(GILT_TYPE_ERROR);
    assert_null(gilt_instance_new(gilt_type(GILT_NONE)));
    assert_raised_text(GILT_TYPE_ERROR, "cannot create 'NoneType' instances");
}

/* ---- methods ---- */

static GiltObject *nothing(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_none();
}

static GiltObject *give_data(void *data, GiltObject *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_incref(data);
}

static GiltObject *tuple_of_arguments(void *data, GiltObject *const *arguments,
                                      size_t count) {
    (void)data;
    return gilt_tuple_new(arguments, count);
}

static GiltObject *set_x(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    if (count != 2) return gilt_raise(GILT_TYPE_ERROR, "takes 2 arguments");
    gilt_set_attr(arguments[0], gilt_intern("x"), arguments[1]);
    return gilt_none();
}

static void method(GiltObject *class, const char *name, GiltNative *native, void *data) {
    assert_true(set(class, name, gilt_function_new(name, native, data)));
}

TEST(calling_a_class_calls_its_init) {
    GiltObject *Point = class("Point", NULL), *Sub = class("Sub", Point);
    method(Point, "__init__", set_x, NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *seven = gilt_int(7000);
        GiltObject *p = gilt_call(Point, &seven, 1), *s = gilt_call(Sub, &seven, 1);
        assert_repr(get(p, "x"), "7000");
        assert_repr(get(s, "x"), "7000");
        assert_null(gilt_call(Point, NULL, 0));
        assert_raised_text(GILT_TYPE_ERROR, "takes 2 arguments");
        GiltObject *plain = gilt_instance_new(Point);
        assert_null(get(plain, "x"));
        assert_raised(GILT_ATTRIBUTE_ERROR);
        gilt_decref(plain);
        gilt_decref(s);
        gilt_decref(p);
        gilt_decref(seven);
    }
}

TEST(class_without_init_takes_no_arguments) {
    GiltObject *n = gilt_int(1);
    assert_null(gilt_call(class("Point", NULL), &n, 1));
    assert_raised_text(GILT_TYPE_ERROR, "Point() takes no arguments");
    testing_blocks = gilt_memory().blocks;
}

TEST(init_must_return_none) {
    GiltObject *Point = class("Point", NULL);
    method(Point, "__init__", give_data, Point);
    CHECKED_FOR_LEAKS {
        assert_null(make(Point));
        assert_raised_text(GILT_TYPE_ERROR, "__init__() should return None, not 'type'");
    }
}

TEST(method_gets_self_and_any_number_of_arguments) {
    GiltObject *Point = class("Point", NULL);
    method(Point, "all", tuple_of_arguments, NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *p = make(Point), *n[40];
        for (int i = 0; i < 40; i++) n[i] = gilt_int(i);
        assert_repr(gilt_call_method(p, gilt_intern("all"), n, 2),
                    "(<Point object>, 0, 1)");
        GiltObject *all = gilt_call_method(p, gilt_intern("all"), n, 40);
        assert_int_equal(gilt_tuple_size(all), 41);
        gilt_decref(all);
        assert_null(gilt_call_method(p, gilt_intern("none"), NULL, 0));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'none'");
        assert_repr(get(p, "all"), "<built-in function all>");
        gilt_decref(p);
    }
}

TEST(class_decides_repr_and_str) {
    GiltObject *A = class("A", NULL), *text = gilt_intern("shown"), *n = gilt_int(1);
    method(A, "__repr__", give_data, text);
    GiltObject *B = class("B", A), *C = class("C", A);
    method(B, "__str__", give_data, gilt_intern("to the reader"));
    method(C, "__repr__", give_data, n);
    CHECKED_FOR_LEAKS {
        GiltObject *b = make(B), *c = make(C);
        assert_repr(gilt_incref(b), "shown");
        assert_repr(gilt_str(b), "'to the reader'");
        assert_null(gilt_repr(c));
        assert_raised_text(GILT_TYPE_ERROR, "__repr__ returned non-string (type int)");
        gilt_decref(b);
        gilt_decref(c);
    }
}

TEST(instances_are_equal_if_they_are_the_same_or_their_class_says_so) {
    GiltObject *A = class("A", NULL), *B = class("B", A);
    GiltObject *one = make(B), *two = make(B);
    int64_t h1, h2;
    assert_int_equal(gilt_equal(one, two), 0);
    assert_true(gilt_hash(one, &h1) && gilt_hash(two, &h2) && h1 != h2);
    GiltObject *yes = gilt_bool(true), *n = gilt_int(77);
    method(A, "__eq__", give_data, yes); /* after B and its instances were made */
    assert_int_equal(gilt_equal(one, two), 1);
    assert_int_equal(gilt_equal(n, two), 1);
    assert_false(gilt_hash(one, &h1));
    assert_raised_text(GILT_TYPE_ERROR, "unhashable type: 'B'");
    method(A, "__hash__", give_data, n);
    assert_true(gilt_hash(one, &h1) && gilt_hash(n, &h2) && h1 == h2);
    method(A, "__hash__", nothing, NULL);
    assert_false(gilt_hash(one, &h1));
    assert_raised_text(GILT_TYPE_ERROR, "__hash__ method should return an integer");
    testing_blocks = gilt_memory().blocks - 2;
    gilt_decref(one);
    gilt_decref(two);
}

/* ---- fixed slots ---- */

TEST(slots_are_exactly_these_attributes) {
    GiltObject *Point = slotted("Point", NULL, xy);
    CHECKED_FOR_LEAKS {
        GiltObject *p = make(Point);
        assert_null(get(p, "x"));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'x'");
        assert_false(del(p, "x"));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'x'");
        assert_true(set(p, "x", gilt_int(1001)));
        assert_true(set(p, "y", gilt_int(1002)));
        assert_true(set(p, "x", gilt_int(1003)));
        assert_repr(get(p, "x"), "1003");
        assert_false(set(p, "z", gilt_int(1004)));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Point' object has no attribute 'z'");
        assert_true(del(p, "x"));
        assert_null(get(p, "x"));
        assert_raised(GILT_ATTRIBUTE_ERROR);
        assert_repr(get(p, "y"), "1002");
        gilt_decref(p);
    }
}

TEST(two_slots_take_32_bytes) {
    GiltObject *Point = slotted("Point", NULL, xy);
    bytes_of_one(Point, xy);
    CHECKED_FOR_LEAKS { assert_int_equal(bytes_of_one(Point, xy), 32); }
}

TEST(slots_are_inherited) {
    const char *const z[] = {"z", "x", NULL};
    GiltObject *Point = slotted("Point", NULL, xy), *Solid = slotted("Solid", Point, z);
    CHECKED_FOR_LEAKS {
        GiltObject *s = make(Solid);
        set(s, "x", gilt_int(1001));
        set(s, "y", gilt_int(1002));
        set(s, "z", gilt_int(1003));
        assert_repr(get(s, "x"), "1001");
        assert_repr(get(s, "y"), "1002");
        assert_repr(get(s, "z"), "1003");
        gilt_decref(s);
    }
    assert_int_equal(bytes_of_one(Solid, z), 16 + 3 * 8);
}

TEST(class_with_many_slots_finds_each) {
    static char text[300][16];
    const char *names[301] = {NULL};
    for (int i = 0; i < 300; i++) {
        snprintf(text[i], sizeof text[i], "s%d", i);
        names[i] = text[i];
    }
    GiltObject *Wide = slotted("Wide", NULL, names);
    CHECKED_FOR_LEAKS {
        GiltObject *w = make(Wide);
        for (int i = 0; i < 300; i++) assert_true(set(w, names[i], gilt_int(i)));
        for (int i = 0; i < 300; i++) {
            int64_t n = -1;
            GiltObject *value = get(w, names[i]);
            assert_true(gilt_int_value(value, &n) && n == i);
            gilt_decref(value);
        }
        assert_null(get(w, "s300"));
        assert_raised(GILT_ATTRIBUTE_ERROR);
        gilt_decref(w);
    }
}

TEST(class_without_slots_may_inherit_one_with_slots) {
    GiltObject *Point = slotted("Point", NULL, xy), *Free = class("Free", Point);
    CHECKED_FOR_LEAKS {
        GiltObject *f = make(Free);
        assert_true(set(f, "x", gilt_int(1001)));
        assert_true(set(f, "anything", gilt_int(1002)));
        assert_repr(get(f, "x"), "1001");
        assert_repr(get(f, "anything"), "1002");
        gilt_decref(f);
    }
}

TEST(no_slots_at_all_are_allowed) {
    const char *const none[] = {NULL};
    GiltObject *Empty = slotted("Empty", NULL, none);
    CHECKED_FOR_LEAKS {
        GiltObject *e = make(Empty);
        assert_false(set(e, "x", gilt_int(1)));
        assert_raised_text(GILT_ATTRIBUTE_ERROR, "'Empty' object has no attribute 'x'");
        gilt_decref(e);
    }
}

TEST(names_of_slots_must_be_identifiers_and_different) {
    const char *const digit[] = {"1x", NULL}, *const space[] = {"a b", NULL};
    const char *const empty[] = {"", NULL}, *const twice[] = {"x", "y", "x", NULL};
    CHECKED_FOR_LEAKS {
        assert_null(gilt_class_new("A", NULL, digit));
        assert_raised_text(GILT_TYPE_ERROR, "__slots__ must be identifiers");
        assert_null(gilt_class_new("A", NULL, space));
        assert_raised(GILT_TYPE_ERROR);
        assert_null(gilt_class_new("A", NULL, empty));
        assert_raised(GILT_TYPE_ERROR);
        assert_null(gilt_class_new("A", NULL, twice));
        assert_raised_text(GILT_TYPE_ERROR, "duplicate slot name 'x'");
    }
}

TEST(long_chain_of_instances_is_dropped_without_overflow) {
    GiltObject *Node = class("Node", NULL), *Pair = slotted("Pair", NULL, xy);
    CHECKED_FOR_LEAKS {
        GiltObject *first = gilt_none();
        for (int i = 0; i < 300000; i++) {
            GiltObject *next = make(i & 1 ? Node : Pair);
            set(next, "x", first);
            first = next;
        }
        gilt_decref(first);
    }
}

TESTS(test(instance_has_the_attributes_that_were_set),
      test(attribute_that_is_not_there_is_an_error),
      test(name_of_an_attribute_must_be_a_str), test(names_are_equal_by_text_not_by_object),
      test(instance_keeps_any_number_of_attributes),
      test(deleted_attribute_is_gone_and_the_others_stay),
      test(deleted_attribute_can_be_set_again),
      test(instances_of_many_orders_find_their_own_attributes),
      test(class_with_thousands_of_names_stays_usable),
      test(two_attributes_take_48_bytes_and_more_are_learned),
      test(attributes_are_looked_for_in_the_instance_then_the_class_then_its_bases),
      test(class_knows_its_name_and_instances_their_class),
      test(class_reports_what_it_does_not_have),
      test(built_in_types_and_their_objects_cannot_be_changed), test(base_must_be_a_class),
      test(only_classes_make_instances), test(calling_a_class_calls_its_init),
      test(class_without_init_takes_no_arguments), test(init_must_return_none),
      test(method_gets_self_and_any_number_of_arguments), test(class_decides_repr_and_str),
      test(instances_are_equal_if_they_are_the_same_or_their_class_says_so),
      test(slots_are_exactly_these_attributes), test(two_slots_take_32_bytes),
      test(slots_are_inherited), test(class_with_many_slots_finds_each),
      test(class_without_slots_may_inherit_one_with_slots),
      test(no_slots_at_all_are_allowed),
      test(names_of_slots_must_be_identifiers_and_different),
      test(long_chain_of_instances_is_dropped_without_overflow))
