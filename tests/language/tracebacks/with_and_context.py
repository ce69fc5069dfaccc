# __exit__ may raise, too.
# with stderr
class C:
    def __enter__(self): return self
    def __exit__(self, *a):
        print(a[0], a[1])
        [][1]
with C():
    1/0
