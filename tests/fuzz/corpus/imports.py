import a
import a.b.c as d, e
from . import a
from .. import (b, c as d,)
from ...x.y import z
from a import *
from __future__ import annotations
def f(): import os.path as p, sys; from os import path
