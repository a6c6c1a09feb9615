"""Imports xlwings without what it does not need for a button.

xlwings imports pandas, numpy, polars and Pillow when they are installed, which takes
longer than everything else that a press of a button does.  Values come as plain lists
then; who wants data frames imports pandas afterwards as usual.
"""

import sys
from importlib import import_module

HEAVY = ("pandas", "numpy", "polars", "matplotlib", "PIL", "plotly")


def lean_xlwings() -> None:
    """Import xlwings, once."""
    if "xlwings" in sys.modules:
        return
    kept_out = [name for name in HEAVY if name not in sys.modules]
    sys.modules.update(dict.fromkeys(kept_out))  # type: ignore[arg-type]  # None: cannot be imported
    try:
        import_module("xlwings")
    finally:
        for name in kept_out:
            del sys.modules[name]
