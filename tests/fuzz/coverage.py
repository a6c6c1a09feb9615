"""Mutations that follow the code: atheris (libFuzzer) keeps what reaches a line not seen before.

::

    python -m tests.fuzz.coverage SECONDS     exits with 0, or with 77 and the file that escaped

The target and the mutations are those of :mod:`tests.fuzz.trying` and
:mod:`tests.fuzz.structure`; atheris only chooses which file is mutated next.  It exists for Linux
alone.
"""

import sys
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from types import ModuleType

LONGEST_FILE = 200_000  # bytes


def main(seconds: int) -> None:
    """Look for escapes for so many seconds; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["riskbook.edge.gate", "riskbook.edge.xlsx"]):
        from tests.fuzz import seeds, trying

    folder = Path(mkdtemp(prefix="riskbook-fuzz-"))
    for name, parts in (("plain", seeds.plain()), ("register", seeds.register())):
        (folder / name).write_bytes(seeds.archive(list(parts), seeds.known()))

    def target(data: bytes) -> None:
        came = trying.attempt(data)
        if came.state == "escape":
            raise AssertionError(came.told)

    options = (
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST_FILE}",
        "-timeout=10",
        "-rss_limit_mb=2000",
        "-len_control=0",
        f"-artifact_prefix={folder}/escaped-",
    )
    atheris.Setup([sys.argv[0], *options, str(folder)], target, custom_mutator=_mutator(atheris))
    atheris.Fuzz()


def _mutator(atheris: ModuleType):  # type: ignore[no-untyped-def]
    from riskbook.edge.xlsx.package import Package
    from riskbook.errors import RiskbookError
    from tests.fuzz.structure import changed

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        rng = Random(seed)
        if rng.random() < 0.1:
            return bytes(atheris.Mutate(data, longest))
        try:
            package = Package.parse(data)
            parts = tuple((name, package.part(name)) for name in package.names)
        except RiskbookError:
            return bytes(atheris.Mutate(data, longest))
        return changed(parts, rng)[:longest]

    return mutate


if __name__ == "__main__":
    main(int(sys.argv[1]))
