[x := 1 for x in y]
[a for a in (b := c)]
(x.y := 1)
