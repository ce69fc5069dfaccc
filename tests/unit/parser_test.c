/* parser_test.c: programs become the trees that Python's ast makes of them, and mistakes
 * the SyntaxErrors of CPython 3.12. Expected trees and errors are those of Python 3.11
 * where that agrees with 3.12; for f-strings, of a later one. */
#include "tests/language/ast_dump.h"
#include "tests/testing.h"

static Ast *parsed(const char *text, size_t bytes, ParseMode mode, bool *incomplete) {
    GiltObject *filename = gilt_str_from("f");
    Ast *ast = parse(text, bytes, filename, mode, incomplete);
    gilt_decref(filename);
    return ast;
}

/* ---- Trees ---- */

typedef struct Tree {
    const char *text, *dump; /* of what is in the list `body` */
} Tree;

static void assert_tree(const char *text, size_t bytes, const char *dump) {
    char *got = NULL;
    size_t size;
    Ast *ast = parsed(text, bytes, PARSE_FILE, NULL);
    if (!ast) gilt_error_print();
    assert_non_null(ast);
    dump_out = open_memstream(&got, &size);
    for (size_t i = 0; i < ast->body.count; i++) {
        if (i) fputs(", ", dump_out);
        node_dump(ast->body.items[i]);
    }
    fclose(dump_out);
    assert_string_equal(got, dump);
    free(got);
    ast_free(ast);
}

static const Tree trees[] = {
    /* clang-format off */
    {"x = 1",
     "Assign(targets=[Name(id='x', ctx=Store())], value=Constant(value=1))"},
    {"x = y, *z = [1, 2]",
     "Assign(targets=[Name(id='x', ctx=Store()), Tuple(elts=[Name(id='y', ctx=Store(" ")), Starred(value=Name(id='z', ctx=Store()), ctx=Store())], ctx=Store())], val" "ue=List(elts=[Constant(value=1), Constant(value=2)], ctx=Load()))"},
    {"(x) = (y,) = ()",
     "Assign(targets=[Name(id='x', ctx=Store()), Tuple(elts=[Name(id='y', ctx=Store(" "))], ctx=Store())], value=Tuple(elts=[], ctx=Load()))"},
    {"x: int",
     "AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load" "()), simple=1)"},
    {"x.y: \"int\" = 1",
     "AnnAssign(target=Attribute(value=Name(id='x', ctx=Load()), attr='y', ctx=Store" "()), annotation=Constant(value='int'), value=Constant(value=1), simple=0)"},
    {"(x): int",
     "AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load" "()), simple=0)"},
    {"x //= yield",
     "AugAssign(target=Name(id='x', ctx=Store()), op=FloorDiv(), value=Yield())"},
    {"del a, (b, c), d[0]",
     "Delete(targets=[Name(id='a', ctx=Del()), Tuple(elts=[Name(id='b', ctx=Del()), " "Name(id='c', ctx=Del())], ctx=Del()), Subscript(value=Name(id='d', ctx=Load())" ", slice=Constant(value=0), ctx=Del())])"},
    {"a < b <= c is not d not in e",
     "Expr(value=Compare(left=Name(id='a', ctx=Load()), ops=[Lt(), LtE(), IsNot(), N" "otIn()], comparators=[Name(id='b', ctx=Load()), Name(id='c', ctx=Load()), Name" "(id='d', ctx=Load()), Name(id='e', ctx=Load())]))"},
    {"not a or b and c or d",
     "Expr(value=BoolOp(op=Or(), values=[UnaryOp(op=Not(), operand=Name(id='a', ctx=" "Load())), BoolOp(op=And(), values=[Name(id='b', ctx=Load()), Name(id='c', ctx=" "Load())]), Name(id='d', ctx=Load())]))"},
    {"-x ** -y ** 2 @ z",
     "Expr(value=BinOp(left=UnaryOp(op=USub(), operand=BinOp(left=Name(id='x', ctx=L" "oad()), op=Pow(), right=UnaryOp(op=USub(), operand=BinOp(left=Name(id='y', ctx" "=Load()), op=Pow(), right=Constant(value=2))))), op=MatMult(), right=Name(id='" "z', ctx=Load())))"},
    {"a if b else c if d else e",
     "Expr(value=IfExp(test=Name(id='b', ctx=Load()), body=Name(id='a', ctx=Load())," " orelse=IfExp(test=Name(id='d', ctx=Load()), body=Name(id='c', ctx=Load()), or" "else=Name(id='e', ctx=Load()))))"},
    {"lambda: 0",
     "Expr(value=Lambda(args=arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_de" "faults=[], defaults=[]), body=Constant(value=0)))"},
    {"lambda a, b=1, /, c=2, *d, e, f=3, **g: a",
     "Expr(value=Lambda(args=arguments(posonlyargs=[arg(arg='a'), arg(arg='b')], arg" "s=[arg(arg='c')], vararg=arg(arg='d'), kwonlyargs=[arg(arg='e'), arg(arg='f')]" ", kw_defaults=[None, Constant(value=3)], kwarg=arg(arg='g'), defaults=[Constan" "t(value=1), Constant(value=2)]), body=Name(id='a', ctx=Load())))"},
    {"f(a, *b, c=1, *d, **e)",
     "Expr(value=Call(func=Name(id='f', ctx=Load()), args=[Name(id='a', ctx=Load())," " Starred(value=Name(id='b', ctx=Load()), ctx=Load()), Starred(value=Name(id='d" "', ctx=Load()), ctx=Load())], keywords=[keyword(arg='c', value=Constant(value=" "1)), keyword(value=Name(id='e', ctx=Load()))]))"},
    {"f(x for x in y)",
     "Expr(value=Call(func=Name(id='f', ctx=Load()), args=[GeneratorExp(elt=Name(id=" "'x', ctx=Load()), generators=[comprehension(target=Name(id='x', ctx=Store()), " "iter=Name(id='y', ctx=Load()), ifs=[], is_async=0)])], keywords=[]))"},
    {"a.b[1:2, ::3, *c](d)[:]",
     "Expr(value=Subscript(value=Call(func=Subscript(value=Attribute(value=Name(id='" "a', ctx=Load()), attr='b', ctx=Load()), slice=Tuple(elts=[Slice(lower=Constant" "(value=1), upper=Constant(value=2)), Slice(step=Constant(value=3)), Starred(va" "lue=Name(id='c', ctx=Load()), ctx=Load())], ctx=Load()), ctx=Load()), args=[Na" "me(id='d', ctx=Load())], keywords=[]), slice=Slice(), ctx=Load()))"},
    {"{**a, 1: 2}, {1, *b}, {}",
     "Expr(value=Tuple(elts=[Dict(keys=[None, Constant(value=1)], values=[Name(id='a" "', ctx=Load()), Constant(value=2)]), Set(elts=[Constant(value=1), Starred(valu" "e=Name(id='b', ctx=Load()), ctx=Load())]), Dict(keys=[], values=[])], ctx=Load" "()))"},
    {"[x for x in y for z in w if x if z]",
     "Expr(value=ListComp(elt=Name(id='x', ctx=Load()), generators=[comprehension(ta" "rget=Name(id='x', ctx=Store()), iter=Name(id='y', ctx=Load()), ifs=[], is_asyn" "c=0), comprehension(target=Name(id='z', ctx=Store()), iter=Name(id='w', ctx=Lo" "ad()), ifs=[Name(id='x', ctx=Load()), Name(id='z', ctx=Load())], is_async=0)])" ")"},
    {"[x for x, in y for z in x if z if w]",
     "Expr(value=ListComp(elt=Name(id='x', ctx=Load()), generators=[comprehension(ta" "rget=Tuple(elts=[Name(id='x', ctx=Store())], ctx=Store()), iter=Name(id='y', c" "tx=Load()), ifs=[], is_async=0), comprehension(target=Name(id='z', ctx=Store()" "), iter=Name(id='x', ctx=Load()), ifs=[Name(id='z', ctx=Load()), Name(id='w', " "ctx=Load())], is_async=0)]))"},
    {"{k: v for k, v in x}",
     "Expr(value=DictComp(key=Name(id='k', ctx=Load()), value=Name(id='v', ctx=Load(" ")), generators=[comprehension(target=Tuple(elts=[Name(id='k', ctx=Store()), Na" "me(id='v', ctx=Store())], ctx=Store()), iter=Name(id='x', ctx=Load()), ifs=[]," " is_async=0)]))"},
    {"(y := 1, *z)",
     "Expr(value=Tuple(elts=[NamedExpr(target=Name(id='y', ctx=Store()), value=Const" "ant(value=1)), Starred(value=Name(id='z', ctx=Load()), ctx=Load())], ctx=Load(" ")))"},
    {"0xFF, 0o17, 0b101, 1_000, 00, 1.5e3, .5, 123456789012345678901234567890",
     "Expr(value=Tuple(elts=[Constant(value=255), Constant(value=15), Constant(value" "=5), Constant(value=1000), Constant(value=0), Constant(value=1500.0), Constant" "(value=0.5), Constant(value=123456789012345678901234567890)], ctx=Load()))"},
    {"'a' \"b\" r'\\n' '\\n\\x41\\u00e9\\U0001F600\\N{DIGIT ONE}\\101\\\nz'",
     "Expr(value=Constant(value='ab\\\\n\\nA\303\251\360\237\230\2001Az'))"},
    {"b'a\\xff\\0' rb'\\n'",
     "Expr(value=Constant(value=b'a\\xff\\x00\\\\n'))"},
    {"..., None, True, False",
     "Expr(value=Tuple(elts=[Constant(value=Ellipsis), Constant(value=None), Constan" "t(value=True), Constant(value=False)], ctx=Load()))"},
    {"import a.b as c, d",
     "Import(names=[alias(name='a.b', asname='c'), alias(name='d')])"},
    {"from . import a",
     "ImportFrom(names=[alias(name='a')], level=1)"},
    {"from ...b.c import (d as e, f,)",
     "ImportFrom(module='b.c', names=[alias(name='d', asname='e'), alias(name='f')]," " level=3)"},
    {"from a import *",
     "ImportFrom(module='a', names=[alias(name='*')], level=0)"},
    {"global a, b",
     "Global(names=['a', 'b'])"},
    {"nonlocal c",
     "Nonlocal(names=['c'])"},
    {"assert a, b",
     "Assert(test=Name(id='a', ctx=Load()), msg=Name(id='b', ctx=Load()))"},
    {"raise a from b",
     "Raise(exc=Name(id='a', ctx=Load()), cause=Name(id='b', ctx=Load()))"},
    {"return",
     "Return()"},
    {"while a: break",
     "While(test=Name(id='a', ctx=Load()), body=[Break()], orelse=[])"},
    {"while a:\n    continue\nelse: pass",
     "While(test=Name(id='a', ctx=Load()), body=[Continue()], orelse=[Pass()])"},
    {"if a: b; c\nelif d: e\nelse: f",
     "If(test=Name(id='a', ctx=Load()), body=[Expr(value=Name(id='b', ctx=Load())), " "Expr(value=Name(id='c', ctx=Load()))], orelse=[If(test=Name(id='d', ctx=Load()" "), body=[Expr(value=Name(id='e', ctx=Load()))], orelse=[Expr(value=Name(id='f'" ", ctx=Load()))])])"},
    {"for a, *b in c, d: pass",
     "For(target=Tuple(elts=[Name(id='a', ctx=Store()), Starred(value=Name(id='b', c" "tx=Store()), ctx=Store())], ctx=Store()), iter=Tuple(elts=[Name(id='c', ctx=Lo" "ad()), Name(id='d', ctx=Load())], ctx=Load()), body=[Pass()], orelse=[])"},
    {"with a as b, c: pass",
     "With(items=[withitem(context_expr=Name(id='a', ctx=Load()), optional_vars=Name" "(id='b', ctx=Store())), withitem(context_expr=Name(id='c', ctx=Load()))], body" "=[Pass()])"},
    {"with (a as b, c as d,): pass",
     "With(items=[withitem(context_expr=Name(id='a', ctx=Load()), optional_vars=Name" "(id='b', ctx=Store())), withitem(context_expr=Name(id='c', ctx=Load()), option" "al_vars=Name(id='d', ctx=Store()))], body=[Pass()])"},
    {"with (a, b) as c: pass",
     "With(items=[withitem(context_expr=Tuple(elts=[Name(id='a', ctx=Load()), Name(i" "d='b', ctx=Load())], ctx=Load()), optional_vars=Name(id='c', ctx=Store()))], b" "ody=[Pass()])"},
    {"with (yield): pass",
     "With(items=[withitem(context_expr=Yield())], body=[Pass()])"},
    {"try: a\nexcept b as c: d\nexcept: e\nelse: f\nfinally: g",
     "Try(body=[Expr(value=Name(id='a', ctx=Load()))], handlers=[ExceptHandler(type=" "Name(id='b', ctx=Load()), name='c', body=[Expr(value=Name(id='d', ctx=Load()))" "]), ExceptHandler(body=[Expr(value=Name(id='e', ctx=Load()))])], orelse=[Expr(" "value=Name(id='f', ctx=Load()))], finalbody=[Expr(value=Name(id='g', ctx=Load(" ")))])"},
    {"try: a\nexcept* b: c",
     "TryStar(body=[Expr(value=Name(id='a', ctx=Load()))], handlers=[ExceptHandler(t" "ype=Name(id='b', ctx=Load()), body=[Expr(value=Name(id='c', ctx=Load()))])], o" "relse=[], finalbody=[])"},
    {"@a.b\n@c(d)\ndef f(a: int, *args: b, c=1, **d) -> e:\n    \"doc\"\n    yield a" "\n    return (yield from b)",
     "FunctionDef(name='f', args=arguments(posonlyargs=[], args=[arg(arg='a', annota" "tion=Name(id='int', ctx=Load()))], vararg=arg(arg='args', annotation=Name(id='" "b', ctx=Load())), kwonlyargs=[arg(arg='c')], kw_defaults=[Constant(value=1)], " "kwarg=arg(arg='d'), defaults=[]), body=[Expr(value=Constant(value='doc')), Exp" "r(value=Yield(value=Name(id='a', ctx=Load()))), Return(value=YieldFrom(value=N" "ame(id='b', ctx=Load())))], decorator_list=[Attribute(value=Name(id='a', ctx=L" "oad()), attr='b', ctx=Load()), Call(func=Name(id='c', ctx=Load()), args=[Name(" "id='d', ctx=Load())], keywords=[])], returns=Name(id='e', ctx=Load()))"},
    {"class A(B, *c, metaclass=D, **e): x = 1",
     "ClassDef(name='A', bases=[Name(id='B', ctx=Load()), Starred(value=Name(id='c'," " ctx=Load()), ctx=Load())], keywords=[keyword(arg='metaclass', value=Name(id='" "D', ctx=Load())), keyword(value=Name(id='e', ctx=Load()))], body=[Assign(targe" "ts=[Name(id='x', ctx=Store())], value=Constant(value=1))], decorator_list=[])"},
    {"match = case = type = _ = 1; match[0]; type(case)",
     "Assign(targets=[Name(id='match', ctx=Store()), Name(id='case', ctx=Store()), N" "ame(id='type', ctx=Store()), Name(id='_', ctx=Store())], value=Constant(value=" "1)), Expr(value=Subscript(value=Name(id='match', ctx=Load()), slice=Constant(v" "alue=0), ctx=Load())), Expr(value=Call(func=Name(id='type', ctx=Load()), args=" "[Name(id='case', ctx=Load())], keywords=[]))"},
    {"match, print = 1, 2",
     "Assign(targets=[Tuple(elts=[Name(id='match', ctx=Store()), Name(id='print', ct" "x=Store())], ctx=Store())], value=Tuple(elts=[Constant(value=1), Constant(valu" "e=2)], ctx=Load()))"},
    {"\303\251\360\235\220\261 = \302\265",
     "Assign(targets=[Name(id='\303\251x', ctx=Store())], value=Name(id='\316\274', " "ctx=Load()))"},
    /* clang-format on */
};

/* Names stay: what the second time leaves behind is a leak. */
static void names_are_known(void) { testing_blocks = gilt_memory().blocks; }

TEST(programs_become_trees) {
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        ast_free(parsed(trees[i].text, strlen(trees[i].text), PARSE_FILE, NULL));
    names_are_known();
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        assert_tree(trees[i].text, strlen(trees[i].text), trees[i].dump);
}

static const Tree fstrings[] = {
    /* clang-format off */
    {"f''",
     "Expr(value=JoinedStr(values=[]))"},
    {"f'a{b}c'",
     "Expr(value=JoinedStr(values=[Constant(value='a'), FormattedValue(value=Name(id" "='b', ctx=Load()), conversion=-1), Constant(value='c')]))"},
    {"f'{a!r:>{b}}{c=}{d = !s}{e=:x}'",
     "Expr(value=JoinedStr(values=[FormattedValue(value=Name(id='a', ctx=Load()), co" "nversion=114, format_spec=JoinedStr(values=[Constant(value='>'), FormattedValu" "e(value=Name(id='b', ctx=Load()), conversion=-1)])), Constant(value='c='), For" "mattedValue(value=Name(id='c', ctx=Load()), conversion=114), Constant(value='d" " = '), FormattedValue(value=Name(id='d', ctx=Load()), conversion=115), Constan" "t(value='e='), FormattedValue(value=Name(id='e', ctx=Load()), conversion=-1, f" "ormat_spec=JoinedStr(values=[Constant(value='x')]))]))"},
    {"f\"{a[\"b\"]}{f'{c}'}\"",
     "Expr(value=JoinedStr(values=[FormattedValue(value=Subscript(value=Name(id='a'," " ctx=Load()), slice=Constant(value='b'), ctx=Load()), conversion=-1), Formatte" "dValue(value=JoinedStr(values=[FormattedValue(value=Name(id='c', ctx=Load()), " "conversion=-1)]), conversion=-1)]))"},
    {"f'{{{a}}}' 'x' rf'\\{b}'",
     "Expr(value=JoinedStr(values=[Constant(value='{'), FormattedValue(value=Name(id" "='a', ctx=Load()), conversion=-1), Constant(value='}x\\\\'), FormattedValue(va" "lue=Name(id='b', ctx=Load()), conversion=-1)]))"},
    {"f'{(lambda x: 1)}{a:{b!s}:}{a!=b}{(a:=1)}{*a, b}'",
     "Expr(value=JoinedStr(values=[FormattedValue(value=Lambda(args=arguments(posonl" "yargs=[], args=[arg(arg='x')], kwonlyargs=[], kw_defaults=[], defaults=[]), bo" "dy=Constant(value=1)), conversion=-1), FormattedValue(value=Name(id='a', ctx=L" "oad()), conversion=-1, format_spec=JoinedStr(values=[FormattedValue(value=Name" "(id='b', ctx=Load()), conversion=115), Constant(value=':')])), FormattedValue(" "value=Compare(left=Name(id='a', ctx=Load()), ops=[NotEq()], comparators=[Name(" "id='b', ctx=Load())]), conversion=-1), FormattedValue(value=NamedExpr(target=N" "ame(id='a', ctx=Store()), value=Constant(value=1)), conversion=-1), FormattedV" "alue(value=Tuple(elts=[Starred(value=Name(id='a', ctx=Load()), ctx=Load()), Na" "me(id='b', ctx=Load())], ctx=Load()), conversion=-1)]))"},
    {"f'''{\na # comment\n=:{b}\n}'''",
     "Expr(value=JoinedStr(values=[Constant(value='\\na \\n='), FormattedValue(value" "=Name(id='a', ctx=Load()), conversion=-1, format_spec=JoinedStr(values=[Format" "tedValue(value=Name(id='b', ctx=Load()), conversion=-1), Constant(value='\\n')" "]))]))"},
    {"f'\\N{DIGIT ONE}{a:\\x41}'",
     "Expr(value=JoinedStr(values=[Constant(value='1'), FormattedValue(value=Name(id" "='a', ctx=Load()), conversion=-1, format_spec=JoinedStr(values=[Constant(value" "='A')]))]))"},
    {"'a' f'{b}' 'c' f'd{e}' ''",
     "Expr(value=JoinedStr(values=[Constant(value='a'), FormattedValue(value=Name(id" "='b', ctx=Load()), conversion=-1), Constant(value='cd'), FormattedValue(value=" "Name(id='e', ctx=Load()), conversion=-1)]))"},
    /* clang-format on */
};

TEST(fstrings_become_joined_strs) {
    for (size_t i = 0; i < sizeof fstrings / sizeof *fstrings; i++)
        assert_tree(fstrings[i].text, strlen(fstrings[i].text), fstrings[i].dump);
}

TEST(text_is_decoded) {
    static const char *const texts[] = {
        "\xEF\xBB\xBF'\u00e9\\n'",
        "# coding: latin-1\n'\xE9\\n'",
        "\n# -*- coding: iso-8859-1 -*-\r\n'\xE9\\n'\r\n",
        "'''\u00e9\r\n'''\r",
        "'''\u00e9\r'''",
        "\f\r\n\f'\u00e9\\n'\n  # no indent\n\t",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_tree(texts[i], strlen(texts[i]), "Expr(value=Constant(value='\u00e9\\n'))");
    assert_tree("", 0, "");
    assert_tree("# nothing", 9, "");
}

TEST(columns_count_code_points) {
    static const char text[] = "\u00e9 = (\n  '\u20ac' +\n  b)";
    Ast *ast = parsed(text, strlen(text), PARSE_FILE, NULL);
    const Node *node = ast->body.items[0];
    assert_int_equal(node->place.end_line, 3);
    assert_int_equal(node->place.end_column, 4);
    const Node *sum = node->assign.value;
    assert_int_equal(sum->place.line, 2);
    assert_int_equal(sum->place.column, 2);
    assert_int_equal(sum->bin_op.left->place.end_column, 5);
    assert_int_equal(sum->bin_op.right->place.column, 2);
    ast_free(ast);
}

/* ---- Mistakes ---- */

typedef struct Wrong {
    const char *text;
    GiltType type;
    const char *message;
    int line, offset, end_line, end_offset;
} Wrong;

static int64_t int_at(GiltObject *tuple, ssize_t index) {
    int64_t value = -100;
    GiltObject *item = gilt_tuple_get(tuple, index);
    assert_true(gilt_int_value(item, &value));
    gilt_decref(item);
    return value;
}

static void assert_wrong(const Wrong *w, size_t bytes) {
    Ast *ast = parsed(w->text, bytes, PARSE_FILE, NULL);
    if (ast) fail_msg("this is no mistake: %s", w->text);
    GiltObject *error = gilt_error_take();
    GiltObject *args = gilt_get_attr(error, gilt_intern("args"));
    GiltObject *message = gilt_tuple_get(args, 0), *where = gilt_tuple_get(args, 1);
    char *text = gilt_str_utf8(message, NULL);
    assert_string_equal(text, w->message);
    assert_ptr_equal(gilt_type_of(error), gilt_type(w->type));
    assert_int_equal(int_at(where, 1), w->line);
    assert_int_equal(int_at(where, 2), w->offset);
    assert_int_equal(int_at(where, 4), w->end_line);
    assert_int_equal(int_at(where, 5), w->end_offset);
    free(text);
    gilt_decref(where), gilt_decref(message), gilt_decref(args), gilt_decref(error);
}

static const Wrong mistakes[] = {
    /* clang-format off */
    {"a b", GILT_SYNTAX_ERROR, "invalid syntax", 1, 3, 1, 4},
    {"x = (1 2)", GILT_SYNTAX_ERROR, "invalid syntax. Perhaps you forgot a comma?", 1, 6, 1, 9},
    {"x = (1,\ny = 2", GILT_SYNTAX_ERROR, "'(' was never closed", 1, 5, 1, 0},
    {"x = 1)", GILT_SYNTAX_ERROR, "unmatched ')'", 1, 6, 1, 6},
    {"x = (1]", GILT_SYNTAX_ERROR, "closing parenthesis ']' does not match opening parenthesis '('", 1, 7, 1, 7},
    {"x = (1,\n]", GILT_SYNTAX_ERROR, "closing parenthesis ']' does not match opening parenthesis '(' on line 1", 2, 1, 2, 1},
    {"x = 'abc", GILT_SYNTAX_ERROR, "unterminated string literal (detected at line 1)", 1, 5, 1, 5},
    {"'''abc\nd", GILT_SYNTAX_ERROR, "unterminated triple-quoted string literal (detected at line 2)", 1, 1, 1, 1},
    {"if x\n    y", GILT_SYNTAX_ERROR, "expected ':'", 1, 5, 1, 6},
    {"if x:\ny", GILT_INDENTATION_ERROR, "expected an indented block after 'if' statement on line 1", 2, 1, 2, 2},
    {"def f():\ny", GILT_INDENTATION_ERROR, "expected an indented block after function definition on line 1", 2, 1, 2, 2},
    {"class A:\n    def f(self):\n    x", GILT_INDENTATION_ERROR, "expected an indented block after function definition on line 2", 3, 5, 3, 6},
    {"  x", GILT_INDENTATION_ERROR, "unexpected indent", 1, 2, 1, -1},
    {"x\n  y", GILT_INDENTATION_ERROR, "unexpected indent", 2, 2, 2, -1},
    {"if x:\n    y\n  z", GILT_INDENTATION_ERROR, "unindent does not match any outer indentation level", 3, 4, 3, -1},
    {"if x:\n\ty\n        z", GILT_TAB_ERROR, "inconsistent use of tabs and spaces in indentation", 3, 1, 3, 0},
    {"if x = 1: pass", GILT_SYNTAX_ERROR, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 1, 4, 1, 9},
    {"f() = 1", GILT_SYNTAX_ERROR, "cannot assign to function call here. Maybe you meant '==' instead of '='?", 1, 1, 1, 4},
    {"f() += 1", GILT_SYNTAX_ERROR, "'function call' is an illegal expression for augmented assignment", 1, 1, 1, 4},
    {"a, 1 = 2", GILT_SYNTAX_ERROR, "cannot assign to literal here. Maybe you meant '==' instead of '='?", 1, 4, 1, 5},
    {"None = 1", GILT_SYNTAX_ERROR, "cannot assign to None", 1, 1, 1, 5},
    {"x = f() = 1", GILT_SYNTAX_ERROR, "cannot assign to function call", 1, 5, 1, 8},
    {"(a, b): int", GILT_SYNTAX_ERROR, "only single target (not tuple) can be annotated", 1, 1, 1, 7},
    {"f(): int", GILT_SYNTAX_ERROR, "illegal target for annotation", 1, 1, 1, 4},
    {"for f() in x: pass", GILT_SYNTAX_ERROR, "cannot assign to function call", 1, 5, 1, 8},
    {"with a as 1: pass", GILT_SYNTAX_ERROR, "cannot assign to literal", 1, 11, 1, 12},
    {"del f()", GILT_SYNTAX_ERROR, "cannot delete function call", 1, 5, 1, 8},
    {"f(a=1, b)", GILT_SYNTAX_ERROR, "positional argument follows keyword argument", 1, 9, 1, 10},
    {"f(**a, b)", GILT_SYNTAX_ERROR, "positional argument follows keyword argument unpacking", 1, 9, 1, 10},
    {"f(**a, *b)", GILT_SYNTAX_ERROR, "iterable argument unpacking follows keyword argument unpacking", 1, 8, 1, 9},
    {"f(a.b=1)", GILT_SYNTAX_ERROR, "expression cannot contain assignment, perhaps you meant \"==\"?", 1, 3, 1, 7},
    {"f(True=1)", GILT_SYNTAX_ERROR, "cannot assign to True", 1, 3, 1, 8},
    {"f(a for a in b, c)", GILT_SYNTAX_ERROR, "Generator expression must be parenthesized", 1, 3, 1, 15},
    {"f(a=b for b in c)", GILT_SYNTAX_ERROR, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 1, 3, 1, 5},
    {"[a, b for c in d]", GILT_SYNTAX_ERROR, "did you forget parentheses around the comprehension target?", 1, 2, 1, 6},
    {"[*a for a in b]", GILT_SYNTAX_ERROR, "iterable unpacking cannot be used in comprehension", 1, 2, 1, 4},
    {"(*a)", GILT_SYNTAX_ERROR, "cannot use starred expression here", 1, 2, 1, 4},
    {"{1: 2, 3}", GILT_SYNTAX_ERROR, "':' expected after dictionary key", 1, 8, 1, 0},
    {"{1: }", GILT_SYNTAX_ERROR, "expression expected after dictionary key and ':'", 1, 3, 1, 4},
    {"a if b", GILT_SYNTAX_ERROR, "expected 'else' after 'if' expression", 1, 1, 1, 7},
    {"print 1", GILT_SYNTAX_ERROR, "Missing parentheses in call to 'print'. Did you mean print(...)?", 1, 1, 1, 8},
    {"(a.b := 1)", GILT_SYNTAX_ERROR, "cannot use assignment expressions with attribute", 1, 2, 1, 5},
    {"a := 1", GILT_SYNTAX_ERROR, "invalid syntax", 1, 3, 1, 5},
    {"try: pass\nx", GILT_SYNTAX_ERROR, "expected 'except' or 'finally' block", 2, 1, 2, 2},
    {"try: pass\nexcept a, b: pass", GILT_SYNTAX_ERROR, "multiple exception types must be parenthesized", 2, 8, 2, 12},
    {"try: pass\nexcept a: pass\nexcept* b: pass", GILT_SYNTAX_ERROR, "cannot have both 'except' and 'except*' on the same 'try'", 3, 1, 3, 8},
    {"def f(a=1, b): pass", GILT_SYNTAX_ERROR, "parameter without a default follows parameter with a default", 1, 12, 1, 13},
    {"def f(*): pass", GILT_SYNTAX_ERROR, "named arguments must follow bare *", 1, 7, 1, 8},
    {"def f(**a, b): pass", GILT_SYNTAX_ERROR, "arguments cannot follow var-keyword argument", 1, 12, 1, 13},
    {"def f(/, a): pass", GILT_SYNTAX_ERROR, "at least one argument must precede /", 1, 7, 1, 8},
    {"def f(a, /, b, /): pass", GILT_SYNTAX_ERROR, "/ may appear only once", 1, 16, 1, 17},
    {"def f(*a, *b): pass", GILT_SYNTAX_ERROR, "* argument may appear only once", 1, 11, 1, 12},
    {"def f((a, b)): pass", GILT_SYNTAX_ERROR, "Function parameters cannot be parenthesized", 1, 7, 1, 13},
    {"lambda (a): 0", GILT_SYNTAX_ERROR, "Lambda expression parameters cannot be parenthesized", 1, 8, 1, 11},
    {"def f: pass", GILT_SYNTAX_ERROR, "expected '('", 1, 6, 1, 7},
    {"from a import b,", GILT_SYNTAX_ERROR, "trailing comma not allowed without surrounding parentheses", 1, 17, 1, 18},
    {"import a from b", GILT_SYNTAX_ERROR, "Did you mean to use 'from ... import ...' instead?", 1, 1, 1, 16},
    {"1__0", GILT_SYNTAX_ERROR, "invalid decimal literal", 1, 2, 1, 2},
    {"0777", GILT_SYNTAX_ERROR, "leading zeros in decimal integer literals are not permitted; use an 0o prefix " "for octal integers", 1, 1, 1, 2},
    {"0b2", GILT_SYNTAX_ERROR, "invalid digit '2' in binary literal", 1, 3, 1, 3},
    {"0xg", GILT_SYNTAX_ERROR, "invalid hexadecimal literal", 1, 2, 1, 2},
    {"1a", GILT_SYNTAX_ERROR, "invalid decimal literal", 1, 1, 1, 1},
    {"x\342\202\254 = 1", GILT_SYNTAX_ERROR, "invalid character '\342\202\254' (U+20AC)", 1, 2, 1, 2},
    {"a $ b", GILT_SYNTAX_ERROR, "invalid syntax", 1, 3, 1, 4},
    {"b'\303\251'", GILT_SYNTAX_ERROR, "bytes can only contain ASCII literal characters", 1, 1, 1, 5},
    {"'\303\251\\x1'", GILT_SYNTAX_ERROR, "(unicode error) 'unicodeescape' codec can't decode bytes in position 10-12: tr" "uncated \\xXX escape", 1, 1, 1, 7},
    {"'\\N{no such}'", GILT_SYNTAX_ERROR, "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-10: unk" "nown Unicode character name", 1, 1, 1, 14},
    {"'a' b'b'", GILT_SYNTAX_ERROR, "cannot mix bytes and nonbytes literals", 1, 9, 1, 10},
    {"a \\ b", GILT_SYNTAX_ERROR, "unexpected character after line continuation character", 1, 4, 1, 0},
    {"a \\", GILT_SYNTAX_ERROR, "unexpected EOF while parsing", 1, 4, 1, -1},
    {"x = \303\251 \303\274", GILT_SYNTAX_ERROR, "invalid syntax", 1, 7, 1, 8},
    {"else: pass", GILT_SYNTAX_ERROR, "invalid syntax", 1, 1, 1, 5},
    {"return = 1", GILT_SYNTAX_ERROR, "invalid syntax", 1, 8, 1, 9},
    {"a not b", GILT_SYNTAX_ERROR, "invalid syntax", 1, 7, 1, 8},
    {"x = yield = 1", GILT_SYNTAX_ERROR, "assignment to yield expression not possible", 1, 5, 1, 10},
    {"f'{a b}'", GILT_SYNTAX_ERROR, "invalid syntax. Perhaps you forgot a comma?", 1, 4, 1, 7},
    {"f'{}'", GILT_SYNTAX_ERROR, "f-string: valid expression required before '}'", 1, 4, 1, 5},
    {"f'{a'", GILT_SYNTAX_ERROR, "f-string: expecting '}'", 1, 5, 1, 5},
    {"f'{a!x}'", GILT_SYNTAX_ERROR, "f-string: invalid conversion character 'x': expected 's', 'r', or 'a'", 1, 6, 1, 7},
    {"f'}'", GILT_SYNTAX_ERROR, "f-string: single '}' is not allowed", 1, 3, 1, 3},
    {"f'{a:{b:{c:{d}}}}'", GILT_SYNTAX_ERROR, "f-string: expressions nested too deeply", 1, 11, 1, 11},
    {"f'{lambda x: 1}'", GILT_SYNTAX_ERROR, "f-string: lambda expressions are not allowed without parentheses", 1, 4, 1, 13},
    {"async def f(): pass", GILT_SYNTAX_ERROR, "'async' is not supported", 1, 1, 1, 6},
    {"await x", GILT_SYNTAX_ERROR, "'await' is not supported", 1, 1, 1, 6},
    {"match x:\n    case 1: pass", GILT_SYNTAX_ERROR, "match statements are not supported", 1, 1, 1, 6},
    {"type X = int", GILT_SYNTAX_ERROR, "type statements are not supported", 1, 1, 1, 5},
    {"def f[T](): pass", GILT_SYNTAX_ERROR, "type parameters are not supported", 1, 6, 1, 7},
    {"class A[T]: pass\n", GILT_SYNTAX_ERROR, "type parameters are not supported", 1, 8, 1, 9},
    /* clang-format on */
};

TEST(mistakes_are_told_as_cpython_does) {
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        assert_wrong(&mistakes[i], strlen(mistakes[i].text));
    names_are_known();
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        assert_wrong(&mistakes[i], strlen(mistakes[i].text));
}

TEST(text_that_cannot_be_read_is_a_syntax_error) {
    static const Wrong unknown = {
        "# coding: rot13\n", GILT_SYNTAX_ERROR, "unknown encoding: rot13", 1, 1, 1, 0};
    static const Wrong marked = {"\xEF\xBB\xBF# coding: latin-1\n",
                                 GILT_SYNTAX_ERROR,
                                 "encoding problem: latin-1 with BOM",
                                 1,
                                 1,
                                 1,
                                 0};
    static const Wrong nul = {
        "x\ny\0", GILT_SYNTAX_ERROR, "source code string cannot contain null bytes", 2, 1, 2, 0};
    static const Wrong not_utf8 = {
        "x\n'\xFF'",
        GILT_SYNTAX_ERROR,
        "Non-UTF-8 code starting with '\\xff' in file f on line 2, but no encoding "
        "declared; see https://peps.python.org/pep-0263/ for details",
        2,
        1,
        2,
        0};
    assert_wrong(&unknown, strlen(unknown.text));
    assert_wrong(&marked, strlen(marked.text));
    assert_wrong(&nul, 4);
    assert_wrong(&not_utf8, strlen(not_utf8.text));
}

/* ---- Depth ---- */

/* What `head`, then `part` many times, then `tail` raise. */
static GiltType raised_by(const char *head, const char *part, size_t times,
                          const char *tail) {
    static const GiltType types[] = {GILT_RECURSION_ERROR, GILT_SYNTAX_ERROR};
    size_t length = strlen(part);
    char *text = malloc(strlen(head) + length * times + strlen(tail) + 1), *at = text;
    at += sprintf(at, "%s", head);
    for (size_t i = 0; i < times; i++, at += length) memcpy(at, part, length);
    at += sprintf(at, "%s", tail);
    Ast *ast = parsed(text, (size_t)(at - text), PARSE_FILE, NULL);
    GiltType type = ast ? GILT_NONE : GILT_OBJECT;
    for (size_t i = 0; i < 2; i++)
        if (!ast && gilt_error_is(types[i])) type = types[i];
    if (!ast) gilt_error_clear();
    ast_free(ast);
    free(text);
    return type;
}

TEST(depth_is_bounded) {
    static const struct {
        const char *head, *part, *tail;
    } deep[] = {{"x = ", "-", "1"},        {"x = ", "not ", "1"},
                {"x = ", "lambda: ", "1"}, {"x = ", "1 + ", "1"},
                {"x = ", "1 ** ", "1"},    {"x = ", "a if b else ", "c"},
                {"x", ".x", ""},           {"x", "()", ""},
                {"x", "[0]", ""},          {"if a: b\n", "elif a: b\n", ""}};
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
        assert_int_equal(raised_by(deep[i].head, deep[i].part, 900, deep[i].tail),
                         GILT_NONE);
        assert_int_equal(raised_by(deep[i].head, deep[i].part, 100000, deep[i].tail),
                         GILT_RECURSION_ERROR);
    }
    assert_int_equal(raised_by("", "(", 100000, ""), GILT_SYNTAX_ERROR);
    assert_int_equal(raised_by("", "x[", 200, ""), GILT_SYNTAX_ERROR);
    assert_int_equal(raised_by("", "f'{", 1000, ""), GILT_SYNTAX_ERROR);
    assert_int_equal(raised_by("", "x, ", 100000, ""), GILT_NONE);
    assert_int_equal(raised_by("", "x = ", 100000, "1"), GILT_NONE);
}

/* Where each level may be read twice, the time must not double with each level. */
TEST(mistakes_that_nest_take_no_time) {
    static const char *const parts[] = {"{x *",     "[x for [", "print [", "a [b ",
                                        "(a = (",   "f(a for ", "x[a b, ", "{a: {",
                                        "(a, b = ", "with (a "};
    ast_free(parsed("print", 5, PARSE_FILE, NULL));
    names_are_known();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_int_equal(raised_by("", parts[i], 99, " 1 1"), GILT_SYNTAX_ERROR);
}

/* ---- At a prompt ---- */

static bool goes_on(const char *text) {
    bool incomplete;
    Ast *ast = parsed(text, strlen(text), PARSE_SINGLE, &incomplete);
    if (!ast) gilt_error_clear();
    ast_free(ast);
    return incomplete;
}

TEST(a_prompt_knows_what_is_incomplete) {
    static const char *const unfinished[] = {"if x:", "if x:\n  y",  "def f():\n",
                                             "(1,",   "'''a",        "x = \\",
                                             "@f\n",  "try:\n  x\n", "f("};
    static const char *const finished[] = {"x", "x = ", "if x:\n  y\n\n", "'a",
                                           ")", "",     "x y\n"};
    for (size_t i = 0; i < sizeof unfinished / sizeof *unfinished; i++)
        if (!goes_on(unfinished[i])) fail_msg("not incomplete: %s", unfinished[i]);
    for (size_t i = 0; i < sizeof finished / sizeof *finished; i++)
        if (goes_on(finished[i])) fail_msg("incomplete: %s", finished[i]);
}

TEST(one_expression_is_parsed_alone) {
    Ast *ast = parsed("\n1, 2 # x\n\n", 11, PARSE_EVAL, NULL);
    if (!ast) gilt_error_print();
    assert_non_null(ast);
    assert_int_equal(ast->body.count, 1);
    assert_int_equal(((Node *)ast->body.items[0])->kind, NODE_EXPR);
    ast_free(ast);
    assert_null(parsed("x = 1", 5, PARSE_EVAL, NULL));
    assert_raised(GILT_SYNTAX_ERROR);
    assert_null(parsed("x\ny\n", 4, PARSE_SINGLE, NULL));
    assert_raised(GILT_SYNTAX_ERROR);
}

TESTS(test(programs_become_trees), test(fstrings_become_joined_strs), test(text_is_decoded),
      test(columns_count_code_points), test(mistakes_are_told_as_cpython_does),
      test(text_that_cannot_be_read_is_a_syntax_error), test(depth_is_bounded),
      test(mistakes_that_nest_take_no_time), test(a_prompt_knows_what_is_incomplete),
      test(one_expression_is_parsed_alone))
