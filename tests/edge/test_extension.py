"""The LibreOffice extension: what is in it, and that it is always the same."""

import ast
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from riskbook import __version__
from riskbook.core.commands import COMMANDS
from riskbook.edge.libreoffice import extension
from riskbook.edge.libreoffice.line.office import modules

INTERPRETERS = {"win32": r"C:\riskbook\python.exe", "darwin": "/mac/python3", "linux": "/o/python3"}
OOR = "{http://openoffice.org/2001/registry}"
HELPER = Path(extension.__file__).parent / "helper"
FILES = sorted(HELPER.rglob("*.py"))


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with ZipFile(BytesIO(extension.build(INTERPRETERS))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_same_source_gives_the_same_bytes() -> None:
    assert extension.build(INTERPRETERS) == extension.build(dict(INTERPRETERS))


def test_everything_that_the_manifest_names_is_there(parts: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(parts["META-INF/manifest.xml"])
    space = "{http://openoffice.org/2001/manifest}"
    named = {entry.get(f"{space}full-path"): entry.get(f"{space}media-type") for entry in root}
    assert named == {
        "Addons.xcu": "application/vnd.sun.star.configuration-data",
        "CalcWindowState.xcu": "application/vnd.sun.star.configuration-data",
        "python/riskbook_toolbar.py": "application/vnd.sun.star.uno-component;type=Python",
    }
    assert set(named) <= set(parts)


def test_it_says_which_version_of_riskbook_it_is(parts: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(parts["description.xml"])
    told = {element.tag.rpartition("}")[2]: element.get("value") for element in root.iter()}
    assert told["identifier"] == "org.riskbook.toolbar"
    assert told["version"] == __version__
    assert told["LibreOffice-minimal-version"] == "7.4"


@pytest.mark.parametrize("place", ["OfficeToolBar", "OfficeMenuBar"])
def test_every_command_has_its_button_and_its_line_in_the_menu(
    parts: dict[str, bytes], place: str
) -> None:
    root = ElementTree.fromstring(parts["Addons.xcu"])
    bar = next(node for node in root.iter("node") if node.get(f"{OOR}name") == place)
    told = [
        (
            node.findtext(f"prop[@{OOR}name='Title']/value", "").replace("~", ""),
            node.findtext(f"prop[@{OOR}name='URL']/value"),
        )
        for node in bar.iter("node")
        if node.find(f"prop[@{OOR}name='URL']") is not None
    ]
    assert told == [
        ("Refresh", "service:org.riskbook.Toolbar?refresh"),
        ("Check", "service:org.riskbook.Toolbar?check"),
        ("Next finding", "service:org.riskbook.Toolbar?next_finding"),
        ("Export", "service:org.riskbook.Toolbar?export"),
        ("Committee report", "service:org.riskbook.Toolbar?report"),
        ("Snapshot", "service:org.riskbook.Toolbar?snapshot"),
        ("New period", "service:org.riskbook.Toolbar?new_period"),
        ("Help", "service:org.riskbook.Toolbar?help"),
    ]
    assert len(told) == len(COMMANDS)


def test_the_program_and_the_commands_are_settings_of_the_extension(
    parts: dict[str, bytes],
) -> None:
    tree = ast.parse(parts["python/pythonpath/riskbook_settings.py"])
    told = {node.targets[0].id: ast.literal_eval(node.value) for node in tree.body}  # type: ignore[attr-defined]
    assert told["INTERPRETERS"] == INTERPRETERS
    assert told["COMMANDS"] == tuple(command.name for command in COMMANDS)


def test_the_whole_helper_is_in_it(parts: dict[str, bytes]) -> None:
    held = {name.removeprefix("python/") for name in parts if "riskbook_office" in name}
    assert held == set(modules())
    assert "pythonpath/riskbook_office/dispatch.py" in held


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_helper_runs_in_the_oldest_python_that_libreoffice_brings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    newer = {"removeprefix", "removesuffix", "pairwise"}
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not used & newer
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            united = [arg for arg in node.args if isinstance(arg, ast.BinOp)]
            assert not (node.func.id == "isinstance" and united), f"{path.name}:{node.lineno}"
            strict = [word for word in node.keywords if word.arg == "strict"]
            assert not (node.func.id == "zip" and strict), f"{path.name}:{node.lineno}"
