# SystemExit without a code is no error.
# with stderr
raise SystemExit
