# Or none.
# with stderr
raise SyntaxError('msg')
