# Of text that was executed there are no lines.
# with stderr
exec('def f():\n  1/0\nf()')
