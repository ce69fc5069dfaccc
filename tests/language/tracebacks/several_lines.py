# Only the first line of an expression is shown.
# with stderr
x = [
  1,
  2 / 0,
  3]
