"""What riskbook is made of: the judge of tests/supply.py itself, and what it says today."""

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests import supply

VULNERABLE = '{"dependencies": [{"name": "urllib3", "vulns": [{"id": "x"}]}]}'


@pytest.mark.parametrize("line", ["click", "click==8.5.1", "click>=8 --hash=sha256:" + "a" * 64])
def test_a_requirement_without_version_or_hash_is_refused(line: str, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"# a lock\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"requirements\.lock: not pinned with a hash: click"):
        list(supply.locked(lock))


def test_every_requirement_of_both_locks_has_hashes() -> None:
    runtime, tests = (list(supply.locked(path)) for path in (supply.RUNTIME, supply.TESTS))
    assert {"click", "typst", "xlwings"} <= {each.name for each in runtime}
    assert {each.name for each in runtime} <= {each.name for each in tests}


def test_every_licence_is_known_and_allowed() -> None:
    assert list(supply.forbidden()) == []


@pytest.mark.parametrize("said", ["GPL-3.0-only", "MIT AND AGPL-3.0-only", ""])
def test_another_licence_is_named(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supply, "licence", lambda name: said if name == "click" else "MIT")
    assert list(supply.forbidden()) == [f"click: licence {said or 'unknown'!r} is not allowed"]


def test_the_bill_of_materials_is_of_the_lock() -> None:
    assert supply.SBOM.read_text(encoding="utf-8") == supply.sbom()
    listed = {(c["name"], c["version"]) for c in json.loads(supply.sbom())["components"]}
    assert listed == {(each.name, each.version) for each in supply.locked(supply.RUNTIME)}


def test_the_bill_of_materials_is_what_its_schema_wants() -> None:
    told = json.loads(supply.SBOM.read_text(encoding="utf-8"))
    judge = JsonStrictValidator(SchemaVersion.from_version(told["specVersion"]))
    assert judge.validate_str(json.dumps(told)) is None
    assert judge.validate_str(json.dumps({**told, "strange": 1})) is not None


@pytest.mark.parametrize(
    ("answers", "begins", "fails", "required"),
    [
        ([(1, VULNERABLE), (0, "{}")], "audited: no known vulnerabilities", False, False),
        ([(1, VULNERABLE), (1, VULNERABLE)], "vulnerable, or not audited in full", True, True),
        ([(0, "{}")], "NOT audited: the service does not know", False, True),
        ([(1, "no route")], "NOT audited: the service cannot be reached (no route)", False, True),
    ],
)
def test_an_audit_that_was_none_never_says_that_nothing_is_known(
    answers: list[tuple[int, str]],
    begins: str,
    fails: bool,
    required: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for needed, wanted in (("", fails), ("required", required)):
        left = iter(answers)
        monkeypatch.setattr(supply, "pip_audit", lambda *_, left=left: next(left))
        monkeypatch.setenv("RISKBOOK_AUDIT", needed)
        said, failed = supply.audited()
        assert said.startswith(begins)
        assert failed is wanted
