"""The references in the package, as the source builds them; to be written when a template changes.

::

    python -m tests.references            names those that differ
    python -m tests.references --write    writes them

A template that councils have is not changed under its version: raise the version of the
profile, or TEMPLATE_VERSION, and a new file stands beside the old one.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from riskbook.core.layout import TEMPLATE_VERSION
from riskbook.edge import template
from riskbook.edge.documents import profiles
from riskbook.edge.fingerprint.references import FOLDER, file_name

PLACE = Path(__file__).resolve().parent.parent / "riskbook" / FOLDER


def wanted() -> Iterator[tuple[Path, str]]:
    """The file of each shipped profile's version, and what it must hold."""
    for name in profiles.shipped():
        profile = profiles.load(name)
        path = PLACE / file_name(profile.id, profile.version, TEMPLATE_VERSION)
        yield path, template.reference(profile).text()


def differing() -> list[tuple[Path, str]]:
    """Those that are missing or hold something else."""
    return [(p, t) for p, t in wanted() if not p.exists() or p.read_text("utf-8") != t]


def main(arguments: list[str]) -> int:
    """Name what differs, or write it."""
    left = differing()
    for path, text in left:
        print(path.name)
        if "--write" in arguments:
            path.write_text(text, encoding="utf-8")
    return int(bool(left) and "--write" not in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
