/* anchors.h: which part of an expression's text a traceback marks with ^ between ~: the
 * operator of a binary operation, or the index of a subscript, as Python 3.11 and 3.12 do.
 *
 * The text is that of one expression that has been compiled, so it is read by tokens: where
 * that is not enough, there is just no anchor. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* The bytes from *from up to *to of the text are the anchor. false: it has none. */
bool anchors_find(const char *text, size_t bytes, size_t *from, size_t *to);
