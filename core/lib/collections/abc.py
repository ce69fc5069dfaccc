"""The abstract classes of containers: see _collections_abc.py."""

from _collections_abc import *
from _collections_abc import __all__
