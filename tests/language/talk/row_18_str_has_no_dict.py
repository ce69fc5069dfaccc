"""Instances have a __dict__; a str has none."""


class Dog:
    pass


dog = Dog()
dog.name = "Rex"
print(dog.__dict__)
try:
    "text".name = 1
except AttributeError as error:
    print(error)
