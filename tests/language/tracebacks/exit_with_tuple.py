# SystemExit with something else prints it.
# with stderr
raise SystemExit((1,2))
