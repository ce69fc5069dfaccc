x = """no end
at all