# A number that is none for an exit code.
# with stderr
raise SystemExit(2**70)
