"""What `gilt -m name` does: finds a module, or a package's __main__, and runs it as the program."""
import os
import sys

__all__ = ["run_main"]


def find(name):
    """(path, package) of the module."""
    for entry in sys.path:
        base = os.path.join(entry, *name.split("."))
        if os.path.isfile(base + ".py"):
            return base + ".py", name.rpartition(".")[0]
        if os.path.isfile(os.path.join(base, "__main__.py")):
            return os.path.join(base, "__main__.py"), name
    sys.exit(f"gilt: No module named {name}")


def run_main(name):
    path, package = find(name)
    path = os.path.abspath(path)
    if package:
        __import__(package)
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    sys.argv[0] = path
    names = sys.modules["__main__"].__dict__
    names["__file__"], names["__package__"] = path, package
    exec(code, names)
