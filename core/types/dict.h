/* dict.h: the dict type. Its table, and what is atomic and why, is in table.h.
 *
 * dict.c is what gilt.h says about dicts, and what a dict is as an object; dict_methods.c
 * its methods and how it is made; dict_views.c its views and iterators. All of it accepts
 * heirs of dict, and works on their table past what they redefine. */
#pragma once
#include "core/object/native.h"

extern const TypeOps dict_ops;

/* A new reference to the value of `name`, a str, best an interned one; NULL, without an
 * exception, if there is none. For dicts all of whose keys are strs, such as the attributes
 * of a class: comparing them cannot raise. Takes no lock. */
Object *dict_find_interned(Object *dict, Object *name);

/* Sets the KeyError about this key: it shows as its repr. */
void dict_raise_key(Object *key);

/* As gilt_dict_set, with a key that was hashed before. */
struct Key;
bool dict_put(Object *dict, const struct Key *key, Object *value);

/* Takes the key out: 1 with its value; 0 it is not there; -1 with an exception. */
int dict_take_key(Object *dict, Object *key, Object **value);

/* Puts what is in the table of another dict, as it was at one moment. MemoryError, or what
 * comparing keys raised. */
bool dict_add_table(Object *dict, Object *other);

/* dict_methods.c: what TypeOps of dict and of the heirs of dict in C share. */
extern const Native dict_methods[];
Object *dict_make(Type *type, Object *const *arguments, size_t count, Object *names);
bool dict_init(Object *dict, Object *const *arguments, size_t count, Object *names);

/* As dict.update(other): of a dict, of what has keys(), or of pairs. */
bool dict_update(Object *dict, Object *other);

/* Can what keys() of a mapping has answered be iterated over? TypeError. */
bool keys_expect(const Object *mapping, const Object *keys);

/* Puts the keywords of a call, whose names are in a tuple. */
bool dict_add_keywords(Object *dict, Object *const *values, Object *names);

/* The value, a new reference, or else `otherwise`, or else None. NULL with an exception. */
Object *dict_get_or(Object *dict, Object *key, Object *otherwise);
Object *dict_operate(Operator op, Object *a, Object *b);
Object *dict_operate_update(Operator op, Object *a, Object *b);

/* dict_views.c: a view or iterator of one of the types TYPE_DICT_... */
Object *dict_view_new(uint32_t type, Object *dict);
Object *dict_iterator_new(uint32_t type, Object *dict);
Object *dict_iterate(Object *dict);

/* The next pair of an iterator of TYPE_DICT_ITEM_ITERATOR, without a tuple: new references.
 * false: the end, or an exception. */
bool dict_items_next(Object *iterator, Object **key, Object **value);
