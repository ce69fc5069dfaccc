# Of a deep group the outer ten.
# with stderr
g = ValueError(0)
for i in range(13): g = ExceptionGroup(str(i), [g])
raise g
