

# only
