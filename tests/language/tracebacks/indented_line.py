# Its line may be indented.
# with stderr
raise IndentationError('msg', ('file', 3, 1, '\t\tsome text\n', 3, 80))
