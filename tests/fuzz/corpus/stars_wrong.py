*a
*a = b
print *a
*a, *b = c
