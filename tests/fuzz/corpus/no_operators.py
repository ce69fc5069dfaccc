a <> b
`a`
a++
!a
$
?
