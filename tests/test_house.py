"""The house itself: lengths, walls, and documents that say what the code does."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from riskbook.cli import cli
from riskbook.core.checks import RULES
from riskbook.edge.documents import profiles

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "riskbook").rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHECKS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_at_most_300_lines_and_a_function_60(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    long = [f.name for f in functions(path) if (f.end_lineno or 0) - f.lineno >= 60]
    assert long == []


def test_the_readme_has_exactly_two_set_up_commands_of_one_line_each() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 2
    demo, tests = (block.strip() for block in blocks)
    assert "\n" not in demo
    assert demo.endswith("riskbook demo out")
    assert tests == "python3.11 tests/run.py"


def test_ci_runs_the_readme_s_own_test_command_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert lines == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "exec python3.11 tests/run.py",
    ]


def commands(group: click.Group, before: str = "riskbook") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


@pytest.mark.parametrize(("name", "command"), list(commands(cli)))
def test_every_command_and_option_stands_in_the_readme(name: str, command: click.Command) -> None:
    words = name.split()
    row = next(line for line in README.splitlines() if line.startswith(f"| `riskbook {words[1]}"))
    assert words[-1] in row
    options = [o for p in command.params for o in p.opts if o.startswith("--") and o != "--help"]
    # one row stands for the three profile commands; --json is said for all of them in its cell
    missing = [option for option in options if option not in row and words[1] != "profile"]
    assert missing == []
    assert command.help


def test_every_rule_stands_in_the_list_of_checks_with_its_severity_and_title() -> None:
    rows = re.findall(r"^\| (RB\d{3}) \| (\w+) \| (.*?) \|", CHECKS, re.MULTILINE)
    assert rows == [(code, rule.severity.value, rule.title) for code, rule in RULES.items()]


def test_every_code_that_the_checks_use_is_a_rule_and_every_rule_is_used() -> None:
    used: set[str] = set()
    for path in MODULES:
        if path.name != "rules.py":
            used |= set(re.findall(r'"(RB\d{3})"', path.read_text(encoding="utf-8")))
    assert used == set(RULES)


def test_every_shipped_profile_stands_in_the_readme() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|", README, re.MULTILINE)
    assert tuple(sorted(rows)) == profiles.shipped()


def test_the_package_and_its_metadata_name_the_same_version() -> None:
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    from riskbook import __version__

    assert metadata["project"]["version"] == __version__


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert len(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") > 20


def test_only_the_extras_leave_xlwings_public_api() -> None:
    told = {
        path.name
        for path in (ROOT / "riskbook" / "excel").glob("*.py")
        if re.search(r"\.(api|impl)\b", path.read_text(encoding="utf-8"))
    }
    assert told == {"extras.py"}


def test_nothing_imports_the_part_of_xlwings_under_another_licence() -> None:
    told = [
        path.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and "xlwings.pro" in ast.unparse(node)
    ]
    assert told == []


# What may open a package, and why it is no way round the gate.  Files of other people and of
# officers come in by FileBook, which stands behind the gate or the door, and by nothing else.
# Which modules may import a reader of archives or workbooks stands in pyproject.toml.
OPENERS = {
    ("edge/filebook.py", "Package.parse"),  # bytes that passed the gate or the door
    ("edge/door/agreement.py", "Package.parse"),  # in the child, behind the gate
    ("edge/doctor/book.py", "Package.parse"),  # of gate.read
    ("edge/accessible/facts.py", "Package.parse"),  # behind gate.admit
    ("edge/accessible/writing.py", "Package.parse"),  # its own bytes
    ("edge/exporting/xlsx.py", "Package.parse"),  # its own bytes
    ("edge/fingerprint/references.py", "Package.parse"),  # a blank that riskbook just built
    ("edge/macros/parts.py", "Package.parse"),  # its own bytes
    ("edge/macros/project.py", "ExcelFile"),  # the workbook that was just built
    ("edge/template/__init__.py", "Package.parse"),  # its own bytes
}


def used_by(path: Path) -> Iterator[str]:
    """Every name that a module uses."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield f"{ast.unparse(node.value)}.{node.attr}"
        elif isinstance(node, ast.Name):
            yield node.id


def test_no_other_code_opens_a_workbook() -> None:
    wanted = {"Package.parse", "ExcelFile", "pandas.read_excel", "pd.read_excel"}
    found = {
        (path.relative_to(ROOT / "riskbook").as_posix(), what)
        for path in MODULES
        for what in wanted.intersection(used_by(path))
    }

    assert found == OPENERS
