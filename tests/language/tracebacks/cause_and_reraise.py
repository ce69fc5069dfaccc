# A traceback grows where an exception is raised again.
# with stderr
def f(): raise ValueError
def g():
    try: f()
    except ValueError as e:
        raise
def h():
    try: g()
    except ValueError as e:
        raise e
h()
