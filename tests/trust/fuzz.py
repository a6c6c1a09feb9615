"""Mutated files: whatever is done to a workbook, nothing but riskbook's own errors comes out.

Two processes try files made by :mod:`tests.fuzz.structure` beside each other.  A process
that dies is an escape too, and so is a file that takes longer than 5 seconds or 2 GB.
After them atheris, on Linux, tries files for a while that follow the code.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from tempfile import TemporaryDirectory

from tests.support import ROOT
from tests.trust import Figure, Scale

PROCESSES = 2


def figure(scale: Scale) -> Figure:
    """How many mutated files were tried, and how many escaped."""
    files, seconds = scale.of(300_000, 1_000_000), scale.of(7_200, 60)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.structure", str(seed), str(share), str(seconds)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the same escapes as in the answer, as they come
        )
        for seed, share in enumerate([files // PROCESSES] * PROCESSES, start=1)
    ]
    tried, slowest, escapes = Counter[str](), 0.0, []
    for seed, process in enumerate(running, start=1):
        answer, _ = process.communicate()
        if process.returncode not in (0, 3):  # 3: it lists escapes
            escapes.append(f"the process of seed {seed} died ({process.returncode})")
            continue
        told = json.loads(answer)
        tried.update(told["seen"])
        slowest = max(slowest, told["slowest"])
        escapes += told["escapes"]
    followed, found = _followed(scale.of(600, 60))
    escapes += found
    count = tried.total()
    enough = count >= files if scale.full else count > 0
    reached = tried["read"] + tried["told"]
    return Figure(
        name="structure-aware and atheris fuzzing: escapes",
        wanted=f"0 of {files:,}" if scale.full else "0",
        seen=f"{len(escapes)} of {count + followed:,}",
        kept=not escapes and enough,
        notes=(
            f"{tried['refused']:,} refused by the gate, {reached:,} went on behind it "
            f"({tried['read']:,} read whole, every second one refreshed); "
            f"the slowest took {slowest:.2f} s",
            f"and {followed:,} made by atheris",
            *escapes,
        ),
    )


def _followed(seconds: int) -> tuple[int, list[str]]:
    """How many files atheris tried, and its escape if it found one."""
    if sys.platform != "linux":
        return 0, []
    with TemporaryDirectory() as folder:  # for its corpus
        ended = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.coverage", str(seconds)],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": folder},
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            check=False,
        )
    done = re.search(r"^Done (\d+) runs", ended.stderr, re.MULTILINE)
    if ended.returncode or not done:
        return 0, [f"atheris ended with {ended.returncode}: {ended.stderr[-600:]}"]
    return int(done[1]), []
