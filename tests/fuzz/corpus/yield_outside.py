yield x
class C: yield
[(yield) for x in y]
