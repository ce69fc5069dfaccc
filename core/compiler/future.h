/* future.h: from __future__ import ..., and the annotations that it makes into text. */
#pragma once
#include "core/compiler/ast.h"

/* Looks at the imports at the beginning, and notes in the tree what they ask for. false:
 * SyntaxError, there is no such feature. */
bool future_read(Ast *ast);

/* Is it such an import, at a place where future_read did not see it? */
bool future_is_late(const Ast *ast, const Node *node);

/* An expression as text, as it could be written: a new str. NULL, MemoryError. */
Object *unparse(Node *node);
