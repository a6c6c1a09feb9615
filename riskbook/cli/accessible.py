"""What the commands print of a checklist: the lines that fail, then how many pass."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbook.cli.common import tell

if TYPE_CHECKING:
    from riskbook.app import Outcome
    from riskbook.edge.accessible import Line
    from riskbook.edge.exporting import Source


def export_accessible(outcome: "Outcome", stem: str, folder: Path, source: "Source") -> int:
    """Write the accessible edition and its checklist, and say how it stands; the exit code."""
    from riskbook.edge import accessible
    from riskbook.edge.disk.plainly import AGAIN, plainly

    paths = accessible.write(outcome, stem, folder, source=source)
    for path in paths:
        tell(path)
    with plainly(paths[0].name, AGAIN):
        data = paths[0].read_bytes()
    return say(accessible.checklist(data, paths[0].name))


def check_report(path: Path) -> "tuple[Path, list[Line]]":
    """Judge a report that is written, and write its checklist beside it."""
    from riskbook.edge import accessible
    from riskbook.edge.disk.plainly import AGAIN, plainly

    with plainly(path.name, AGAIN):
        data = path.read_bytes()
    lines = accessible.pdf_checklist(data)
    return accessible.write_pdf_checklist(lines, path), lines


def say(lines: "Sequence[Line]") -> int:
    """Print each line that fails and the count; 1 where one fails, as a command exits."""
    from riskbook.edge.accessible import sentence

    failed = [line for line in lines if line.passed is False]
    for line in failed:
        tell(f"  {line.number}: {line.wording}: {line.where}  [{line.fix}]")
    tell(f"Accessibility: {sentence(lines)}.")
    return int(bool(failed))


def as_document(path: Path, lines: "Sequence[Line]") -> dict[str, Any]:
    """A checklist for ``--json``."""
    return {
        "file": str(path),
        "passed": sum(1 for line in lines if line.passed),
        "failed": [line.number for line in lines if line.passed is False],
        "for_a_person": [line.number for line in lines if line.passed is None],
    }
