#!/usr/bin/gilt
# -*- coding: nonsense -*-
x
