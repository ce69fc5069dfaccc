# Tracebacks as objects.
# with stderr
def f(): raise ValueError
try: f()
except ValueError as e:
    tb = e.__traceback__
    print(tb.tb_lineno, tb.tb_next.tb_lineno, tb.tb_next.tb_next)
    print(tb.tb_next.tb_frame.f_code.co_name)
    raise e.with_traceback(None)
