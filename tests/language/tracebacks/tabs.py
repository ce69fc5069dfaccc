# Lines may be indented by tabs.
# with stderr
def f():
	if 1:
		return [].pop(  )
f()
