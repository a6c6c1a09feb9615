"""Real registers and awkward files of others: a check answers politely and changes nothing.

The files lie beside the repository, in shared/corpus; they are not ours to ship.
"""

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from riskbook.cli import cli
from tests.support import CORPUS

FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
JARGON = ("errno", "exception", "nonetype", "keyerror", "0x", "<class", "traceback", "none.")

pytestmark = pytest.mark.skipif(not FILES, reason=f"no corpus beside the repository: {CORPUS}")


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def around(path: Path) -> list[Path]:
    return sorted(path.parent.iterdir())


@pytest.mark.parametrize("profile", [(), ("--profile", "council-5x5")], ids=["own", "council-5x5"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_check_answers_politely(path: Path, profile: tuple[str, ...]) -> None:
    before, beside = digest(path), around(path)
    found = CliRunner().invoke(cli, ["check", str(path), *profile])
    assert found.exception is None or isinstance(found.exception, SystemExit)
    assert found.exit_code != 3, found.output  # riskbook itself failed
    assert found.exit_code in (0, 1, 2)
    assert "Traceback" not in found.output
    if found.exit_code == 2:
        what, fix = found.stderr.split("\n  To fix: ")
        assert what.startswith("riskbook: ")
        assert path.name in what
        assert what.endswith(".")
        assert fix.endswith(".\n")
        assert "\n" not in what
        said = found.stderr.replace(path.name, "").casefold()
        assert not any(word in said for word in JARGON)
    assert digest(path) == before
    assert around(path) == beside
