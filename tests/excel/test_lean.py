"""A button starts without what it does not need."""

import subprocess
import sys

CODE = """
import sys
from riskbook.excel.lean import HEAVY, lean_xlwings
lean_xlwings()
assert "xlwings" in sys.modules
print(sorted(name for name in HEAVY if name in sys.modules))
import pandas
print(pandas.DataFrame([[1]]).shape)
"""


def test_xlwings_comes_without_heavy_packages_which_can_be_imported_afterwards():
    done = subprocess.run(
        [sys.executable, "-I", "-c", CODE], capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n(1, 1)\n", done.stderr
