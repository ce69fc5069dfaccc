a “b”
