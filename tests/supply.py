"""What riskbook is made of: pinned, licensed, listed, audited; run in the tests' environment.

::

    python tests/supply.py            locks, licences, docs/sbom.cdx.json, known vulnerabilities
    python tests/supply.py --write    writes docs/sbom.cdx.json anew

Whether vulnerabilities are known is asked of PyPI through pip-audit.  Many networks offer a
mirror that knows packages and no vulnerabilities, and it answers "none" to everything: so it
is asked first about a release that is known to have some.  Where it does not know that, this
says NOT audited; with RISKBOOK_AUDIT=required that is a failure.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, TESTS = ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock"
SBOM = ROOT / "docs" / "sbom.cdx.json"
ALLOWED = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT"}
ALLOWED |= {"MPL-2.0", "PSF-2.0", "Public-Domain", "Zlib"}
WORDS = {  # what a package's metadata says -> its SPDX name
    "BSD 3-clause": "BSD-3-Clause",
    "Python Software Foundation License": "PSF-2.0",
    "OSI Approved :: MIT License": "MIT",
}
ELSEWHERE = {  # packages of other systems, read from their pages on PyPI
    "appscript": "Public-Domain",  # Mac
    "pywin32": "PSF-2.0",  # Windows
}
KNOWN_BAD = "urllib3==1.24.1"  # CVE-2019-11324 and others since
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Locked:
    """One requirement of a lock file."""

    name: str
    version: str
    marker: str  # for which systems and Pythons; empty for all
    hashes: tuple[str, ...]  # sha256, of each file of the release


def locked(path: Path) -> Iterator[Locked]:
    """The requirements of a lock file.

    Raises:
        ValueError: a line is something else than a pinned requirement with hashes.
    """
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = re.match(
            r"([A-Za-z0-9][\w.-]*)(?:\[[\w,]+\])?==([\w.!+]+)\s*(?:;(.*?))?\s+--", line
        )
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
        if found is None or not hashes:
            raise ValueError(f"{path.name}: not pinned with a hash: {line[:60]}")
        yield Locked(found[1], found[2], (found[3] or "").strip(), hashes)


def licence(name: str) -> str:
    """The SPDX expression of a package's licence; empty where nothing says it."""
    try:
        facts = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    kinds = [c.removeprefix("License :: ") for c in facts.get_all("Classifier") or []]
    said = [facts.get("License-Expression"), facts.get("License"), *kinds]
    short = (text for text in said if text and (text in WORDS or set(terms(text)) <= ALLOWED))
    found = next(short, next((text for text in said if text), ""))
    return WORDS.get(found, found)


def terms(expression: str) -> list[str]:
    """The licences of an SPDX expression."""
    return [each for each in re.split(r"\s+(?:AND|OR)\s+|[()]", expression) if each]


def forbidden() -> Iterator[str]:
    """Runtime packages whose licence is unknown, or not one of those allowed."""
    for name in sorted({each.name for each in locked(RUNTIME)}):
        said = licence(name)
        if not said or not set(terms(said)) <= ALLOWED:
            yield f"{name}: licence {said or 'unknown'!r} is not allowed"


def sbom() -> str:
    """The runtime lock as CycloneDX JSON: the same lock, the same text."""
    components: list[dict[str, Any]] = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{each.name}@{each.version}",
            "name": each.name,
            "version": each.version,
            "licenses": [{"expression": licence(each.name).replace("Public-Domain", "CC-PDDC")}],
            "purl": f"pkg:pypi/{each.name}@{each.version}",
            "properties": [
                {"name": "python:marker", "value": each.marker},
                *({"name": "python:lock:sha256", "value": h} for h in sorted(each.hashes)),
            ],
        }
        for each in sorted(locked(RUNTIME), key=lambda each: (each.name, each.version))
    ]
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    about = {"type": "application", "name": "riskbook", "version": version[1] if version else ""}
    about |= {"bom-ref": "riskbook"}
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": about},
        "components": components,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def audited() -> tuple[str, bool]:
    """What an audit of the runtime lock comes to, and whether that is a failure."""
    needed = os.environ.get("RISKBOOK_AUDIT") == "required"
    with tempfile.TemporaryDirectory() as folder:
        known = Path(folder) / "known.txt"
        known.write_text(f"{KNOWN_BAD}\n", encoding="utf-8")
        code, said = pip_audit("--no-deps", "-r", str(known))
    if code == 0:
        return f"NOT audited: the service does not know that {KNOWN_BAD} is vulnerable", needed
    if '"vulns": [{' not in said:
        return f"NOT audited: the service cannot be reached ({last_line(said)})", needed
    code, said = pip_audit("--require-hashes", "-r", str(RUNTIME))
    if code == 0:
        return f"audited: no known vulnerabilities, and those of {KNOWN_BAD} are known", False
    return f"vulnerable, or not audited in full: {said[-2000:]}", True


def pip_audit(*arguments: str) -> tuple[int, str]:
    """pip-audit's exit code and all it said."""
    command = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "-f", "json"]
    command += ["--progress-spinner", "off", *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def last_line(text: str) -> str:
    """The last line of a text that says something."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no answer")[:200]


def main(arguments: list[str]) -> int:
    """Say what was found; 1 if anything stands against it."""
    if "--write" in arguments:
        SBOM.write_text(sbom(), encoding="utf-8", newline="\n")
    counts = [len(list(locked(path))) for path in (RUNTIME, TESTS)]
    say(f"locks: {counts[0]} and {counts[1]} requirements, each pinned with its hashes")
    wrong = list(forbidden())
    for line in wrong:
        say(line)
    say(f"licences: {len(wrong)} of {counts[0]} not allowed")
    same = SBOM.exists() and SBOM.read_text(encoding="utf-8") == sbom()
    say("sbom: docs/sbom.cdx.json is of this lock" if same else "sbom: run it with --write")
    said, failed = audited()
    say(said)
    return int(bool(wrong) or not same or failed)


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
