"""Hostile and odd files: each gets an answer, and the answer is a sentence with a remedy."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.trust import Figure, Scale
from tests.trust.odd import everything
from tests.trust.opening import answers

LEAST = 200


def figure(scale: Scale) -> Figure:
    """Open every file of the table, and every file of the user's folder, as a user does."""
    with tempfile.TemporaryDirectory() as folder:
        found = list(answers(_files(Path(folder), scale)))
    states = Counter(answer.state for answer in found)
    bad = [answer for answer in found if answer.state in ("crash", "hang", "wordless")]
    seen = " / ".join(str(states[state]) for state in ("crash", "hang", "wordless"))
    return Figure(
        name="hostile and odd files: crashes, hangs, answers without a sentence",
        wanted=f"0 / 0 / 0 of {LEAST} or more",
        seen=f"{seen} of {len(found)}",
        kept=not bad and len(found) >= LEAST,
        notes=(
            f"{states['refused']} refused with a sentence, {states['checked']} odd but opened",
            *(f"{answer.name}: {answer.state} {answer.says}" for answer in bad),
        ),
    )


def _files(folder: Path, scale: Scale) -> Iterator[tuple[str, Path]]:
    for i, (name, data) in enumerate(everything()):
        path = folder / f"{i}.xlsx"
        path.write_bytes(data)
        yield name, path
    if scale.folder is not None:
        yield from ((p.name, p) for p in sorted(scale.folder.rglob("*")) if p.is_file())
