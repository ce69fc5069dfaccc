a = (1,
  [2,
# no end