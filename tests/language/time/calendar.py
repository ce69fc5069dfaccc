# Fields of times, their text, and the way back; clocks go forward.
import time


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for seconds in (0, 1, 86399, 951782400, 1234567890.75, -1, -2208988800, 2**33):
    t = time.gmtime(seconds)
    print(t)
    print(t.tm_year, t[1], t.tm_yday, len(t), tuple(t), time.asctime(t))
    print(time.strftime("%Y-%m-%d %H:%M:%S %a %A %b %B %j %p %%", t))
    print(time.mktime(time.localtime(seconds)) == int(seconds // 1), time.ctime(seconds) ==
          time.asctime(time.localtime(seconds)))
print(attempt(time.gmtime, 1e30), attempt(time.gmtime, "x"), attempt(time.asctime, (1, 2)))
print(attempt(time.strftime, "%Y", (2000, 13, 1, 0, 0, 0, 0, 1, 0)), attempt(time.strftime, 5))
print(attempt(time.asctime, 5), attempt(time.sleep, -1), attempt(time.sleep, "x"), attempt(time.get_clock_info, "x"))
a, b = time.monotonic(), time.perf_counter_ns()
cpu = time.process_time(), time.thread_time()
assert time.sleep(0.02) is None
assert 0.02 <= time.monotonic() - a < 5 and time.perf_counter_ns() - b >= 20_000_000
assert time.process_time() >= cpu[0] and time.thread_time() >= cpu[1]
assert abs(time.time() - time.time_ns() / 1e9) < 5 and isinstance(time.time_ns(), int)
print(time.get_clock_info("monotonic").monotonic, time.get_clock_info("time").adjustable)
print(time.clock_gettime(time.CLOCK_REALTIME) > 1e9, isinstance(time.timezone, int), len(time.tzname))
