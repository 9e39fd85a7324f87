"""Numpy as people write it: functions of the kinds found in courses, books and repositories, in our own words.

Each module has CASES: function -> (where such code is found, inputs). They know nothing of byhand.
"""

import importlib
import pkgutil

MODULES = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
CASES = {function: case for module in MODULES for function, case in module.CASES.items()}
