"""A workbook as LibreOffice saves it again, with the cached results that it finds."""

import shutil
import subprocess
from pathlib import Path

import pytest


def saved_again(workbook: bytes, folder: Path) -> bytes:
    """Open and save a workbook; the test is skipped where LibreOffice is not installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on PATH")
    (folder / "in.xlsx").write_bytes(workbook)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run(
        [*command, str(folder / "out"), str(folder / "in.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / "in.xlsx").read_bytes()
