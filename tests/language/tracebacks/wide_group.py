# Of a wide group the first fifteen are shown.
# with stderr
raise BaseExceptionGroup('many', [ValueError(i) for i in range(20)])
