None = 1
True += 1
__debug__ = 1
def None(): pass
class True: pass
