match = case = type = _ = soft = 1
match(type)[case]
print(match, type)
