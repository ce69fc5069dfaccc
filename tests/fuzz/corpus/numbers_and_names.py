1if 2else 3
0x1for x in y
