"""Time and memory that a refusal takes: each file in a fresh process of its own.

::

    python -c "gate.read(path)"    processor time of gate.read, which neighbours do not spoil;
                                   the most memory that the process had

Memory is that of the whole process, with Python itself.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from tests.edge.hostile import MAIN, listing, with_rows, workbook
from tests.trust import Figure, Scale
from tests.trust.odd import everything

SECONDS, MEGABYTES = 2.0, 100
_ONE = """
import json, sys, time
from pathlib import Path
from riskbook.edge import gate
from riskbook.errors import RefusedError
path = Path(sys.argv[1])
start = time.process_time()
try:
    gate.read(path)
    refused = False
except RefusedError:
    refused = True
spent = time.process_time() - start
try:
    status = Path("/proc/self/status").read_text()
    most = int(status.split("VmHWM:")[1].split()[0]) * 1024
except OSError:  # no Linux; there ru_maxrss may be that of the process that started this one
    import resource
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([refused, spent, most]))
"""


def figure(scale: Scale) -> Figure:
    """Refuse each file; what is admitted is measured by other figures."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        files = list(_files(Path(folder), scale))
        found = list(pool.map(_measured, files))
    refused = [each for each in found if each[1]]
    slowest = sorted(refused, key=lambda each: each[2], reverse=True)[:5]
    largest = sorted(refused, key=lambda each: each[3], reverse=True)[:5]
    seconds, size = slowest[0][2], largest[0][3]
    return Figure(
        name="time and memory to refuse",
        wanted=f"<= {SECONDS:.0f} s, <= {MEGABYTES} MB",
        seen=f"{seconds:.1f} s, {size / 1e6:.0f} MB ({len(refused)} files)",
        kept=seconds <= SECONDS and size <= MEGABYTES * 1e6,
        notes=(
            "slowest: " + ", ".join(f"{name} {spent:.2f} s" for name, _, spent, _ in slowest),
            "largest: " + ", ".join(f"{name} {most / 1e6:.0f} MB" for name, *_, most in largest),
        ),
    )


def _measured(file: tuple[str, Path]) -> tuple[str, bool, float, int]:
    name, path = file
    command = [sys.executable, "-c", _ONE, str(path)]
    out = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout
    refused, spent, most = json.loads(out)
    return name, refused, spent, most


def _files(folder: Path, scale: Scale) -> Iterator[tuple[str, Path]]:
    table = list(everything())[:: scale.of(1, 12)]
    for i, (name, data) in enumerate((*table, *(worst() if scale.full else few()))):
        path = folder / f"{i}.xlsx"
        path.write_bytes(data)
        yield name, path


def few() -> Iterator[tuple[str, bytes]]:
    """Files near a limit that are quick to make."""
    noise = Random(1)
    each = (f'<definedName name="a{noise.random()}">1</definedName>' for _ in range(150_000))
    book = listing(("Risks", "rId1")).replace(
        "</workbook>", f"<definedNames>{''.join(each)}</definedNames></workbook>"
    )
    yield "150,000 names", workbook({"xl/workbook.xml": book})
    many = "".join(f"<b>{noise.random()}</b>" for _ in range(100_000))
    deep = "<a>" * 60 + many + "</a>" * 60
    yield "deep, then a document type", workbook({"xl/a.xml": deep, "xl/b.xml": "<!DOCTYPE a><a/>"})


def worst() -> Iterator[tuple[str, bytes]]:
    """Files as near to the limits as they come, refused as late as can be."""
    yield from few()
    noise = Random(1)
    last = {"xl/z.xml": "<!DOCTYPE a><a/>"}
    yield "45 MB part, then a document type", workbook({"xl/a.bin": _mixed(noise), **last})
    yield "45 MB of XML", workbook({"xl/a.xml": b"<a>" + _mixed(noise) + b"</a>", **last})
    for name, before in (("plain", ""), ("unusual", "<!-- -->")):
        rows = "".join(_row(row, noise) for row in range(1, 100_010))
        yield f"1 million {name} cells", with_rows(before + rows)
    many = "".join(f'<a b="{noise.random()}"/>' for _ in range(700_010))
    yield "700,000 elements", workbook({"xl/a.xml": f"<a>{many}</a>"})
    texts = "".join(f"<si><t>{noise.random()}</t></si>" for _ in range(300_100))
    yield (
        "300,000 texts",
        workbook({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'}),
    )


def _mixed(noise: Random) -> bytes:
    """45 MB that inflate to less than the ratio that is refused at once."""
    return b"".join(noise.randbytes(30).hex().encode() + b"x" * 5_940 for _ in range(7_500))


def _row(row: int, noise: Random) -> str:
    cells = "".join(f'<c r="{c}{row}"><v>{noise.randrange(9)}</v></c>' for c in "ABCDEFGHIJ")
    return f'<row r="{row}">{cells}</row>'
