# A SyntaxError shows its line.
# with stderr
raise SyntaxError('msg', ('file', 3, 5, '  some text', 3, 8))
