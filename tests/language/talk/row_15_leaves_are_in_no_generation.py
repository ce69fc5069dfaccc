"""Only containers are in a generation."""
import gc

for value in (int("12345"), 1.5, "text", b"bytes", None):
    print(type(value).__name__, gc.is_tracked(value))
print(gc.is_tracked([]), gc.is_tracked([1]))
