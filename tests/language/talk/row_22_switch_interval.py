"""The new lock is handed over every 5 ms (the old one: -X gil=ticks)."""
import sys

print(sys.getswitchinterval())
sys.setswitchinterval(0.001)
print(round(sys.getswitchinterval(), 6))
